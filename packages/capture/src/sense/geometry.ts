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

/** Where a frame's viewport begins in one around it, and how large a CSS pixel of the frame is there. */
export interface Place {
  readonly offsetX: number
  readonly offsetY: number
  readonly scale: number
}

/** The outermost viewport in itself. */
export const outermost: Place = { offsetX: 0, offsetY: 0, scale: 1 }

/** Where the inside of a frame lies. `outer`: where the viewport lies that the frame stands in. Of a turned frame only its middle is right. */
export function placeIn(frame: HTMLElement, outer: Place): Place {
  const rect = frame.getBoundingClientRect()
  const style = getComputedStyle(frame)
  const scale = scaleOf(frame, rect)
  return {
    offsetX: outer.offsetX + (rect.left + (frame.clientLeft + parseFloat(style.paddingLeft)) * scale) * outer.scale,
    offsetY: outer.offsetY + (rect.top + (frame.clientTop + parseFloat(style.paddingTop)) * scale) * outer.scale,
    scale: scale * outer.scale,
  }
}

/** How much larger an element is drawn than it is laid out, by `zoom` or a transform; its layout is told in whole pixels, so that less than one of them says nothing. */
export function scaleOf({ offsetWidth }: HTMLElement, { width }: DOMRect): number {
  return Math.abs(width - offsetWidth) < 1 ? 1 : width / offsetWidth || 1
}

/** An element's rectangle moved from its frame's viewport into the outermost one. */
export function areaOf({ left, top, right, bottom }: DOMRect, { offsetX, offsetY, scale }: Place): Area {
  return { left: left * scale + offsetX, top: top * scale + offsetY, right: right * scale + offsetX, bottom: bottom * scale + offsetY }
}

/** Left, top, width, height in whole CSS pixels, as the node table has it. */
export function boxOf(area: Area): [number, number, number, number] {
  const left = Math.round(area.left)
  const top = Math.round(area.top)
  return [left, top, Math.round(area.right) - left, Math.round(area.bottom) - top]
}
