import { bare } from '../bare.ts'
import { isElement, renderedParent } from './dom.ts'

/** Left, top, right, bottom in CSS pixels of the outermost viewport. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What nothing can be seen in. */
export const nowhere: Area = { left: 0, top: 0, right: 0, bottom: 0 }

/** The part that both areas share; right < left or bottom < top where they share none. */
export function overlap(one: Area, other: Area): Area {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  }
}

/** The smallest area around both; null stands for none. */
export function around(one: Area | null, other: Area | null): Area | null {
  if (one === null || other === null) return one ?? other
  const both = {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }
  // Most things stand in what holds them: what is around both by itself is kept once.
  return sameArea(both, other) ? other : both
}

/** An area with as much again on each side, at most so many CSS pixels. */
export function widened(area: Area, most = Infinity): Area {
  const width = Math.min(area.right - area.left, most)
  const height = Math.min(area.bottom - area.top, most)
  return { left: area.left - width, top: area.top - height, right: area.right + width, bottom: area.bottom + height }
}

/** Whether two areas are the same. */
export function sameArea(one: Area, other: Area): boolean {
  return one === other || (one.left === other.left && one.top === other.top && one.right === other.right && one.bottom === other.bottom)
}

/** Whether at least one CSS pixel each way is left: a clipped, visually hidden label has 1 x 1 and counts as nothing. */
export function showsPixels(area: Area): boolean {
  return area.right - area.left > 1 && area.bottom - area.top > 1
}

/** How a frame's viewport lies in one around it: a point x, y of the frame is at a x + c y + e, b x + d y + f, in CSS pixels. */
export type Place = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f', number>>

/** The outermost viewport in itself. */
export const outermost: Place = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

/** Where the inside of a frame lies. `outer`: where the viewport lies that the frame stands in. Of a frame in perspective only its middle is right. */
export function placeIn(frame: HTMLElement, outer: Place): Place {
  const { offsetWidth, offsetHeight, clientLeft, clientTop } = frame
  const rect = frame.getBoundingClientRect()
  const style = getComputedStyle(frame)
  const turn = turnOf(frame)
  const box = areaOf({ left: 0, top: 0, right: offsetWidth, bottom: offsetHeight }, turn)
  const scale = scaleOf({ offsetWidth: box.right - box.left }, rect)
  const { a, b, c, d, e, f } = DOMMatrix.fromMatrix(outer)
    .translate(rect.left - box.left * scale, rect.top - box.top * scale)
    .scale(scale)
    .multiply(turn)
    .translate(clientLeft + parseFloat(style.paddingLeft), clientTop + parseFloat(style.paddingTop))
  return { a, b, c, d, e, f }
}

/** How an element is turned and stretched by itself and by what it stands in, each flat. */
function turnOf(element: HTMLElement): DOMMatrix {
  let turn = new DOMMatrix()
  for (let up: Node | null = element; isElement(up) && bare(up).ownerDocument === element.ownerDocument; up = renderedParent(up)) {
    const { transform, rotate, scale } = getComputedStyle(up)
    const [x = 1, y] = scale.split(' ').flatMap((part) => Number(part) || [])
    const { a, b, c, d } = new DOMMatrix()
      .rotate(parseFloat(rotate) || 0)
      .scale(x, y)
      .multiply(new DOMMatrix(transform))
    turn = new DOMMatrix([a, b, c, d, 0, 0]).multiply(turn)
  }
  return turn
}

/** Where a point lies in the viewport around. */
export function pointIn({ a, b, c, d, e, f }: Place, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

/** How much larger an element is drawn than it is laid out, by `zoom` or a transform; its layout is told in whole pixels, so that less than one of them says nothing. */
export function scaleOf({ offsetWidth }: Pick<HTMLElement, 'offsetWidth'>, { width }: DOMRect): number {
  return Math.abs(width - offsetWidth) < 1 ? 1 : width / offsetWidth || 1
}

/** The area around a rectangle of a frame in the viewport around. */
export function areaOf({ left, top, right, bottom }: Area, { a, b, c, d, e, f }: Place): Area {
  return {
    left: Math.min(a * left, a * right) + Math.min(c * top, c * bottom) + e,
    top: Math.min(b * left, b * right) + Math.min(d * top, d * bottom) + f,
    right: Math.max(a * left, a * right) + Math.max(c * top, c * bottom) + e,
    bottom: Math.max(b * left, b * right) + Math.max(d * top, d * bottom) + f,
  }
}

/** Left, top, width, height in whole CSS pixels, as the node table has it. */
export function boxOf(area: Area): [number, number, number, number] {
  const left = Math.round(area.left)
  const top = Math.round(area.top)
  return [left, top, Math.round(area.right) - left, Math.round(area.bottom) - top]
}
