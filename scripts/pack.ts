import { type Packed, wordHash } from '../packages/privacy/src/redact/packed.ts'

/** Packs lists of words one after the other, as `unpack` reads them. */
export function createPacker(): {
  readonly add: (words: readonly string[], bits: number) => Packed
  /** Whole numbers of 0 and more, each as it is. */
  readonly addNumbers: (numbers: readonly number[], bits: number) => Packed
  readonly base64: () => string
} {
  let bytes = Buffer.alloc(0)
  const addNumbers = (numbers: readonly number[], bits: number): Packed => {
    const packed = { count: numbers.length, bits, from: bytes.length * 8 }
    bytes = Buffer.concat([bytes, bytesOf(numbers, bits)])
    return packed
  }
  return {
    add: (words, bits) => {
      const form = { count: words.length, bits }
      return addNumbers(
        words.map((word) => wordHash(word, form)),
        bits,
      )
    },
    addNumbers,
    base64: () => bytes.toString('base64'),
  }
}

function bytesOf(numbers: readonly number[], bits: number): Buffer {
  const out: number[] = []
  let last = 0
  for (const number of numbers.toSorted((one, other) => one - other)) {
    const distance = number - last
    for (let more = Math.floor(distance / 2 ** bits); more > 0; more -= 1) out.push(1)
    out.push(0)
    for (let place = 0; place < bits; place += 1) out.push(Math.floor(distance / 2 ** place) % 2)
    last = number
  }
  const bytes = Buffer.alloc(Math.ceil(out.length / 8))
  for (const [place, bit] of out.entries()) if (bit === 1) bytes[place >>> 3] = (bytes[place >>> 3] ?? 0) | (1 << (place & 7))
  return bytes
}
