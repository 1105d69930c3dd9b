import type { Hand } from './act.ts'
import type { Scribe, Undo } from './scribe.ts'
import type { Hovers } from './hovers.ts'
import { isTab } from './keys.ts'
import { targetOf } from './target.ts'

/** The focus moves within this time after the key that moved it. */
const followsMs = 200

/** Where Tab went. A click's focus is told by the click, the page's own by nobody. */
export function observeFocus(scribe: Scribe, view: Window, hand: Hand, hovers: Hovers): Undo {
  return scribe.listen(view, 'focusin', (event) => {
    const act = hand.last(followsMs)
    const target = targetOf(event)
    if (target === null || act?.by !== 'keyboard' || !isTab(act.chord)) return
    const sighting = scribe.sight(target, act.sighting.observation)
    // What revealed it came before the key, which may be told already.
    const { told } = act
    act.told = true
    hovers.used(target, sighting)
    act.told = told
    scribe.write({ kind: 'focus', cause: 'keyboard' }, sighting)
  })
}
