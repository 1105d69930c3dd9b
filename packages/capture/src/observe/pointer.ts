import { ariaChecked, type Act, type Hand } from './act.ts'
import type { Holds } from './holds.ts'
import type { Hovers } from './hovers.ts'
import { optionAt } from './option.ts'
import type { Scribe, Undo } from './scribe.ts'
import { editableOf, isOnScrollBar, modifiersOf, pointOf, selectOf, sliderOf, targetOf, valueFieldOf } from './target.ts'

/** A pointer that moved farther than this between press and release dragged. */
const clickSlopCssPx = 6
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
    hand.begin(pressOf(event, target, sighting, scribe))
    if (field !== null) holds.begin(field, { ...sighting, node: scribe.rowOf(sighting.observation, field) }, 'pointer')
  })
  const over = scribe.listen(view, 'pointerover', hovers.over)
  const other = (['keydown', 'scroll'] as const).map((type) => scribe.listen(view, type, hovers.forget))
  const up = scribe.listen(view, 'pointerup', (event) => {
    const act = hand.open()
    if (act?.by !== 'pointer') return
    act.released = true
    if (moved(act, event)) return
    if (act.button === 0) hand.finishLater(event.pointerType === 'mouse' ? 0 : tapDelayMs)
  })
  const cancel = scribe.listen(view, 'pointercancel', () => {
    if (hand.open()?.by === 'pointer') hand.drop()
  })
  const click = scribe.listen(view, 'click', (event) => clicked(event, scribe, hand))
  const auxiliary = scribe.listen(view, 'auxclick', (event) => {
    if (event.button !== 2) clicked(event, scribe, hand)
  })
  const menu = scribe.listen(view, 'contextmenu', (event) => clicked(event, scribe, hand))
  return () => [down, over, ...other, up, cancel, click, auxiliary, menu].forEach((undo) => undo())
}

/** Whether the pointer went far enough for a drag. */
export function moved(act: Act, event: MouseEvent): boolean {
  const [x, y] = pointOf(event)
  return Math.hypot(x - act.x, y - act.y) > clickSlopCssPx
}

function pressOf(event: PointerEvent, target: HTMLElement, sighting: Act['sighting'], scribe: Scribe): Act {
  const [x, y] = pointOf(event)
  return {
    by: 'pointer',
    target,
    sighting,
    modifiers: modifiersOf(event),
    button: event.button,
    x,
    y,
    chord: '',
    code: '',
    atMs: scribe.nowMs(),
    clicks: [],
    count: 1,
    released: false,
    told: false,
    checkedBefore: ariaChecked(target),
    option: optionAt(target, 'pointer', sighting, scribe),
  }
}

function clicked(event: MouseEvent, scribe: Scribe, hand: Hand): void {
  const target = targetOf(event)
  const act = hand.open()
  if (target === null) return
  if (act === null) {
    // A click with a number had a press, which was told some other way: a pulled slider, a drag.
    if (event.detail === 0 && hand.last(1000) === null && selectOf(target) === null) strayClick(event, target, scribe)
    return
  }
  if (act.clicks.length === 0 && act.by === 'pointer') act.count = Math.min(3, Math.max(1, event.detail))
  act.clicks.push(target)
  hand.finishLater(0)
}

/** A click that no press came before: an assistive technology, an access key. */
function strayClick(event: MouseEvent, target: HTMLElement, scribe: Scribe): void {
  const [x, y] = pointOf(event)
  const { button } = event
  scribe.write({ kind: 'click', button, count: 1, modifiers: modifiersOf(event), x, y, cause: 'pointer' }, scribe.sight(target))
}
