import { family, given, namesAsWell, ordinary, packedWords, unspaced } from './beyond-packed.ts'
import type { Wide } from '../small/beyond.ts'
import type { Lexicon } from '../lexicon.ts'
import { type Packed, unpack, wordHash } from '../packed.ts'

/** All bytes of it, until every set was asked once. */
const bytes = (() => {
  let read: string | undefined
  return (): string => (read ??= atob(packedWords))
})()

/** Unpacked when it is first asked, to an array: a set of so many would take ten times its room. */
function lexiconOf(packed: Packed, except = ''): Lexicon {
  let has: ((hash: number) => boolean) | undefined
  const none = new Set(except.split(' '))
  return { has: (word) => (has ??= among(unpack(bytes(), packed)))(wordHash(word, packed)) && !none.has(word) }
}

/** Asks sorted hashes for one: their first bits lead to where those that share them begin, two or so. */
function among(sorted: Uint32Array): (hash: number) => boolean {
  const shared = Math.max(0, 32 - Math.clz32(sorted.at(-1) ?? 0) - (31 - Math.clz32(sorted.length)))
  const starts = new Uint32Array(((sorted.at(-1) ?? 0) >>> shared) + 2)
  for (const hash of sorted) starts[(hash >>> shared) + 1] = (starts[(hash >>> shared) + 1] ?? 0) + 1
  for (let place = 1; place < starts.length; place += 1) starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0)
  return (hash) => {
    const end = starts[(hash >>> shared) + 1] ?? 0
    let at = starts[hash >>> shared] ?? 0
    while (at < end && (sorted[at] ?? 0) < hash) at += 1
    return at < end && sorted[at] === hash
  }
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
