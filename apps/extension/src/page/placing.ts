import type { Permit } from '@overt/capture'
import type { Batch } from '@overt/schema'

import type { Asker, FramePlace } from '../talk/message.ts'
import { framePath } from './frame-path.ts'
import { listenIn } from './listen.ts'
import { top, watchWindows, wayTo, within } from './measure.ts'
import { placed } from './placed.ts'
import { createPlaces, screenShifts } from './places.ts'

/** A place that was measured so long ago is measured again at the next act. */
const freshMs = 100
/** What is flushed is packed when the listener that asked for it returns, and the next batch is not made so soon. */
const packMs = 5
/** A frame around it that has not answered by then does not. */
const answerMs = 1_500
/** The page around it may be another process, which hears of the focus later: it is asked again so often. */
const focusTries = 5
const focusWaitMs = 80

/** What a document needs to say where it stands, and to tell the frames in it where they do. */
export interface PlacingHelp {
  /** Asks the recorder around this one, through the worker. */
  readonly ask: (asker: Asker) => Promise<FramePlace | null>
  /** Tells the recorders of the frames in it that they may stand elsewhere now. */
  readonly tellMoved: () => void
  /** Packs what was done so far. */
  readonly flush: () => void
  readonly redact: (text: string) => string
}

/** Where a document stands in the page, over time. */
export interface Placing {
  /** In the coordinates of the outermost page. */
  place(permit: Permit, batch: Batch): Promise<Batch>
  /** Measures the frame on a path; null where that is another recorder's to tell. */
  measure(permit: Permit, asker: Asker): Promise<FramePlace | null> | null
  /** Something around it has moved. */
  moved(): void
}

/** Begins to know where this document stands. What is done in a frame is measured when it is done, and told in the batch that it leaves with. */
export function startPlacing(view: Window, help: PlacingHelp, signal: AbortSignal): Placing {
  const watch = watchWindows(help.tellMoved, signal)
  const own = view.parent === view ? null : frameOf(view, help, signal)
  if (view.length > 0) help.tellMoved()
  return {
    moved: () => void own?.look(true),
    place: async (permit, batch) => {
      if (own === null) return batch
      const { place, turn } = await own.at(batch.closedAtEpochMs)
      return placed(batch, place, turn, permit.allows({ url: batch.origin + batch.path }, 'structure'))
    },
    measure: (permit, asker) => {
      const way = wayTo(permit, view, asker)
      if (way === null) return null
      for (const { ownerDocument } of way.frames) watch(ownerDocument.defaultView ?? view)
      const names = permit.allows({ url: view.location.href }, 'structure') ? help.redact : () => ''
      return (own?.look(true) ?? Promise.resolve(top)).then((place) => within(place, way, names))
    },
  }
}

/** What a document in a frame knows of its place. */
interface Framed {
  /** Measures it. `cut`: what was done before stays where it was; otherwise the last second goes with what is measured now. */
  look(cut: boolean): Promise<FramePlace | null>
  at(closedAtEpochMs: number): Promise<{ readonly place: FramePlace | null; readonly turn: number }>
}

function frameOf(view: Window, { ask, tellMoved, flush }: PlacingHelp, signal: AbortSignal): Framed {
  const places = createPlaces()
  const hasShifted = screenShifts()
  let pending: Promise<FramePlace | null> | null = null
  let freshUntilMs = 0
  let leaving = false
  const look: Framed['look'] = (cut) => {
    if (cut) flush()
    const sinceEpochMs = Date.now() + (cut ? packMs : -1)
    const measure = async (): Promise<FramePlace | null> => {
      const place = await askByFocus(view, ask)
      freshUntilMs = performance.now() + freshMs
      if (places.learn(place, sinceEpochMs) && view.length > 0) tellMoved()
      return place
    }
    // What is on its way was measured earlier: it is waited for, and asked again.
    const mine = (pending ?? Promise.resolve(null)).then(measure).finally(() => {
      if (pending === mine) pending = null
    })
    pending = mine
    return mine
  }
  const acted = (event: Event): void => {
    const shifted = event instanceof PointerEvent && hasShifted(event)
    // The act that asks is measured after it, and belongs to the answer.
    if (shifted || (pending === null && performance.now() >= freshUntilMs)) void look(shifted)
  }
  const listen = (types: readonly string[], react: (event: Event) => void): void =>
    signal.addEventListener('abort', listenIn(view, types, react))
  listen(['pointerover', 'pointerdown', 'focusin', 'keydown', 'wheel'], acted)
  // A press brings the focus after it: by that alone a window may be told from another of its size.
  if (framePath(view).includes(-1)) listen(['focus'], ({ target }) => target === view && void look(false))
  listen(['pagehide'], () => (leaving = true))
  listen(['pageshow'], () => (leaving = false))
  void look(false)
  return {
    look,
    at: async (closedAtEpochMs) => {
      // A page that goes away waits for nobody.
      if (pending !== null && !leaving) await Promise.race([pending, new Promise((late) => setTimeout(late, answerMs))])
      return places.at(closedAtEpochMs)
    },
  }
}

/** Asks where a window stands, again where only the focus tells and whoever is asked has not heard of it yet. */
async function askByFocus(view: Window, ask: PlacingHelp['ask']): Promise<FramePlace | null> {
  const path = framePath(view)
  for (let tries = 1; ; tries += 1) {
    const focused = view.document.hasFocus()
    const size = { widthCssPx: view.innerWidth, heightCssPx: view.innerHeight }
    const found = await ask({ path, ...size, focused }).catch(() => null)
    // When it was looked for, the focus may have been in another already.
    if (found !== null) return found.byFocus && !view.document.hasFocus() ? null : found
    if (!focused || !path.includes(-1) || tries === focusTries) return null
    await new Promise((again) => setTimeout(again, focusWaitMs))
  }
}
