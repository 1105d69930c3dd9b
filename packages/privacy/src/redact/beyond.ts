import { family, given, namesAsWell, ordinary, packedWords, unspaced } from './beyond-packed.ts'
import type { Wide } from './beyond-none.ts'
import type { Lexicon } from './lexicon.ts'
import { type Packed, unpack, wordHash } from './packed.ts'

/** All bytes of it, until every set was asked once. */
const bytes = (() => {
  let read: string | undefined
  return (): string => (read ??= atob(packedWords))
})()

/** Unpacked when it is first asked, to an array: a set of so many would take ten times its room. */
function lexiconOf(packed: Packed, except = ''): Lexicon {
  let hashes: Uint32Array | undefined
  const none = new Set(except.split(' '))
  return { has: (word) => isIn((hashes ??= unpack(bytes(), packed)), wordHash(word, packed)) && !none.has(word) }
}

function isIn(sorted: Uint32Array, wanted: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return sorted[from] === wanted
}

const [wideGiven, wideFamily] = [lexiconOf(given), lexiconOf(family)]

/** What there is room for beside a page: names in all languages and common words of many. */
export const wide: Wide = {
  given: wideGiven,
  family: wideFamily,
  isName: (word) => wideGiven.has(word) || wideFamily.has(word),
  ordinary: lexiconOf(ordinary, namesAsWell),
  unspaced: lexiconOf(unspaced),
}
