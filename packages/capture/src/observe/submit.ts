import type { Hand } from './act.ts'
import type { Scribe, Undo } from './scribe.ts'
import { targetOf } from './target.ts'

/** A form goes off within this time after what sent it. */
const followsMs = 1_000

/** Forms sent, and by what. */
export function observeSubmit(scribe: Scribe, view: Window, hand: Hand): Undo {
  return scribe.listen(view, 'submit', (event) => {
    const act = hand.last(followsMs)
    scribe.write({ kind: 'submit', cause: act?.by ?? 'program' }, scribe.sight(targetOf(event), act?.sighting.observation))
  })
}
