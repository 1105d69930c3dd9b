import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fakers from '@faker-js/faker'
import nlp from 'compromise'

import { plainWord, wordHash } from '../packages/privacy/src/redact/lexicon.ts'
import { familyEnding } from '../packages/privacy/src/redact/name-words.ts'
import { cues, eitherFamily, eitherGiven, ordinaryWords } from './ordinary-words.ts'

/** Makes `lexicon-packed.ts` of the names in @faker-js/faker (MIT), by language, less what is an ordinary word or a town; and of the ordinary words. */
const bits = { given: 8, others: 5, ordinary: 9, few: 11 } as const
/** The redactor's file has room for about ten thousand names: those of these languages. */
const kept = /^faker(?:EN_US|EN_IN|EN_NG|DE|FR|ES|PT_BR|PT_PT|NL|TR|PL|SV|NB_NO|DA|FI|RU|UK)$/

/** Given names that towns have been called after: mostly a person is meant. */
const peopleFirst = new Set(
  `allen eugene george martin mike nick vernon elizabeth fatima marisa nancy sandy tracy bryan brandon gary gilbert ivan leon logan norman stanley tyler
    warren lawrence bruno ron frederick edmond patti kara mara lynn maia nola antony marko miroslav renate florin madina rania владимир артем агата`.split(
    /\s+/,
  ),
)

function named(): { readonly given: ReadonlySet<string>; readonly family: ReadonlySet<string>; readonly words: ReadonlySet<string> } {
  const [given, family, words] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>([...ordinaryWords, ...eitherGiven, ...eitherFamily]),
  ]
  for (const [name, faker] of Object.entries(fakers)) {
    if (!/^faker[A-Z]/.test(name)) continue
    const { location, person, word } = (faker as fakers.Faker).rawDefinitions // every export of such a name is one
    // A town alone is no person: Kiel, Carson.
    for (const one of wordsIn(location?.city_name)) if (!peopleFirst.has(one)) words.add(one)
    if (!kept.test(name)) continue
    for (const one of wordsIn(person?.first_name)) given.add(one)
    for (const one of wordsIn(person?.last_name)) family.add(one)
    for (const one of wordsIn(word)) words.add(one)
  }
  return { given, family, words }
}

