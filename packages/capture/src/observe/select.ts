import type { Hand } from './act.ts'
import type { Holds } from './holds.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { selectOf, targetOf } from './target.ts'

/** Native selects: one event with the labels before and after, however many keys, clicks and changes it took. */
export function observeSelect(scribe: Scribe, view: Window, hand: Hand, holds: Holds): Undo {
  const change = scribe.listen(view, 'change', (event) => {
    const select = selectOf(targetOf(event))
    if (select === null) return
    const act = hand.last(60_000)
    const worked = act !== null && selectOf(act.target) === select
    if (worked) act.told = true
    // The press or key that began the hold was the last to work it.
    holds.changed(select, undefined)
  })
  const left = scribe.listen(view, 'focusout', (event) => {
    const select = selectOf(targetOf(event))
    if (select !== null) holds.commitOne(select, 'done')
  })
  return together(change, left)
}
