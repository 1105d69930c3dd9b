import type { Geometry } from '@overt/capture'
import type { Picture } from '@overt/schema/words'

import { plainWebp } from './webp.ts'

/** Around what is filled, in CSS pixels: glyphs reach over their boxes, and scales are not whole. */
const paddingCssPx = 3
const quality = 0.75
/** As base64; what the schema takes. */
const longestChars = 1_400_000

type Area = Geometry['areas'][number]

/** Fills what must not be seen and encodes the rest. The pixels as they came are in this function's memory and nowhere else. */
export async function develop(
  dataUrl: string,
  { widthCssPx, heightCssPx }: Geometry,
  areas: readonly Area[],
): Promise<Omit<Picture, 'id'> | 'failed' | 'budget'> {
  const bitmap = await createImageBitmap(new Blob([bytesOf(dataUrl)], { type: 'image/png' }))
  const { width, height } = bitmap
  const pixelRatio = width / widthCssPx
  // Of another shape than the viewport that was measured: nobody knows what lies where.
  if (Math.abs(pixelRatio / (height / heightCssPx) - 1) > 0.01) return 'failed'
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return 'failed'
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  context.fillStyle = '#000'
  for (const { left, top, right, bottom } of areas) {
    const x = Math.floor((left - paddingCssPx) * pixelRatio)
    const y = Math.floor((top - paddingCssPx) * pixelRatio)
    context.fillRect(x, y, Math.ceil((right + paddingCssPx) * pixelRatio) - x, Math.ceil((bottom + paddingCssPx) * pixelRatio) - y)
  }
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
  const webp = plainWebp(new Uint8Array(await blob.arrayBuffer()))
  if (webp === null) return 'failed'
  const image = base64(webp)
  if (image.length > longestChars) return 'budget'
  return { format: 'webp', image, widthPx: width, heightPx: height, pixelRatio, masks: areas.length }
}

function bytesOf(dataUrl: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (unit) => unit.charCodeAt(0))
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
