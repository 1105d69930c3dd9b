import { bare } from '../bare.ts'
import type { PlaceholderMap, Permit } from '@overt/privacy'
import type { PictureGap } from '@overt/schema/words'

import { listenTo, nowMs } from '../natives.ts'
import { contextOf } from '../observe/target.ts'
import type { Redactor } from '../pack/redactor.ts'
import { keepListening } from '../roots.ts'
import type { Area } from '../sense/geometry.ts'
import { givenName } from '../sense/name.ts'
import { createSecrets } from '../sense/secret.ts'
import { isElement } from '../sense/dom.ts'
import { maskedAreas } from './areas.ts'
import { createJudge, judgeAll } from './judge.ts'
import { inSlices } from './slices.ts'
import { countStir } from './stir.ts'
import { rememberTyped } from './typed.ts'
import type { Unreadable } from './unreadable.ts'

/** Where a picture of this moment must be filled. All in CSS pixels of what can be seen, pinch zoom included; JSON can carry it. */
export interface Geometry {
  /** Rises with all that may have changed what is drawn. */
  readonly changes: number
  readonly widthCssPx: number
  readonly heightCssPx: number
  readonly areas: readonly Area[]
  /** The recorder's own signs, which change all the time. */
  readonly own: readonly Area[]
  /** Drawings and films that can be seen in it: what they show changes without a word. */
  readonly shown: number
}

/** Measures one document for pictures. */
export interface Gauge {
  /** How many changes there were; what nobody was told of yet is told now. */
  settle(): number
  /** What has to be filled now, or why that can't be told. */
  measure(): Promise<Geometry | PictureGap>
  stop(): void
}

/** What a gauge works with. `map`: what the redaction of texts knows by now, so that one detection holds for text and pixels. */
export interface GaugeOptions {
  readonly redactor: Redactor
  readonly map: () => PlaceholderMap
  /** Hears of each change. */
  readonly stirred: () => void
  /** Most work for one measuring; it is done in slices, and the page goes on between them. */
  readonly budgetMs: number
  /** Told how long each slice of work took. */
  readonly worked?: (ms: number) => void
}

/** A browser that refuses a form says so in a bubble over the page, with what was typed in it, for about so long. */
const bubbleMs = 8_000
const changesView = ':active-view-transition'

/** Makes a gauge for a document. Without leave to look at texts no text is shown. */
export function createGauge(permit: Permit, page: Document, { redactor, map, stirred, budgetMs, worked = () => {} }: GaugeOptions): Gauge {
  const stir = countStir(page, stirred)
  let bubbleUntilMs = -Infinity
  const bubble = (): void => void (bubbleUntilMs = nowMs() + bubbleMs)
  const unlisten = keepListening(page, () => listenTo(bare(page).defaultView ?? page, 'invalid', bubble, { capture: true, passive: true }))
  const secrets = createSecrets()
  const allows = (url: string): boolean => permit.allows({ url }, 'pixels')
  const enters = (inner: Document): boolean => inner.URL.startsWith('about:') || allows(inner.URL)
  const typed = rememberTyped(enters)
  typed.page(page)
  // Words may be drawn, so texts have to be agreed to as well; what a device sends is nobody's film.
  const reveals = (element: HTMLElement, kind: Unreadable): boolean => {
    const isTyped = kind === 'drawings' && typed.isDrawn(element.ownerDocument)
    if (kind === 'closed' || isTyped || isFed(element)) return false
    const url = placeOf(element.ownerDocument)
    return (['pixels', 'text', kind] as const).every((modality) => permit.allows({ url }, modality))
  }
  const judge = createJudge(redactor, map)
  const help = {
    enters,
    isSecret: (field: Element): boolean => secrets.isSecret(field, isElement(field) ? givenName(field) : ''),
    reveals,
    root: (root: Document | ShadowRoot): void => {
      stir.root(root)
      if ('defaultView' in root) typed.page(root)
    },
  }
  return {
    settle: () => stir.settle(),
    measure: async () => {
      if (!allows(page.URL)) return 'place'
      if (nowMs() < bubbleUntilMs) return 'unknown'
      // The old page and the new one are drawn over each other, and neither where it lies.
      if (CSS.supports(`selector(${changesView})`) && bare(page).documentElement.matches(changesView)) return 'moved'
      const changes = stir.settle()
      const rule = permit.allows({ url: page.URL }, 'text') ? judge : judgeAll
      const masked = (await inSlices(budgetMs, worked, (due) => maskedAreas(page, rule, help, due))) ?? 'budget'
      if (typeof masked === 'string') return masked
      // What was measured in several slices has to be one moment all the same.
      if (stir.settle() !== changes) return 'moved'
      const view = bare(page).defaultView ?? window
      const { scale, offsetLeft, offsetTop } = view.visualViewport ?? { scale: 1, offsetLeft: 0, offsetTop: 0 }
      const seen = ({ left, top, right, bottom }: Area): Area => ({
        left: (left - offsetLeft) * scale,
        top: (top - offsetTop) * scale,
        right: (right - offsetLeft) * scale,
        bottom: (bottom - offsetTop) * scale,
      })
      const { innerWidth: widthCssPx, innerHeight: heightCssPx } = view
      const { shown } = masked
      return { changes, widthCssPx, heightCssPx, areas: masked.areas.map(seen), own: masked.own.map(seen), shown }
    },
    stop: () => {
      stir.stop()
      typed.stop()
      unlisten()
    },
  }
}

/** The address that a document goes by: one without its own has that of the page around it. */
function placeOf(page: Document): string {
  const around = bare(page).defaultView?.frameElement?.ownerDocument
  return page.URL.startsWith('about:') && around !== undefined ? placeOf(around) : page.URL
}

/** Whether a camera, a screen or someone else feeds a film, or an input method a drawing. */
function isFed(element: HTMLElement): boolean {
  return ('srcObject' in element && element.srcObject !== null) || contextOf(element) !== null
}
