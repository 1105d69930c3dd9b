import { codeAt } from '../character.ts'
import { chinese } from '../family-names.ts'
import type { Stretch } from '../look.ts'
import type { Span } from '../span.ts'
import { longestInChina, mayBeginInChina, oddsInChina, ofApart } from './chinese.ts'
import { type Family, familiesOfJapan, isFamilyOfJapan, longestInJapan, oddsInJapan } from './japanese.ts'
import { ofJapan } from './japanese-form.ts'
import { script, type Words } from './odds.ts'

const han = /\p{Script=Han}/u
const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]/u
/** What a word or a place ends in, and no name does. */
const counted = new Set('额額量数數率件号號款价價费費期址型类類项項页頁県縣市省區区駅語语日')
/** What towns and villages of Japan end in, and no given name there does. */
const countedInJapan = new Set('町村郡軍')
/** What it is worth in Japan that a name stands apart from other words; and in each that kana stands in the same text. */
const [apartInJapan, kanaInJapan, kanaInChina] = [5, 2, -4]

/** Names of China, Taiwan and Japan in a text: runs of whole words that are likelier a family name and a given name, by their characters. */
export function easternIn(text: string, stretches: readonly Stretch[]): readonly Span[] {
  return stretches.flatMap(({ start, end }) => {
    const part = text.slice(start, end)
    return /\p{Script=Han}[\p{Script=Han}々]|\p{Script=Han}[ \u3000]\p{Script=Han}/u.test(part) ? inWords(wordsOf(part), start) : []
  })
}

/** Words as ICU's dictionary of Chinese and Japanese parts them; made when a text first asks. In a browser that has none the text is masked whole, as after any fault. */
const wordsOf = (() => {
  let segmenter: Intl.Segmenter | undefined
  return (text: string): Words => {
    segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })
    const bounds: number[] = []
    const scripts: number[] = []
    for (const { index, segment } of segmenter.segment(text)) {
      bounds.push(index)
      scripts.push(scriptOf(segment))
    }
    bounds.push(text.length)
    return { text, plain: ofJapan(text), bounds, scripts }
  }
})()

function scriptOf(word: string): number {
  const code = codeAt(word, 0)
  if (code === 0x20 || code === 0x3000) return script.blank
  if (code < 0x3005) return script.other
  if (code >= 0x4e00 && code <= 0x9fff) return script.han
  return han.test(word) ? script.han : kana.test(word) ? script.kana : script.other
}

function inWords(words: Words, from: number): readonly Span[] {
  const { text, bounds } = words
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  const spans: Span[] = []
  for (let first = 0; first + 1 < bounds.length;) {
    const last = endOfName(words, first, isJapanese)
    if (last > first) spans.push({ start: from + (bounds[first] ?? 0), end: from + (bounds[last] ?? 0), kind: 'person' })
    first = Math.max(last, first + 1)
  }
  return spans
}

/** Up to which word the likeliest name reaches that begins with the word `first`; `first` where none does. */
function endOfName(words: Words, first: number, isJapanese: boolean): number {
  const { text, bounds, scripts } = words
  if (scripts[first] !== script.han) return first
  const start = bounds[first] ?? 0
  const families = familiesOfJapan(words, first)
  const inChina = mayBeginInChina(text, start) ? longestInChina : 0
  const reach = Math.max(inChina, longestInJapan(words, first, families))
  const isFirst = scripts[first - 1] !== script.han
  let [best, end] = [-1, first]
  for (let last = first + 1; last < bounds.length && (bounds[last] ?? 0) - start <= reach; last += 1) {
    if (scripts[last - 1] === script.other) break
    if (scripts[last - 1] === script.blank || counted.has(text.charAt((bounds[last] ?? 0) - 1))) continue
    const isApart = isFirst && scripts[last] !== script.han
    const odds = Math.max(
      (bounds[last] ?? 0) - start <= inChina ? oddsOfChinese(words, first, last, isApart, isJapanese) : -1,
      families.length > 0 && !countedInJapan.has(text.charAt((bounds[last] ?? 0) - 1))
        ? oddsOfJapanese(words, first, last, families, isApart, isJapanese)
        : -1,
    )
    if (odds > best) [best, end] = [odds, last]
  }
  return end
}

/** How far the words from `first` up to `last` are likelier a name of China than words, in nats over what they have to reach. */
function oddsOfChinese(words: Words, first: number, last: number, isApart: boolean, isJapanese: boolean): number {
  return oddsInChina(words, first, last) + (isApart ? ofApart : 0) + (isJapanese ? kanaInChina : 0)
}

/** The same of a name of Japan with one of some family names. */
function oddsOfJapanese(
  words: Words,
  first: number,
  last: number,
  families: readonly Family[],
  isApart: boolean,
  isJapanese: boolean,
): number {
  const around = (isApart ? apartInJapan : 0) + (isJapanese ? kanaInJapan : 0)
  let odds = -Infinity
  for (const family of families) if (family.next < last) odds = Math.max(odds, oddsInJapan(words, first, family, last, around))
  return odds
}

const beginsAsChinese = new RegExp(`^${chinese}`, 'u')
/** How much less a name has to reach that stands where a name is due. */
const due = 6

/** Whether what stands alone and begins like a name of China is a word: 文件, 高级, 余额. */
export function isEasternWord(found: string): boolean {
  const bare = found.replace(/[ \u3000]/gu, '')
  if (!/^\p{Script=Han}{2,3}$/u.test(bare) || !beginsAsChinese.test(bare) || isFamilyOfJapan(bare)) return false
  const words = wordsOf(bare)
  const last = words.bounds.length - 1
  const odds = Math.max(oddsOfChinese(words, 0, last, true, false), oddsOfJapanese(words, 0, last, familiesOfJapan(words, 0), true, false))
  return counted.has(bare.slice(-1)) || odds < -due
}
