// First, for the words that it brings: see the package's door.
import { familyAndWords, given, givenAndWords, namesAsWell, ordinary, others, packedWords, strays, titles } from './lexicon-packed.ts'

import { codeAt, isLetter } from './character.ts'

/** A set of words that is asked and never listed: about one word in so many that is not in it seems to be. */
export interface Lexicon {
  has(word: string): boolean
}

/** Words packed as the sorted distances of their hashes, Golomb-Rice coded with a remainder of `bits` bits, in base64. */
export interface Packed {
  readonly count: number
  readonly bits: number
  /** The place of its first bit among all. */
  readonly from: number
}

/** A word as it is looked up: small letters without marks. */
export function plainWord(word: string): string {
  const lower = word.toLowerCase()
  const { length } = lower
  let at = 0
  while (at < length && isLetter(codeAt(lower, at))) at += 1
  return at === length
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/[\p{M}'’-]/gu, '')
        .replaceAll('ł', 'l')
        .replaceAll('ı', 'i')
        .replaceAll('ø', 'o')
        .replaceAll('ß', 'ss')
        .replaceAll('đ', 'd')
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

/** Unpacked when it is first asked. */
function lexiconOf(packed: Packed, except = ''): Lexicon {
  let hashes: ReadonlySet<number> | undefined
  const none = new Set(except.split(' '))
  return { has: (word) => (hashes ??= unpack(packed)).has(wordHash(word, packed)) && !none.has(word) }
}

function unpack(packed: Packed): ReadonlySet<number> {
  let at = packed.from
  const bit = (): number => {
    const value = (packedWords.charCodeAt(at >>> 3) >>> (at & 7)) & 1
    at += 1
    return value
  }
  const hashes = new Set<number>()
  let last = 0
  for (let index = 0; index < packed.count; index += 1) {
    let distance = 0
    while (bit() === 1) distance += 1 << packed.bits
    for (let place = 0; place < packed.bits; place += 1) distance |= bit() << place
    last += distance
    hashes.add(last)
  }
  return hashes
}

/** Given names that are no other word: one of them is enough. */
export const givenNames: Lexicon = lexiconOf(given, strays)
/** Family names, and given names that are other words too: evidence only beside another. */
export const familyNames: Lexicon = lexiconOf(others)
/** Words that stand in capitals on pages and in mail, and are nobody's name there. */
export const ordinaryWords: Lexicon = lexiconOf(ordinary, namesAsWell)
/** Given names that are words, months or places as well: before another name, or where a name is due. */
export const eitherGiven: Lexicon = lexiconOf(givenAndWords)
/** Family names that are, and given names that are mostly something else: beside another name. */
export const eitherFamily: Lexicon = lexiconOf(familyAndWords)
/** Titles and words of greeting: what follows is somebody's name, whatever it is. */
export const cues: Lexicon = lexiconOf(titles)
