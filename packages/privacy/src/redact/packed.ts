import { codeAt } from './character.ts'

/** Words packed as the sorted distances of their hashes, Golomb-Rice coded with a remainder of `bits` bits, in base64. */
export interface Packed {
  readonly count: number
  readonly bits: number
  /** The place of its first bit among all. */
  readonly from: number
}

/** The hash of a word in a lexicon of so many words (FNV-1a but for its beginning, cut to the lexicon's range: twice what the remainders alone would tell, at which the distances are shortest). */
export function wordHash(word: string, { count, bits }: Pick<Packed, 'count' | 'bits'>): number {
  // Of the first 20,000 beginnings, the one with which the fewest words have to be kept out by name.
  let hash = 13_581
  const { length } = word
  for (let at = 0; at < length; at += 1) hash = Math.imul(hash ^ codeAt(word, at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) % (count << (bits + 1))
}

/** The hashes in order. `words`: the bytes that they are packed in. */
export function unpack(words: string, { count, bits, from }: Packed): Uint32Array {
  let at = from
  const hashes = new Uint32Array(count)
  let last = 0
  for (let index = 0; index < count; index += 1) {
    // The whole distances, then the rest of one: of a bit each, lowest first.
    for (; (codeAt(words, at >>> 3) >>> (at & 7)) & 1; at += 1) last += 1 << bits
    at += 1
    const [first, shift] = [at >>> 3, at & 7]
    const rest = (codeAt(words, first) | (codeAt(words, first + 1) << 8) | (codeAt(words, first + 2) << 16)) >>> shift
    last += rest & ((1 << bits) - 1)
    at += bits
    hashes[index] = last
  }
  return hashes
}
