import { type Packed, wordHash } from '../packages/privacy/src/redact/packed.ts'

/** Packs lists of words one after the other, as `unpack` reads them. */
export function createPacker(): {
  readonly add: (words: readonly string[], bits: number) => Packed
  readonly base64: () => string
} {
  let bytes = Buffer.alloc(0)
  return {
    add: (words, bits) => {
      const packed = { count: words.length, bits, from: bytes.length * 8 }
      bytes = Buffer.concat([bytes, bytesOf(words, packed)])
      return packed
    },
    base64: () => bytes.toString('base64'),
  }
}

function bytesOf(words: readonly string[], form: Packed): Buffer {
  const hashes = words.map((word) => wordHash(word, form)).sort((one, other) => one - other)
  const out: number[] = []
  let last = 0
  for (const hash of hashes) {
    const distance = hash - last
    for (let more = Math.floor(distance / 2 ** form.bits); more > 0; more -= 1) out.push(1)
    out.push(0)
    for (let place = 0; place < form.bits; place += 1) out.push(Math.floor(distance / 2 ** place) % 2)
    last = hash
  }
  const bytes = Buffer.alloc(Math.ceil(out.length / 8))
  for (const [place, bit] of out.entries()) if (bit === 1) bytes[place >>> 3] = (bytes[place >>> 3] ?? 0) | (1 << (place & 7))
  return bytes
}
