import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fakers from '@faker-js/faker'
import nlp from 'compromise'

import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'
import { familyEnding } from '../packages/privacy/src/redact/name-words.ts'
import { wordHash } from '../packages/privacy/src/redact/packed.ts'
import { cues, eitherFamily, eitherGiven, ordinaryWords, pageWords } from './ordinary-words.ts'
import { commonIn, writtenInPages } from './common-words.ts'
import { more } from './more-names.ts'
import { createPacker } from './pack.ts'

/** Makes `lexicon-packed.ts` of the names in @faker-js/faker (MIT), by language, less what is an ordinary word or a town; and of the ordinary words. */
const bits = { given: 8, others: 4, ordinary: 8, few: 10 } as const
/** The redactor's file has room for about ten thousand names: those of these languages. Faker's Turkish and Indian given names are mostly rare ones: the common stand in `more`. */
const kept = /^faker(?:EN_US|EN_NG|DE|FR|ES|PT_BR|PT_PT|PL|SV|NB_NO|FI|RU|UK)$/

/** Given names that towns have been called after: mostly a person is meant. */
const peopleFirst = new Set(
  `allen eugene george martin mike nick vernon elizabeth fatima marisa nancy sandy tracy bryan brandon gary gilbert ivan leon logan norman stanley tyler
    warren lawrence bruno ron frederick edmond patti kara mara lynn maia nola antony marko miroslav renate florin madina rania владимир артем агата`.split(
    /\s+/,
  ),
)

/** How many of the kept languages give a name. */
const timesGiven = new Map<string, number>()
/** Words of films and books in many languages, names of their people among them. */
const commonWords = commonIn(/./)

/** `words`: what is no name alone. `near`: those of them that are words, or towns where the kept languages are spoken. */
function named(): Readonly<Record<'given' | 'family' | 'words' | 'near', ReadonlySet<string>>> {
  const [given, family, near, words] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>([...ordinaryWords, ...eitherGiven, ...eitherFamily]),
  ]
  for (const [name, faker] of Object.entries(fakers)) {
    if (!/^faker[A-Z]/.test(name)) continue
    const { location, person, word } = (faker as fakers.Faker).rawDefinitions // every export of such a name is one
    // A town alone is no person: Kiel, Carson.
    const towns = wordsIn(location?.city_name).filter((one) => !peopleFirst.has(one))
    for (const one of towns) words.add(one)
    if (!kept.test(name)) continue
    for (const one of [...towns, ...wordsIn(word)]) near.add(one)
    for (const one of new Set(wordsIn(person?.first_name))) {
      given.add(one)
      timesGiven.set(one, (timesGiven.get(one) ?? 0) + 1)
    }
    // Germany's are too many to help: nearly every other word is one.
    if (name !== 'fakerDE') for (const one of wordsIn(person?.last_name)) family.add(one)
    for (const one of wordsIn(word)) words.add(one)
  }
  return { given, family, words, near }
}

