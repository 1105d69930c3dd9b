/** Left, top, right, bottom in CSS pixels of the outermost viewport. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

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
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }
}

/** An area with its own width and height added on each side. */
export function widened(area: Area): Area {
  const width = area.right - area.left
  const height = area.bottom - area.top
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

/** An element's rectangle moved from its frame's viewport into the outermost one. */
export function areaOf(rect: DOMRect, offsetX: number, offsetY: number): Area {
  return { left: rect.left + offsetX, top: rect.top + offsetY, right: rect.right + offsetX, bottom: rect.bottom + offsetY }
}

/** Left, top, width, height in whole CSS pixels, as the node table has it. */
export function boxOf(area: Area): [number, number, number, number] {
  const left = Math.round(area.left)
  const top = Math.round(area.top)
  return [left, top, Math.round(area.right) - left, Math.round(area.bottom) - top]
}
