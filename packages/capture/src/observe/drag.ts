import type { Act, Hand } from './act.ts'
import { moved } from './pointer.ts'
import type { Holds } from './holds.ts'
import type { Scribe, Undo } from './scribe.ts'
import { editableOf, pointOf, selectOf, sliderOf, targetOf, valueFieldOf } from './target.ts'

const pressable: ReadonlySet<string> = new Set(['button', 'link', 'checkbox', 'radio', 'tab', 'menuitem', 'option', 'switch'])

/** What the browser's own drag and drop carries: it may end in another frame than it began. */
export interface Carried {
  act: Act | null
}

/** Drags by pointer (over six pixels between press and release) and by the browser's own drag and drop. */
export function observeDrag(scribe: Scribe, view: Window, hand: Hand, holds: Holds, carried: Carried): Undo {
  const up = scribe.listen(view, 'pointerup', (event) => {
    const act = hand.open()
    if (act?.by !== 'pointer' || act.button !== 0 || !moved(act, event)) return
    pulled(act, event, scribe, hand, holds)
  })
  const start = scribe.listen(view, 'dragstart', () => {
    carried.act = hand.open()
    hand.drop()
  })
  const drop = scribe.listen(view, 'drop', (event) => {
    if (carried.act !== null) write(carried.act, event, landingRow(carried.act, event, targetOf(event), scribe), scribe)
    carried.act = null
  })
  const end = scribe.listen(view, 'dragend', () => {
    if (carried.act !== null) scribe.count('drag.nowhere')
    carried.act = null
  })
  return () => [up, start, drop, end].forEach((undo) => undo())
}

function pulled(act: Act, event: PointerEvent, scribe: Scribe, hand: Hand, holds: Holds): void {
  const to = landingRow(act, event, landing(act, event, scribe), scribe)
  const from = act.sighting.observation.nodes.find((node) => node.id === act.sighting.node)
  const stayed = to === act.sighting.node
  // A sloppy click on a button is still a click: the browser says so.
  if (stayed && from !== undefined && pressable.has(from.role)) return hand.finishLater(0)
  hand.drop()
  const slider = sliderOf(act.target)
  if (slider !== null && valueFieldOf(act.target) === null) return holds.changed(slider, 'pointer')
  if (selectOf(act.target) !== null || valueFieldOf(act.target) !== null) return
  if (stayed && editableOf(act.target) !== null) return scribe.count('drag.selection')
  write(act, event, to, scribe)
}

/** What lies under the pointer beside the thing that is dragged along. */
function landing(act: Act, event: PointerEvent, scribe: Scribe): Element | null {
  const target = targetOf(event)
  const page = target?.ownerDocument ?? scribe.page
  const under = page.elementsFromPoint(event.clientX, event.clientY)
  return under.find((element) => !act.target.contains(element) && !element.contains(act.target)) ?? under[0] ?? target
}

/** A list that makes room for what is dragged has it under the pointer in the end: where it went is then what lay there before. */
function landingRow(act: Act, event: MouseEvent, to: Element | null, scribe: Scribe): number {
  const { observation, node } = act.sighting
  const row = scribe.rowOf(observation, to)
  if (row !== node) return row
  const [x, y] = pointOf(event)
  const there = observation.nodes.findLast(({ box: [left, top, width, height], states }) => {
    return x >= left && y >= top && x < left + width && y < top + height && !states.includes('offscreen')
  })
  return there?.id ?? row
}

function write(act: Act, event: MouseEvent, toNode: number, scribe: Scribe): void {
  const [toX, toY] = pointOf(event)
  scribe.write({ kind: 'drag', toNode, x: act.x, y: act.y, toX, toY, modifiers: act.modifiers }, act.sighting)
}
