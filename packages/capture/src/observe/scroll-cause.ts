import type { Observation } from '@overt/schema'

import { isIn } from '../sense/dom.ts'
import type { Hand } from './act.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { isOnScrollBar, targetOf } from './target.ts'

/** A hand lets go of the wheel for as long between two turns of one scroll. */
export const handMs = 400
/** A wheel, key or touch moves the page for no longer than this afterwards, smooth scrolling included. */
const followsMs = 700
const keys = /^(?:PageUp|PageDown|ArrowUp|ArrowDown|ArrowLeft|ArrowRight|Home|End| )$/

/** What may move a page: a hand on the wheel, the glass or the bar, keys, or its own script. */
export interface ScrollCauses {
  /** What moves a container that moves now. */
  now(container: Element): 'pointer' | 'keyboard' | 'program'
  /** What was seen when the wheel began to turn, which is before anything moved; undefined where no wheel did. */
  before(): Observation | undefined
  undo: Undo
}

/** Listens to what may move a page. */
export function observeScrollCauses(scribe: Scribe, view: Window, hand: Hand): ScrollCauses {
  let wheelMs = -Infinity
  let keyMs = -Infinity
  let onBar = false
  let seen: { readonly observation: Observation; readonly atMs: number } | null = null
  const lately = (atMs: number): boolean => scribe.nowMs() - atMs < followsMs
  const undos = [
    scribe.listen(view, 'wheel', (event) => {
      const nowMs = scribe.nowMs()
      if (nowMs - wheelMs > handMs) seen = { observation: scribe.sight(targetOf(event)).observation, atMs: nowMs }
      wheelMs = nowMs
    }),
    scribe.listen(view, 'touchmove', () => {
      wheelMs = scribe.nowMs()
    }),
    scribe.listen(view, 'keydown', (event) => {
      if (keys.test(event.key)) keyMs = scribe.nowMs()
    }),
    scribe.listen(view, 'pointerdown', (event) => {
      const target = targetOf(event)
      onBar = target !== null && isOnScrollBar(event, target)
    }),
    scribe.listen(view, 'pointerup', () => {
      onBar = false
    }),
  ]
  return {
    now: (container) => {
      if (onBar || lately(wheelMs)) return 'pointer'
      if (lately(keyMs)) return 'keyboard'
      const pressed = hand.open('pointer')
      return pressed?.released === false && isIn(pressed.target, container) ? 'pointer' : 'program'
    },
    before: () => (seen !== null && lately(seen.atMs) ? seen.observation : undefined),
    undo: together(...undos),
  }
}
