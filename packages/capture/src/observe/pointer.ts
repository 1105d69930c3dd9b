import { type Act, type Hand, clickOf, newAct } from './act.ts'
import type { Holds } from './holds.ts'
import type { Hovers } from './hovers.ts'
import { optionAt } from './option.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { editableOf, isOnScrollBar, pointOf, selectOf, sliderOf, targetOf, valueFieldOf } from './target.ts'

/** A pointer that moved farther than this between press and release dragged. */
const clickSlopCssPx = 6
/** A press that lasts longer is a long one. */
const heldMs = 500
/** A tap's click comes after the browser has ruled out a double tap. */
const tapDelayMs = 400

/** Presses and clicks of mouse, touch and pen: one event each, on the element under the pointer before the page reacted. */
export function observePointer(scribe: Scribe, view: Window, hand: Hand, holds: Holds, hovers: Hovers): Undo {
  const down = scribe.listen(view, 'pointerdown', (event) => {
    const target = targetOf(event)
    if (target === null || !event.isPrimary) return
    hand.finish()
    // The scroll tells of it.
    if (isOnScrollBar(event, target)) return hand.drop()
    const field = valueFieldOf(target) ?? selectOf(target) ?? sliderOf(target)
    const sighting = scribe.sight(target)
    holds.commit('meanwhile', field ?? editableOf(target))
    hovers.used(target, sighting)
    hand.begin(newAct(event, target, sighting, scribe, optionAt(target, 'pointer', sighting, scribe)))
    if (field !== null) holds.begin(field, scribe.sight(field, sighting.observation), 'pointer')
  })
  const over = scribe.listen(view, 'pointerover', hovers.over)
  const scroll = scribe.listen(view, 'scroll', hovers.forget)
  const up = scribe.listen(view, 'pointerup', (event) => {
    const act = hand.open('pointer')
    if (act === null) return
    // A key that came into it is told, and what follows comes of the press.
    hand.finish()
    hand.begin(act)
    act.released = true
    if (moved(act, event)) return
    act.held = event.timeStamp - act.event.timeStamp >= heldMs
    if (act.button === 0) hand.finishLater(act.pointer === 'mouse' ? 0 : tapDelayMs)
  })
  const cancel = scribe.listen(view, 'pointercancel', () => hand.drop('pointer'))
  const clicks = (['click', 'auxclick', 'contextmenu'] as const).map((type) =>
    scribe.listen(view, type, (event) => {
      // The second button's tells of itself by the menu.
      if (type !== 'auxclick' || event.button !== 2) clicked(event, scribe, hand)
    }),
  )
  return together(down, over, scroll, up, cancel, ...clicks)
}

/** Whether the pointer went far enough for a drag. */
export function moved(act: Act, event: MouseEvent): boolean {
  const [x, y] = pointOf(event)
  return Math.hypot(x - act.x, y - act.y) > clickSlopCssPx
}

function clicked(event: MouseEvent, scribe: Scribe, hand: Hand): void {
  const target = targetOf(event)
  const act = hand.open()
  if (target === null) return
  if (act === null) {
    // A click with a number had a press, which was told some other way: a pulled slider, a drag. One that no press came before is an assistive technology's, or an access key.
    const stray = event.detail === 0 && hand.last(1000) === null && selectOf(target) === null
    const sighting = stray ? scribe.sight(target) : null
    if (sighting !== null) scribe.write(clickOf(newAct(event, target, sighting, scribe), 'pointer'), sighting)
    return
  }
  if (act.clicks.length === 0 && act.by === 'pointer') act.count = Math.min(3, Math.max(1, event.detail))
  // Who has no other button asks for the menu by holding on.
  if (event.type === 'contextmenu' && act.button === 0 && act.pointer !== 'mouse') act.held = true
  act.clicks.push(target)
  hand.finishLater(0)
}
