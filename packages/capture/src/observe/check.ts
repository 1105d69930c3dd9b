import { type Hand, visibleRow } from './act.ts'
import type { Scribe, Undo } from './scribe.ts'
import { choiceOf, labelledBy, targetOf } from './target.ts'

/** Check boxes and radio buttons: one event, whether the box, its label or a key did it. */
export function observeCheck(scribe: Scribe, view: Window, hand: Hand): Undo {
  return scribe.listen(view, 'change', (event) => {
    const box = choiceOf(targetOf(event))
    if (box === null) return
    const act = hand.open()
    hand.drop()
    const sighting = act?.sighting ?? scribe.sight(box)
    const label = act?.by === 'pointer' && labelledBy(act.target) === box
    const cause = act === null ? 'fill' : label ? 'label' : act.by
    const before = box.type === 'radio' ? false : !box.checked
    scribe.write({ kind: 'check', before, after: box.checked, cause }, { ...sighting, node: visibleRow(scribe, sighting, box) })
  })
}
