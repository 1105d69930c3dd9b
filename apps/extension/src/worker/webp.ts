const headBytes = 12
const chunkBytes = 8

/** A WebP with its one frame and nothing else: browsers add a colour profile, and no metadata travels. null where there is none. */
export function plainWebp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < headBytes || word(0) !== 'RIFF' || word(8) !== 'WEBP') return null
  for (let at = headBytes; at + chunkBytes <= bytes.length;) {
    const size = view.getUint32(at + 4, true)
    const end = at + chunkBytes + size + (size % 2)
    if (word(at) === 'VP8 ' && end <= bytes.length) return wrapped(bytes.subarray(at, end))
    at = end
  }
  return null
}

function wrapped(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(headBytes + chunk.length)
  file.set(new TextEncoder().encode('RIFF'), 0)
  new DataView(file.buffer).setUint32(4, file.length - 8, true)
  file.set(new TextEncoder().encode('WEBP'), 8)
  file.set(chunk, headBytes)
  return file
}
