import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { formedOdds, plainCaseless } from '../packages/privacy/src/redact/wide/caseless-odds.ts'
import { packed, weightsOfOne, widest } from '../packages/privacy/src/redact/wide/learned.ts'
import { piecesLength, sumOfPieces } from '../packages/privacy/src/redact/wide/pieces.ts'
import { caselessNames } from './caseless-names.ts'
import { definitions, listOf, namesOfPython, wordsIn } from './faker-lists.ts'
import { learned } from './logistic.ts'
import { createPacker } from './pack.ts'
import { wordsOfLanguage } from './common-words.ts'

/**
 * `node scripts/lexicon-caseless.ts FAKER HEBREW POPULAR DJANGO` makes `caseless-packed.ts`: how much likelier a word in Arabic, Hebrew or Devanagari letters is a part of a name than a word, in nats.
 * FAKER: Python's Faker, as `namesOfPython` reads it. HEBREW: the folder `hebrew_names` of the Python package hebrew-names 0.0.1 (MIT), how many bear each name in Israel. POPULAR: a checkout of sigpwned/popular-names-by-country-dataset at eb62e13 (CC0). DJANGO: the folder `django` of the Python package Django 5.2.19 (BSD), whose pages' words are no names.
 */
const [faker = '', hebrew = '', popular = '', django = ''] = process.argv.slice(2)
const out = join(import.meta.dirname, '../packages/privacy/src/redact/wide/caseless-packed.ts')
const bits = { names: 10, words: 6 } as const
const caseless = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{M}\u05f3\u05f4'’\u200c]+$/u
/** How many bear a name in Israel that is kept: a given name, a family's. */
const [fewestGiven, fewestFamily] = [40, 200]
/** The most that a list can tell, and how likely a name is that is one of all, and a word that no list of names has. */
const [surest, everyName, noName] = [4, 8.5, 11.7]
/** How often a name stands in lists that many bear, and one that is not only a place's. */
const [many, few] = [9, 4]
/** What stands on pages is as common as the word of this rank. */
const rankOnPages = 5_000
/** A word that is so common may be in a list of names without being learned as one. */
const commonRank = 1_500
/** A word that its pieces hold for so likely a name, or likelier, is listed. */
const mistaken = -0.5

/** What lists of names hold and texts mean otherwise: houses, months, ports. */
const never = new Set(listOf('بنو بني خان بندر شهر ان אשר כתב שר').map(plainCaseless))
/** How often each name stands in lists; in how many people's hands, where they are counted. */
const names = new Map<string, number>()
function add(name: string, by = 1): void {
  for (const part of name.split(/[\s-]+/)) {
    const plain = plainCaseless(part)
    if (caseless.test(part) && plain.length > 1 && !never.has(plain)) names.set(plain, (names.get(plain) ?? 0) + by)
  }
}
for (const { person } of definitions) for (const name of [...wordsIn(person?.first_name), ...wordsIn(person?.last_name)]) add(name)
const { first, last } = namesOfPython(faker)
for (const name of [...first, ...last]) add(name)
for (const name of listOf(caselessNames)) add(name, many)
for (const file of ['common-forenames-by-country.csv', 'common-surnames-by-country.csv'])
  for (const cell of readFileSync(join(popular, file), 'utf8').split(/[,\n]/)) add(cell, 3)
for (const [name, count, fewest] of hebrewNames()) if (count >= fewest) add(name, Math.min(20, count / 500 + 1))

function hebrewNames(): readonly (readonly [name: string, count: number, fewest: number])[] {
  return readdirSync(hebrew)
    .filter((file) => /^dist\.(?:jew|muslim)\..*(?:first|last)$/.test(file))
    .flatMap((file) =>
      readFileSync(join(hebrew, file), 'utf16le')
        .replace('\ufeff', '')
        .split('\n')
        .map((line) => line.split('\t'))
        .map(([name = '', count]) => [name, Number(count), file.endsWith('last') ? fewestFamily : fewestGiven] as const),
    )
}

/** How common each word is in its language, the commonest first. */
const ranks = new Map<string, number>()
const rankOf = (word: string): number => ranks.get(word) ?? Infinity
for (const language of ['arabic', 'farsi', 'hebrew', 'hindi'] as const)
  for (const [rank, word] of wordsOfLanguage(language).map(plainCaseless).entries())
    if (word.length > 1) ranks.set(word, Math.min(rankOf(word), rank))
