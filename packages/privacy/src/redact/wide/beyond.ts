import { family, familyStrays, given, givenStrays, namesAsWell, ordinary, packedWords, unspaced } from './beyond-packed.ts'
import type { Wide } from '../small/beyond.ts'
import type { Lexicon } from '../lexicon.ts'
import type { Packed } from '../packed.ts'
import { amongPacked, bytesOnce } from './among.ts'

const bytes = bytesOnce(packedWords)

function lexiconOf(packed: Packed, except = ''): Lexicon {
  const has = amongPacked(bytes, packed)
  const none = new Set(except.split(' '))
  return { has: (word) => has(word) && !none.has(word) }
}

const [wideGiven, wideFamily] = [lexiconOf(given, givenStrays), lexiconOf(family, familyStrays)]

/** What there is room for beside a page: names in all languages and common words of many. */
export const wide: Wide = {
  given: wideGiven,
  family: wideFamily,
  isName: (word) => wideGiven.has(word) || wideFamily.has(word),
  ordinary: lexiconOf(ordinary, namesAsWell),
  unspaced: lexiconOf(unspaced),
}