function wordsIn(definition: unknown): readonly string[] {
  if (typeof definition === 'string')
    return /^(?:\p{Script=Latin}[\p{Script=Latin}'’-]+|\p{Script=Cyrillic}+)$/u.test(definition) ? [plainWord(definition)] : []
  if (Array.isArray(definition)) return definition.flatMap(wordsIn)
  return typeof definition === 'object' && definition !== null ? Object.values(definition).flatMap(wordsIn) : []
}

const packer = createPacker()
const packed = (words: readonly string[], remainder: number): string => {
  const { count, bits: own, from } = packer.add(words, remainder)
  return `{ count: ${count}, bits: ${own}, from: ${from} }`
}

const { given, family, words, near } = named()
/** A library's names that few are called by leave their room to rules: the wide lexicon has them. */
const common = [...given].filter((word) => (commonWords.get(word)?.languages ?? 0) + (timesGiven.get(word) ?? 0) > 4)
const sure = [
  ...new Set([
    ...common,
    ...more.given
      .split(/\s+/)
      .map(plainWord)
      .filter((word) => commonWords.has(word)),
  ]),
].filter((word) => word.length >= 3 && !words.has(word))
const sureWords = new Set(sure)
const longestRare = 10
const others = [
  ...new Set([...family, ...more.family.split(/\s+/).map(plainWord), ...[...given].filter((word) => words.has(word))]),
].filter(
  (word) =>
    word.length >= 3 &&
    // A long one that no film and no book has is left to the wide lexicon.
    (word.length < longestRare || commonWords.has(word)) &&
    !sureWords.has(word) &&
    !familyEnding.test(word) &&
    !eitherGiven.has(word) &&
    !eitherFamily.has(word) &&
    !ordinaryWords.has(word),
)

/** Ordinary words of English (compromise, MIT, less its names), of our own pages and documents and of labels, which a hash can't tell from a name. */
function strays(): readonly string[] {
  const { lexicon } = (nlp as unknown as { model(): { one: { lexicon: Record<string, string | string[]> } } }).model().one // as: not in its types
  const known = Object.entries(lexicon).flatMap(([word, tags]) =>
    /Name|Person|Comparative|Superlative|PhrasalVerb|Gerund/.test(String(tags)) ? [] : [word],
  )
  const root = join(import.meta.dirname, '..')
  const ours = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:md|html)$/.test(path) && !/node_modules|dist|\.cache/.test(path))
    .flatMap((path) => readFileSync(join(root, path), 'utf8').match(/(?<![\p{L}])[a-z]{3,20}(?![\p{L}])/gu) ?? [])
  const labels = readdirSync(join(root, 'packages/privacy/src/redact'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/packed|test/.test(name))
    .flatMap(
      (name) =>
        readFileSync(join(root, 'packages/privacy/src/redact', name), 'utf8')
          .replaceAll('\\\\w*', 'nummer')
          .match(/(?<!\p{L})\p{L}\p{Ll}{2,}(?!\p{Lu})(?: \?\p{L}{2,})?/gu) ?? [],
    )
    .map((label) => plainWord(label.replace(/[ ?]/g, '')))
  const hashes = new Set(sure.map((word) => wordHash(word, { count: sure.length, bits: bits.given })))
  const often = [...writtenInPages()].flatMap(([word, times]) => (times > 3 ? [word] : []))
  return [...new Set([...known, ...ours, ...labels, ...pageWords, ...near, ...often])]
    .filter((word) => /^\p{Ll}{3,}$/u.test(word) && !sureWords.has(word) && !ordinaryWords.has(word))
    .filter((word) => hashes.has(wordHash(word, { count: sure.length, bits: bits.given })))
    .sort()
}

const none = strays()
const ordinaryForm = { count: ordinaryWords.size, bits: bits.ordinary }
const ordinaryHashes = new Set([...ordinaryWords].map((word) => wordHash(word, ordinaryForm)))
const namesAsWell = [...sure, ...others, ...eitherGiven, ...eitherFamily].filter((word) => ordinaryHashes.has(wordHash(word, ordinaryForm)))
const made = '/** Made by `node scripts/lexicon.ts`'
const few = { givenAndWords: eitherGiven, familyAndWords: eitherFamily, titles: cues }
const tables = [
  `${made}. */\nexport const given: Packed = ${packed(sure, bits.given)}`,
  `${made}. */\nexport const others: Packed = ${packed(others, bits.others)}`,
  `${made}: words that only their hash makes a given name. */\nexport const strays =\n  '${none.join(' ')}'`,
  `${made}. */\nexport const ordinary: Packed = ${packed([...ordinaryWords], bits.ordinary)}`,
  `${made}: names that only their hash makes an ordinary word. */\nexport const namesAsWell = '${namesAsWell.join(' ')}'`,
  ...Object.entries(few).map(([name, set]) => `${made}. */\nexport const ${name}: Packed = ${packed([...set], bits.few)}`),
]
// In one piece before all others: gzip takes base64 by itself in three quarters of its length, and mixed with text in more (0.5 kB).
const all = `${made}. */\nexport const packedWords = /* @__PURE__ */ atob(\n  '${packer.base64()}',\n)`
writeFileSync(
  join(import.meta.dirname, '../packages/privacy/src/redact/lexicon-packed.ts'),
  `${["import type { Packed } from './packed.ts'", all, ...tables].join('\n\n')}\n`,
)
console.log(`${sure.length} given names, ${others.length} others, ${none.length} strays`)
