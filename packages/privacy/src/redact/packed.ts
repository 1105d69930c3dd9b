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
export function unpack(words: string, packed: Packed): readonly number[] {
  let at = packed.from
  const bit = (): number => {
    const value = (words.charCodeAt(at >>> 3) >>> (at & 7)) & 1
    at += 1
    return value
  }
  const hashes: number[] = []
  let last = 0
  for (let index = 0; index < packed.count; index += 1) {
    let distance = 0
    while (bit() === 1) distance += 1 << packed.bits
    for (let place = 0; place < packed.bits; place += 1) distance |= bit() << place
    last += distance
    hashes.push(last)
  }
  return hashes
}
