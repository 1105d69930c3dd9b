import { codeAt } from '../character.ts'
import { japanFamily, japanFamilyAndWord, japanFirst, japanGiven, japanGivenName, japanLast, japanSingle } from './east-packed.ts'
import { ofJapan } from './japanese-form.ts'
import { never } from './levels.ts'
import { listOf, longWords, oddsOf, script, sumOf, type Words } from './odds.ts'

const firstOdds = oddsOf(japanFirst)
const lastOdds = oddsOf(japanLast)
const givenOdds = oddsOf(japanGiven)
const singleOdds = oddsOf(japanSingle)
const isFamily = listOf(japanFamily)
const isFamilyAndWord = listOf(japanFamilyAndWord)
const isGiven = listOf(japanGivenName)

/** The longest family name and given name, in characters. */
const [longestFamily, longestGiven] = [4, 4]
/** What a family name is worth that is no other word, and one that is; a given name in kana, and one that is a word as well. */
const [ofFamily, ofEither, ofKana, ofListed] = [4, 1, 5, 0]
/** The bounds of what a character tells of a given name; what each word of more than one character costs that it would be made of. */
const [ofGiven, wordCost] = [[-6, 3] as const, 3]
/** What a name has to reach, and one of two characters. */
const [least, short] = [5, 8]
/** What the characters of a family name that no list has have to tell. */
const leastUnlisted = 1
/** The most that what stands around a name tells for a family name of one character, and for one that no list has. */
const [aroundSingle, aroundUnlisted] = [0, 2]

/** A family name that may end before the word `next`. */
export interface Family {
  readonly next: number
  readonly odds: number
  /** The most that what stands around the whole name tells for it. */
  readonly most: number
}

const none: readonly Family[] = []

/** Where the family name of somebody in Japan may end that begins with the word `first`, each with how much likelier it is than a word. */
export function familiesOfJapan(words: Words, first: number): readonly Family[] {
  const { plain, bounds } = words
  const start = bounds[first] ?? 0
  const begin = codeAt(plain, start)
  const [single, mayBegin] = [singleOdds(begin), firstOdds(begin) > never]
  if (single === never && !mayBegin) return none
  const families: Family[] = []
  for (let next = first + 1; next < bounds.length; next += 1) {
    const end = bounds[next] ?? 0
    if (end - start > longestFamily) break
    if (end - start === 1 && single > never) families.push({ next, odds: single, most: aroundSingle })
    if (end - start > 1 && mayBegin && lastOdds(codeAt(plain, end - 1)) > never) familyOf(words, first, next, families)
  }
  return families
}

/** How many characters of the longest name there are that begins with the word `first`: of its last family name, a blank and a given name. */
export function longestInJapan({ bounds }: Words, first: number, families: readonly Family[]): number {
  const last = families.at(-1)
  return last === undefined ? 0 : (bounds[last.next] ?? 0) - (bounds[first] ?? 0) + 1 + longestGiven
}

/** How far a family name and the words behind it, up to `last`, are likelier a name than words, in nats over what it has to reach; below 0 they are none. `around`: what tells for it beyond itself. */
export function oddsInJapan(words: Words, first: number, { next, odds, most }: Family, last: number, around: number): number {
  const { bounds } = words
  const from = words.scripts[next] === script.blank ? next + 1 : next
  const [start, end] = [bounds[from] ?? 0, bounds[last] ?? 0]
  if (last <= from || end - start > longestGiven) return -Infinity
  const given = oddsOfGiven(words, from, last)
  return odds + given + Math.min(around, most) - (end - (bounds[first] ?? 0) === 2 ? short : least)
}

/** Whether it is a family name of Japan and no other word: 田中. */
export function isFamilyOfJapan(name: string): boolean {
  const family = ofJapan(name)
  return (
    family.length > 1 &&
    firstOdds(codeAt(family, 0)) > never &&
    lastOdds(codeAt(family, family.length - 1)) > never &&
    isFamily(family) &&
    !isFamilyAndWord(family)
  )
}

/** Adds the family name that the words from `first` up to `next` are, if they are one. One that no list has is known by its characters: a quarter of all are made of the same hundred. */
function familyOf({ plain, bounds }: Words, first: number, next: number, families: Family[]): void {
  const [start, end] = [bounds[first] ?? 0, bounds[next] ?? 0]
  const family = plain.slice(start, end)
  if (isFamily(family)) families.push({ next, odds: isFamilyAndWord(family) ? ofEither : ofFamily, most: Infinity })
  else if (end - start === 2 && next - first === 2) {
    const odds = firstOdds(codeAt(plain, start)) + lastOdds(codeAt(plain, end - 1))
    if (odds >= leastUnlisted) families.push({ next, odds: Math.min(ofFamily, odds), most: aroundUnlisted })
  }
}

function oddsOfGiven(words: Words, first: number, last: number): number {
  const { plain, bounds, scripts } = words
  const [start, end] = [bounds[first] ?? 0, bounds[last] ?? 0]
  const isListed = last - first === 1 && end - start > 1 && isGiven(plain.slice(start, end))
  if (scripts[first] !== script.han) return isListed ? ofKana : -Infinity
  if (end - start === longestGiven) return -Infinity
  return isListed ? ofListed : sumOf(plain, start, end, givenOdds, ofGiven) - longWords(words, first, last) * wordCost
}