const onPages = Map.groupBy(wordsOnPages(), (word) => word)
for (const [word, { length }] of onPages) if (!names.has(word) || length > 3) ranks.set(word, Math.min(rankOf(word), rankOnPages))

function wordsOnPages(): readonly string[] {
  return readdirSync(django, { recursive: true, encoding: 'utf8' })
    .filter((path) => /locale\/(?:ar|fa|he|hi)\/LC_MESSAGES\/django\.po$/.test(path))
    .flatMap((path) =>
      [...readFileSync(join(django, path), 'utf8').matchAll(/^(?:msgstr(?:\[\d\])? )?"(.*)"$/gm)].map(([, line = '']) => line),
    )
    .flatMap((line) => line.match(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}][\p{L}\p{M}]+/gu) ?? [])
    .map(plainCaseless)
}

/** Countries and towns, which people are named after as well. */
const places = new Set(
  [
    ...['ar', 'fa', 'he', 'hi'].flatMap((language) => {
      const regions = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
      const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place))
      return letters.flatMap((first) => letters.map((second) => regions.of(first + second) ?? ''))
    }),
    ...definitions.flatMap(({ location }) => wordsIn(location?.city_name)),
  ].flatMap((name) => name.split(/[\s-]+/).map(plainCaseless)),
)

const placesOf = (word: string): readonly number[] => {
  const own: number[] = []
  sumOfPieces(word, new Int8Array(piecesLength), own)
  return own
}
const examples = [
  ...[...names.keys()].filter((word) => rankOf(word) > commonRank).map((word) => ({ places: placesOf(word), is: true })),
  ...[...ranks.keys()].filter((word) => !names.has(word)).map((word) => ({ places: placesOf(word), is: false })),
]
const weights = Int8Array.from(learned(examples, piecesLength), (weight) =>
  Math.max(-widest, Math.min(widest, Math.round(weight * weightsOfOne))),
)

/** How much rarer a word is than the commonest, in nats (Zipf's law). */
const rarity = (word: string): number => Math.log(9.8 * (rankOf(word) + 3))

function levelOfName(word: string): number {
  const count = names.get(word) ?? 0
  const known = Math.min(1.5, Math.log(count) / 2)
  const formed = Math.max(-2, Math.min(0, sumOfPieces(word, weights) * 0.7 + known))
  const level = Math.max(-3, Math.min(surest + formed, rarity(word) - everyName + known))
  if (count < many) return places.has(word) && count < few ? Math.min(1, level) : level
  // So many bear it that it is common for being a name.
  return level > surest - 1 ? surest + 1 : rankOf(word) > 300 ? Math.max(2, level) : level
}

const byLevel = (words: readonly string[], levelOf: (word: string) => number): readonly (readonly [number, readonly string[]])[] =>
  [...Map.groupBy(words, (word) => Math.round(levelOf(word)))].toSorted(([one], [other]) => other - one)

const nameWords = byLevel([...names.keys()], levelOfName)
const wordWords = byLevel(
  [...ranks.keys()].filter((word) => !names.has(word) && formedOdds(word, weights) > mistaken),
  (word) => Math.min(-1, Math.max(-3, rarity(word) - noName)),
)
const packer = createPacker()
const packedLevels = (levels: typeof nameWords, remainder: number): string =>
  `[${levels.map(([level, words]) => `[${level}, ${JSON.stringify(packer.add(words, remainder))}]`).join(', ')}]`
const tables = { nameLevels: packedLevels(nameWords, bits.names), wordLevels: packedLevels(wordWords, bits.words) }
writeFileSync(
  out,
  [
    "/** Made by `node scripts/lexicon-caseless.ts`. */\nimport type { Packed } from '../packed.ts'",
    `/** What the words are packed in. */\nexport const packedCaseless =\n  '${packer.base64()}'`,
    `/** Names, by how much likelier each is one than a word, in nats. */\nexport const nameLevels: readonly (readonly [level: number, words: Packed])[] = ${tables.nameLevels}`,
    `/** Words that are formed as names are, the same. */\nexport const wordLevels: readonly (readonly [level: number, words: Packed])[] = ${tables.wordLevels}`,
    `/** What pieces of a word tell, as \`unpacked\` reads it. */\nexport const pieceWeights: string =\n  '${packed(weights)}'`,
  ].join('\n\n') + '\n',
)
const told = (levels: typeof nameWords): string => levels.map(([level, { length }]) => `${level}: ${length}`).join(', ')
console.log(
  `${names.size} names (${told(nameWords)}); ${told(wordWords)} of ${ranks.size} words; ${packer.base64().length} characters of base64`,
)
