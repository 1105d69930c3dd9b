import type { Finding } from '../store/picture-rows.ts'

/** A picture in shades of grey, a byte a pixel, row by row. */
export interface Greys {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** The device fills with black; encoding makes it a little less so. */
const blackest = 24
/** A sign that is as wide as high has something lighter in its middle; what is narrower may be a figure 1. */
const leastWidthByHeight = 0.8
const leastBlack01 = 0.98

/** Whether a box is part of what the device filled: its middle is black throughout, which no word's is. A reader of pixels takes the ends of such boxes for letters. */
export function isFilled({ bytes, width, height }: Greys, [left, top, w, h]: Finding['box']): boolean {
  if (w < leastWidthByHeight * h) return false
  const middle = { left: Math.round(left + w / 4), top: Math.round(top + h / 4), right: left + (w * 3) / 4, bottom: top + (h * 3) / 4 }
  let [black, all] = [0, 0]
  for (let y = middle.top; y < Math.min(middle.bottom, height); y += 1)
    for (let x = middle.left; x < Math.min(middle.right, width); x += 1) {
      all += 1
      if ((bytes[y * width + x] ?? 0) < blackest) black += 1
    }
  return all > 0 && black / all >= leastBlack01
}
