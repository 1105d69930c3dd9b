import type { Hand } from './act.ts'
import type { Scribe, Undo } from './scribe.ts'
import { isTab } from './keys.ts'
import { targetOf } from './target.ts'

/** The focus moves within this time after the key that moved it. */
const followsMs = 200

/** Where Tab went. A click's focus is told by the click, the page's own by nobody. */
export function observeFocus(scribe: Scribe, view: Window, hand: Hand): Undo {
  return scribe.listen(view, 'focusin', (event) => {
    const act = hand.last(followsMs)
    const target = targetOf(event)
    if (target === null || act?.by !== 'keyboard' || !isTab(act.chord)) return
    scribe.write({ kind: 'focus', cause: 'keyboard' }, scribe.sight(target, act.sighting.observation))
  })
}
