import { expect, test } from 'vitest'

import { plainWebp } from './webp.ts'

const plain = new Uint8Array(Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'))
const chunk = (name: string, size: number): Uint8Array => {
  const bytes = new Uint8Array(8 + size + (size % 2))
  bytes.set(new TextEncoder().encode(name))
  new DataView(bytes.buffer).setUint32(4, size, true)
  return bytes
}

test('attack 32: of a picture with a profile and remarks the one frame is left', () => {
  const parts = [chunk('VP8X', 10), chunk('ICCP', 5), plain.subarray(12), chunk('EXIF', 30), chunk('XMP ', 7)]
  const extended = new Uint8Array(Buffer.concat([plain.subarray(0, 12), ...parts]))
  expect(plainWebp(extended)).toEqual(plain)
  expect(plainWebp(plain)).toEqual(plain)
})

test.each([
  ['no image', new Uint8Array(40)],
  ['cut off', plain.slice(0, 30)],
  ['without a frame', plain.slice(0, 12)],
])('what is %s is no picture', (_, bytes) => {
  expect(plainWebp(bytes)).toBeNull()
})
