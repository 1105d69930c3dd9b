import { isIn } from '../sense/dom.ts'
import type { Act, Hand } from './act.ts'
import { moved } from './pointer.ts'
import type { Holds } from './holds.ts'
import { rowIn, type Scribe, together, type Undo } from './scribe.ts'
import { editableOf, modifiersOf, pointOf, selectOf, sliderOf, targetOf, valueFieldOf } from './target.ts'

/** Rows of a way that are told. */
const mostPassed = 16
const pressable = /^(?:button|link|checkbox|radio|tab|menuitem|option|switch)$/

/** What the browser's own drag and drop carries: it may end in another frame than it began. */
export interface Carried {
  act: Act | null
}

/** Drags by pointer (over six pixels between press and release) and by the browser's own drag and drop. */
export function observeDrag(scribe: Scribe, view: Window, hand: Hand, holds: Holds, carried: Carried): Undo {
  let idle: Undo = () => {}
  const down = scribe.listen(view, 'pointerdown', () => {
    idle()
    // Only between press and release: else each move of the pointer would cost something.
    idle = scribe.listen(view, 'pointermove', (event) => {
      const act = hand.open('pointer')
      if (act === null || act.released) idle()
      else passes(act, event, scribe)
    })
  })
  const up = scribe.listen(view, 'pointerup', (event) => {
    const act = hand.open('pointer')
    if (act?.button !== 0 || !moved(act, event)) return
    pulled(act, event, scribe, hand, holds)
  })
  const start = scribe.listen(view, 'dragstart', () => {
    carried.act = hand.open('pointer')
    hand.drop('pointer')
  })
  const enter = scribe.listen(view, 'dragenter', (event) => passes(carried.act, event, scribe))
  const drop = scribe.listen(view, 'drop', (event) => {
    if (carried.act !== null) write(carried.act, event, rowUnder(carried.act, event, scribe), scribe, event.dataTransfer?.dropEffect)
    carried.act = null
  })
  const end = scribe.listen(view, 'dragend', () => {
    if (carried.act !== null) scribe.count('drag.nowhere')
    carried.act = null
  })
  return together(() => idle(), down, up, start, enter, drop, end)
}

function pulled(act: Act, event: PointerEvent, scribe: Scribe, hand: Hand, holds: Holds): void {
  const to = rowUnder(act, event, scribe)
  const from = rowIn(act.sighting.observation, act.sighting.node)
  const stayed = to === act.sighting.node
  // A sloppy click on a button is still a click: the browser says so.
  if (stayed && from !== undefined && pressable.test(from.role)) return hand.finishLater(0)
  hand.drop()
  const slider = sliderOf(act.target)
  if (slider !== null && valueFieldOf(act.target) === null) return holds.changed(slider, 'pointer')
  if (selectOf(act.target) !== null || valueFieldOf(act.target) !== null) return
  if (stayed && editableOf(act.target) !== null) return scribe.count('drag.selection')
  write(act, event, to, scribe)
}

/** The row under the pointer. What follows the pointer, or a list that makes room for it, has that under it itself: then it is what lay there before. */
function rowUnder(act: Act, event: MouseEvent, scribe: Scribe): number {
  const { observation, node } = act.sighting
  const target = targetOf(event)
  const row = scribe.rowOf(observation, target)
  if (row !== node && !isIn(target, act.target) && rowIn(observation, row)?.name) return row
  const [x, y] = pointOf(event)
  const there = observation.nodes.findLast(({ box: [left, top, width, height], states }) => {
    return x >= left && y >= top && x < left + width && y < top + height && !states.includes('offscreen')
  })
  return there?.id ?? row
}

/** Notes where the pointer is on its way: the page behind, which has no name, is no place. */
function passes(act: Act | null, event: MouseEvent, scribe: Scribe): void {
  if (act === null || act.passed.length === mostPassed) return
  const row = rowUnder(act, event, scribe)
  if (row !== act.passed.at(-1) && rowIn(act.sighting.observation, row)?.name) act.passed.push(row)
}

function write(act: Act, event: MouseEvent, toNode: number, scribe: Scribe, effect: DataTransfer['dropEffect'] | '' = ''): void {
  const [toX, toY] = pointOf(event)
  const path = act.passed.filter((row) => row !== act.sighting.node && row !== toNode).join(' ')
  const { x, y, event: begun } = act
  scribe.write({ kind: 'drag', toNode, x, y, toX, toY, modifiers: modifiersOf(begun), path, effect }, act.sighting)
}