function wordsIn(definition: unknown): readonly string[] {
  if (typeof definition === 'string')
    return /^(?:\p{Script=Latin}[\p{Script=Latin}'’-]+|\p{Script=Cyrillic}+)$/u.test(definition) ? [plainWord(definition)] : []
  if (Array.isArray(definition)) return definition.flatMap(wordsIn)
  return typeof definition === 'object' && definition !== null ? Object.values(definition).flatMap(wordsIn) : []
}

function packed(words: readonly string[], remainder: number): string {
  const form = { count: words.length, bits: remainder }
  const hashes = words.map((word) => wordHash(word, form)).sort((one, other) => one - other)
  const out: number[] = []
  let last = 0
  for (const hash of hashes) {
    const distance = hash - last
    for (let more = Math.floor(distance / 2 ** remainder); more > 0; more -= 1) out.push(1)
    out.push(0)
    for (let place = 0; place < remainder; place += 1) out.push(Math.floor(distance / 2 ** place) % 2)
    last = hash
  }
  const bytes = Buffer.alloc(Math.ceil(out.length / 8))
  for (const [place, bit] of out.entries()) if (bit === 1) bytes[place >>> 3] = (bytes[place >>> 3] ?? 0) | (1 << (place & 7))
  return `{\n  count: ${form.count},\n  bits: ${remainder},\n  text: '${bytes.toString('base64')}',\n}`
}

/** Common names of languages whose lists are short there, or written in Latin letters only here. */
const more = {
  given: `wei jing xiu ling xiaoming jie jun ming lei chao mei yuki haruto sota yuto hiroshi kenji takashi akira satoshi naoki daisuke kazuki yui sakura hina aoi misaki haruka yoko keiko sachiko ayumi emiko olu chukwu emeka ngozi chinedu oluwaseun ifeoma kwame kofi abena
    ahmed mohamed mohammed muhammad mahmoud mustafa hassan hussein omar khaled youssef ibrahim abdullah fatima aisha khadija mariam zainab layla leila nasser saleh mansour aziz rahman salma yasmin nadia samira karim rashid tariq bilal hamza priya arjun rahul amit anita sunita deepak sanjay vijay rajesh lakshmi kavita neha pooja rohan vikram anjali
    minji jisoo jihoon minho hyun eun ivan sergei dmitri alexei mikhail nikolai vladimir olga natalia svetlana irina tatiana ekaterina anastasia yelena galina oleg yuri boris wislawa przemek wojtek kasia gosia zsofia istvan gyorgy ferenc laszlo katalin ilona jiri vaclav zdenek jarmila bozena kalman szabina gyula imre vladimira`,
  family: `wang zhang li liu chen yang huang zhao wu zhou xu sun zhu guo lin gao luo zheng liang xie tang deng feng xiao cheng cao peng zeng tan wong chan cheung lau ho ng lam tanaka suzuki sato takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi shimizu mori abe ikeda hashimoto ishikawa ogawa goto okada hasegawa murakami kondo ishii
    adeyemi okafor adebayo mensah owusu osei asante boateng diallo traore keita sow ndiaye diop mbeki nkosi dlamini mokoena raman iyer nair menon reddy rao gupta sharma verma singh kaur patel shah mehta joshi kulkarni desai chatterjee mukherjee banerjee ghosh khan ahmad haddad hussain malik sheikh chaudhry
    kim lee park choi jung kang yoon jang lim han shin seo kwon hwang ahn nguyen tran pham hoang huynh phan dang bui duong smith jones taylor wilson davies evans thomas roberts walker wright robinson thompson hughes edwards lewis harris clarke patel turner hill scott cooper morris ward moore carter watson harrison morgan bennett
    hansen johansen olsen larsen andersen nilsen johansson andersson karlsson nilsson eriksson virtanen korhonen nieminen jensen nielsen pedersen novak svoboda dvorak horvat kovacs nagy toth szabo papadopoulos popescu ionescu`,
} as const
const { given, family, words } = named()
const sure = [...new Set([...given, ...more.given.split(/\s+/)])].filter((word) => word.length >= 3 && !words.has(word))
const sureWords = new Set(sure)
const others = [...new Set([...family, ...more.family.split(/\s+/), ...[...given].filter((word) => words.has(word))])].filter(
  (word) =>
    word.length >= 3 &&
    !sureWords.has(word) &&
    !familyEnding.test(word) &&
    !eitherGiven.has(word) &&
    !eitherFamily.has(word) &&
    !ordinaryWords.has(word),
)

/** Ordinary words of English (compromise, MIT, less its names) and of our own pages and documents, which a hash can't tell from a name. */
function strays(): readonly string[] {
  const { lexicon } = (nlp as unknown as { model(): { one: { lexicon: Record<string, string | string[]> } } }).model().one // as: not in its types
  const known = Object.entries(lexicon).flatMap(([word, tags]) =>
    /Name|Person|Comparative|Superlative|PhrasalVerb|Gerund/.test(String(tags)) ? [] : [word],
  )
  const root = join(import.meta.dirname, '..')
  const ours = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:md|html)$/.test(path) && !/node_modules|dist|\.cache/.test(path))
    .flatMap((path) => readFileSync(join(root, path), 'utf8').match(/(?<![\p{L}])[a-z]{3,20}(?![\p{L}])/gu) ?? [])
  const hashes = new Set(sure.map((word) => wordHash(word, { count: sure.length, bits: bits.given })))
  return [...new Set([...known, ...ours, ...words])]
    .filter((word) => /^[a-z]{3,}$/.test(word) && !sureWords.has(word) && !ordinaryWords.has(word))
    .filter((word) => hashes.has(wordHash(word, { count: sure.length, bits: bits.given })))
    .sort()
}

const none = strays()
const ordinaryForm = { count: ordinaryWords.size, bits: bits.ordinary }
const ordinaryHashes = new Set([...ordinaryWords].map((word) => wordHash(word, ordinaryForm)))
const namesAsWell = [...sure, ...others, ...eitherGiven, ...eitherFamily].filter((word) => ordinaryHashes.has(wordHash(word, ordinaryForm)))
writeFileSync(
  join(import.meta.dirname, '../packages/privacy/src/redact/lexicon-packed.ts'),
  `import type { Packed } from './lexicon.ts'\n\n/** Made by \`node scripts/lexicon.ts\`. */\nexport const given: Packed = ${packed(sure, bits.given)}\n\n/** Made by \`node scripts/lexicon.ts\`. */\nexport const others: Packed = ${packed(others, bits.others)}\n\n/** Made by \`node scripts/lexicon.ts\`: words that only their hash makes a given name. */\nexport const strays = '${none.join(' ')}'\n\n/** Made by \`node scripts/lexicon.ts\`. */\nexport const ordinary: Packed = ${packed([...ordinaryWords], bits.ordinary)}\n\n/** Made by \`node scripts/lexicon.ts\`: names that only their hash makes an ordinary word. */\nexport const namesAsWell = '${namesAsWell.join(' ')}'\n${Object.entries(
    { givenAndWords: eitherGiven, familyAndWords: eitherFamily, titles: cues },
  )
    .map(([name, set]) => `\n/** Made by \`node scripts/lexicon.ts\`. */\nexport const ${name}: Packed = ${packed([...set], bits.few)}\n`)
    .join('')}`,
)
console.log(`${sure.length} given names, ${others.length} others, ${none.length} strays`)
