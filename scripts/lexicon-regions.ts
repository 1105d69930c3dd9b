import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { regionPhrase } from '../packages/privacy/src/redact/wide/region.ts'
import { createPacker } from './pack.ts'

/** `node scripts/lexicon-regions.ts` makes `region-packed.ts`: names of countries, languages and currencies of more than a word, and those in Chinese, Japanese and Korean, as forms list them (CLDR, which Node brings along; Unicode's licence). */
const out = join(import.meta.dirname, '../packages/privacy/src/redact/wide/region-packed.ts')
const languages = 'en de fr es pt pt-PT nl tr pl it ru uk sv da nb fi cs ro hu el zh zh-Hant ja ko ar he'.split(' ')
/** A name that only its hash makes a country's would be kept: one in so many, by 2. */
const bits = 16
const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place))
const codes = letters.flatMap((first) => letters.map((second) => first + second))
const kinds = [
  { type: 'region', codes },
  { type: 'language', codes: codes.map((code) => code.toLowerCase()) },
  { type: 'currency', codes: Intl.supportedValuesOf('currency') },
] as const
/** Islands that are called as many people are. */
const people = new Set(['diego garcia'])

const zones = Intl.supportedValuesOf('timeZone').map((zone) => (zone.split('/').at(-1) ?? '').replaceAll('_', ' '))
const named = languages.flatMap((language) =>
  kinds.flatMap(({ type, codes: own }) => {
    const names = new Intl.DisplayNames([language], { type, fallback: 'none' })
    return own.flatMap((code) => names.of(code) ?? [])
  }),
)
const phrases = [...new Set([...named, ...zones].map(regionPhrase))].filter(
  (phrase) => (phrase.includes(' ') || /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]{2,}/u.test(phrase)) && !people.has(phrase),
)
const packer = createPacker()
const packed = JSON.stringify(packer.add(phrases, bits))
writeFileSync(
  out,
  [
    "/** Made by `node scripts/lexicon-regions.ts`. */\nimport type { Packed } from '../packed.ts'",
    `/** What the names are packed in. */\nexport const packedRegions =\n  '${packer.base64()}'`,
    `/** Names of countries, languages, currencies and of the cities of time zones. */\nexport const regions: Packed = ${packed}`,
  ].join('\n\n') + '\n',
)
console.log(`${phrases.length} names; ${packer.base64().length} characters of base64`)
