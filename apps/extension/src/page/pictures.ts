import type { Geometry, Permit, Redactor } from '@overt/capture'
import { createPlaceholderMap, type PlaceholderMap, redactionVersion, redactText, redactUrl } from '@overt/privacy'
import type { Batch, Event, Observation } from '@overt/schema'
import type { PictureGap } from '@overt/schema/words'

import { createAlbum } from './album.ts'
import { listenIn } from './listen.ts'
import { Shutter, type ShutterParts } from './shutter.ts'

const waitMs = 1_200
/** What can be acted on, by its markup. */
const interactable = 'a[href],button,input,select,textarea,summary,label,[role],[tabindex],[contenteditable],iframe'
const drawn = 'canvas,video'
/** A drawing changes without a word: the pointer on it asks anew after so long. */
const againMs = 700

/** Takes pictures of one document ahead of what is done to it. */
export interface Pictures {
  /** What the recorder is given, so that pictures know of its looks and events, and it of the same secrets. */
  readonly hooks: { readonly redactor: Redactor; onSight(observation: Observation): void; onEvent(event: Event): void }
  /** Whether the recorder records; no picture is taken else. */
  live(on: boolean): void
  /** Whether the person's browser lets pictures be taken. */
  may(permitted: boolean): void
  /** Measures again, when the pixels are there: the worker asks. */
  measure(): Promise<Geometry | PictureGap>
  /** The batch with what belongs to it; waits for a picture under way if an event needs it and the page is still there. */
  attach(batch: Batch): Batch | Promise<Batch>
  stop(): void
}

/** Begins to take pictures of this document, each masked by its own geometry. `shoot` has the worker take one; a frame can't tell where in the tab it lies, and takes none. */
export function takePictures(
  permit: Permit,
  { shoot, rests, worked, inFrame }: { readonly inFrame: boolean } & Pick<ShutterParts, 'shoot' | 'rests' | 'worked'>,
): Pictures {
  const nowMs = (): number => performance.now()
  const album = createAlbum(nowMs, () => location.href)
  const { redactor, map } = shareMap()
  const shutter = new Shutter(permit, { album, redactor, map, nowMs, shoot, rests, worked })
  const undo: (() => void)[] = []
  const listen = (types: readonly string[], react: (at: Element) => void): void => {
    const ours = ({ target, isTrusted }: globalThis.Event): void => void (isTrusted && target instanceof Element && react(target))
    undo.push(listenIn(window, types, ours))
  }
  listen(['pointerover', 'focusin'], (at) => at.closest(interactable) !== null && shutter.want())
  let overDrawnMs = -Infinity
  if (permit.modalities.some((one) => one === 'drawings' || one === 'films'))
    listen(['pointermove'], (at) => {
      if (!at.matches(drawn) || nowMs() - overDrawnMs < againMs) return
      overDrawnMs = nowMs()
      shutter.want()
    })
  return {
    hooks: {
      redactor,
      onSight: (observation) => {
        album.acts.sighted(observation)
        shutter.worked()
      },
      onEvent: (event) => album.acts.noted(event),
    },
    live: (on) => shutter.live(on),
    may: (permitted) => shutter.bar(inFrame ? 'frame' : permitted ? null : 'no-permission'),
    measure: () => shutter.measure(),
    attach: (batch) => {
      const { running } = shutter
      if (running === null || document.visibilityState !== 'visible' || !album.waits(batch)) return album.attach(batch)
      return Promise.race([running, new Promise((late) => setTimeout(late, waitMs))]).then(() => album.attach(batch))
    },
    stop: () => {
      for (const stop of undo) stop()
      shutter.stop()
    },
  }
}

/** The redactor that is on board anyway, and the map that the recorder made of it last. */
function shareMap(): { readonly redactor: Redactor; readonly map: () => PlaceholderMap } {
  let latest = createPlaceholderMap()
  const made = (): PlaceholderMap => (latest = createPlaceholderMap())
  return { redactor: { redactionVersion, createPlaceholderMap: made, redactText, redactUrl }, map: () => latest }
}
