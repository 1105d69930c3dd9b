import { bare } from '../bare.ts'
import { isSeen } from './dom.ts'
import { type Area, areaOf, overlap, sameArea } from './geometry.ts'
import type { Kid, Piece } from './piece.ts'
import type { Sensing } from './row.ts'
import { shifted } from './shift.ts'
import type { Scope } from './walk.ts'

/** What was read of an element before, and what it was read under. */
export interface Memory {
  readonly piece: Piece
  readonly area: Area
  readonly scope: Scope
  readonly visible: boolean
  /** null where they stand elsewhere by now. */
  readonly kids: readonly Kid[] | null
  readonly columns: string
}

/** Whether it is a cell of a table. */
export function isCell({ localName }: Element): boolean {
  return localName === 'td' || localName === 'th'
}

/** How wide the columns of a table are: what one cell holds may move cells in rows that did not change and are as large as before. */
export function columnsOf(element: HTMLElement): string {
  if (element.localName !== 'table' || !('rows' in element)) return ''
  const [first, second] = element.rows as HTMLCollectionOf<HTMLTableRowElement> // as: a table's rows
  return [...(first?.cells ?? []), ...(second?.cells ?? [])].map((cell) => cell.getBoundingClientRect().width).join()
}

/** Whether an element beside one that may look different is as it was: what comes next is read anew, of all others only what can be acted on is looked at. */
export function looksTheSame(element: HTMLElement, here: Area, { piece, area: there, scope }: Memory, sensing: Sensing): boolean {
  const { previousElementSibling, ownerDocument } = bare(element)
  if (previousElementSibling !== null && sensing.isRestyled(previousElementSibling)) return false
  const [x, y] = [here.left - there.left, here.top - there.top]
  return piece.own.every(({ element: one, area }) => {
    const own = bare(one)
    if (own.ownerDocument !== ownerDocument || !isSeen(one)) return false
    const { left, top, right, bottom } = areaOf(own.getBoundingClientRect(), scope)
    return left - area.left === x && right - area.right === x && top - area.top === y && bottom - area.bottom === y
  })
}

/** What was read before, where it stands now: in its old place, or moved as one; null where it must be read anew. */
export function remembered({ piece, area, scope }: Memory, now: Area): Piece | null {
  if (sameArea(area, now)) return piece
  const shift = { x: now.left - area.left, y: now.top - area.top, clip: scope.clip }
  const whole = Number.isInteger(shift.x) && Number.isInteger(shift.y)
  if (!piece.rigid || !whole || now.right - area.right !== shift.x || now.bottom - area.bottom !== shift.y) return null
  const moved = shifted(piece, shift)
  // Parts that are too far out by now are not told.
  return moved.extent === null || sameArea(overlap(moved.extent, scope.reach), moved.extent) ? moved : null
}

/** Whether what is read under one is as it would be under the other. */
export function sameScope(one: Scope, other: Scope): boolean {
  if (one === other) return true
  const areas = sameArea(one.clip, other.clip) && sameArea(one.positionedClip, other.positionedClip) && sameArea(one.reach, other.reach)
  return areas && one.pointer === other.pointer && one.thing === other.thing && one.largestSidePx === other.largestSidePx
}
