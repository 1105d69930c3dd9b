import { codeAt } from '../character.ts'
import { chinaFamily, chinaGiven } from './east-packed.ts'
import { longWords, oddsOf, script, sumOf, type Words } from './odds.ts'

const familyOdds = oddsOf(chinaFamily)
const givenOdds = oddsOf(chinaGiven)
const double = new Set(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 夏侯 轩辕 軒轅 端木 百里 呼延 南宫 南宮 独孤 獨孤 澹台 东郭 西门 西門 申屠 闻人'.split(
    ' ',
  ),
)
/** What a family name of two characters is worth, the most that one of one character is, and the most that a character of a given name is. */
const [ofDouble, mostOfFamily, mostOfGiven] = [4, 5, 4]
/** What each word of more than one character costs that a name would have to be made of. */
const wordCost = 4
/** What a name of two characters has to reach, and a longer one. */
const [short, long] = [6, 3]
/** What it is worth that a name stands apart from other words. */
export const ofApart = 1
const shortest = 2
/** The longest, in characters. */
export const longestInChina = 4

/** Whether a name of China may begin at a place, whatever its third character is. */
export function mayBeginInChina(text: string, at: number): boolean {
  const family = familyOdds(codeAt(text, at))
  return (
    family + Math.min(mostOfGiven, givenOdds(codeAt(text, at + 1))) + mostOfGiven >= long - ofApart || double.has(text.slice(at, at + 2))
  )
}

/** How far the words from `first` up to `last` are likelier somebody's name in China or Taiwan than words, in nats over what it has to reach; below 0 they are none. */
export function oddsInChina(words: Words, first: number, last: number): number {
  const { text, bounds, scripts } = words
  const [start, end] = [bounds[first] ?? 0, bounds[last] ?? 0]
  const length = end - start
  if (length < shortest || length > longestInChina || (length === shortest && last - first === 1)) return -Infinity
  for (let place = first; place < last; place += 1) if (scripts[place] !== script.han) return -Infinity
  const isDouble = length > shortest && double.has(text.slice(start, start + 2))
  if (length === longestInChina && !isDouble) return -Infinity
  const family = isDouble ? ofDouble : Math.min(mostOfFamily, familyOdds(codeAt(text, start)))
  const given = sumOf(text, start + (isDouble ? 2 : 1), end, givenOdds, [-Infinity, mostOfGiven])
  const cost = longWords(words, first, last) * wordCost
  return family + given - (isDouble ? Math.max(0, cost - wordCost) : cost) - (length === shortest ? short : long)
}
