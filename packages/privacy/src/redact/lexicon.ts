// First, for the words that it brings: see the package's door.
import { familyAndWords, given, givenAndWords, namesAsWell, ordinary, others, packedWords, strays, titles } from './lexicon-packed.ts'

import { wide } from '#wide/beyond'

import { wordHash, type Packed, unpack } from './packed.ts'

/** A set of words that is asked and never listed: about one word in so many that is not in it seems to be. */
export interface Lexicon {
  has(word: string): boolean
}

const bare: Readonly<Record<string, string>> = { ł: 'l', ı: 'i', ø: 'o', ß: 'ss', đ: 'd' }

const farther = /[^\0-\x7f]/

/** A word as it is looked up: small letters without marks. */
export function plainWord(word: string): string {
  const lower = word.toLowerCase()
  return farther.test(lower)
    ? lower
        .normalize('NFKD')
        .replace(/[\p{M}'’-]/gu, '')
        .replace(/[łıøßđ]/g, (letter) => bare[letter] ?? '')
    : lower.replace(/['-]/g, '')
}

/** Unpacked when it is first asked. `more`: words beyond it. `isName`: tells those that only a short hash makes names. */
function lexiconOf(packed: Packed, more?: Lexicon, except = '', isName: (word: string) => boolean = () => true): Lexicon {
  let hashes: ReadonlySet<number> | undefined
  const none = new Set(except.split(' '))
  return {
    has: (word) =>
      ((hashes ??= new Set(unpack(packedWords, packed))).has(wordHash(word, packed)) && !none.has(word) && isName(word)) ||
      more?.has(word) === true,
  }
}

/** Given names that are no other word: one of them is enough. */
export const givenNames: Lexicon = lexiconOf(given, wide.given, strays, wide.isName)
/** Family names, and given names that are other words too: evidence only beside another. */
export const familyNames: Lexicon = lexiconOf(others, wide.family, '', wide.isName)
/** Words that stand in capitals on pages and in mail, and are nobody's name there. */
export const ordinaryWords: Lexicon = lexiconOf(ordinary, undefined, namesAsWell)
/** Whether a word is a name that none of those is, though its hash may say so. */
export const isWideName = (word: string): boolean => wide.given.has(word) || wide.family.has(word)
/** Words of many languages that are no names: a page has none of them. */
export const commonWords: Lexicon = wide.ordinary
/** Given names that are words, months or places as well: before another name, or where a name is due. */
export const eitherGiven: Lexicon = lexiconOf(givenAndWords)
/** Family names that are, and given names that are mostly something else: beside another name. */
export const eitherFamily: Lexicon = lexiconOf(familyAndWords)
/** Titles and words of greeting: what follows is somebody's name, whatever it is. */
export const cues: Lexicon = lexiconOf(titles)
