import { isLetterOfAny, type Near, wordsAfter, wordsBefore } from './near-words.ts'
import { codeAt, isDigit } from '../character.ts'
import type { FoundWord, Stretch } from '../look.ts'

/** What a stretch is judged by: the text, and words that lead to secrets, in their order. */
export interface Judged {
  readonly text: string
  readonly leads: readonly FoundWord[]
}

/** Hashed signs of a stretch: each is a place in a table of weights, whose length is a power of two. */
class Traits {
  /** The weights of all signs so far. */
  sum = 0
  readonly #weights: Int8Array
  /** Where they are to be learned: the places. */
  readonly #places: number[] | undefined

  constructor(weights: Int8Array, places?: number[]) {
    this.#weights = weights
    this.#places = places
  }

  add(sort: number, first: number, second = 0): void {
    let hash = Math.imul(first ^ Math.imul(sort, 0x9e3779b1), 0x85ebca6b)
    hash = Math.imul((hash ^ (hash >>> 15)) + second, 0xc2b2ae35)
    const place = (hash ^ (hash >>> 16)) & (this.#weights.length - 1)
    this.sum += this.#weights[place] ?? 0
    this.#places?.push(place)
  }
}

function joined(one: number, other: number): number {
  const hash = Math.imul(one ^ Math.imul((other + 0x9e3779b9) | 0, 0x85ebca6b), 0xc2b2ae35)
  return hash ^ (hash >>> 13)
}

/** How far a line is read, and leads count before and after. */
const [widestLine, farthestBefore, farthestAfter] = [80, 140, 100]
const [lineEnd, blank] = [10, 32]

/** A length or distance, coarser the greater. */
function coarse(length: number): number {
  if (length < 4) return length
  if (length < 7) return 4
  if (length < 12) return 5
  return length < 25 ? 6 : length < 50 ? 7 : 8
}

/** A character's class; signs stand for themselves. */
function classAt(text: string, at: number): number {
  const code = at >= 0 && at < text.length ? codeAt(text, at) : -1
  if (code === -1) return 0
  if (isDigit(code)) return 1
  if (code >= 97 && code <= 122) return 2
  if (code >= 65 && code <= 90) return 3
  return isLetterOfAny(code) ? 4 : code === lineEnd ? 5 : code + 100
}

/** What the weights of a table say of a stretch that may be a secret. `places`: where the places of its signs are put. */
export function secretSum({ text, leads }: Judged, stretch: Stretch, weights: Int8Array, places?: number[]): number {
  const traits = new Traits(weights, places)
  const shape = shapeTraits(traits, text, stretch)
  for (let at = stretch.start; at < stretch.end && at < stretch.start + 16; at += 1)
    if (shape.sort > 1) traits.add(8, joined(classAt(text, at), classAt(text, at + 1)), at + 2 < stretch.end ? classAt(text, at + 2) : 0)
  const edge = edgeTraits(traits, text, stretch, shape)
  wordTraits(traits, wordsBefore(text, stretch.start, 8), wordsAfter(text, stretch.end, 6), shape.sort, edge)
  leadTraits(traits, text, stretch, leads, shape)
  lineTraits(traits, text, stretch, shape)
  return traits.sum
}

interface Shape {
  /** Digits alone, digits among others, signs, capitals, small letters. */
  readonly sort: number
  /** That, and the length. */
  readonly size: number
  readonly digits: number
}

function shapeTraits(traits: Traits, text: string, { start, end }: Stretch): Shape {
  const counts = [0, 0, 0, 0, 0, 0]
  let [hash, last, run, isSame] = [7, -1, 0, true]
  for (let at = start; at < end; at += 1) {
    const own = classAt(text, at)
    const group = own > 5 ? 5 : own
    if (own !== blank + 100) counts[group] = (counts[group] ?? 0) + 1
    if (codeAt(text, at) !== codeAt(text, start)) isSame = false
    run = own === last ? run + 1 : 0
    last = own
    // Of letters two tell as much as many, of digits each counts.
    if (at < start + 24 && (own === 1 || run < 2)) hash = joined(hash, own)
  }
  const [, digits = 0, small = 0, capitals = 0, others = 0, signs = 0] = counts
  const letters = small + capitals + others
  const sort = digits > 0 ? (letters + signs === 0 ? 1 : 2) : signs > 0 ? 3 : capitals > 0 ? 4 : 5
  const size = sort * 16 + (sort === 1 ? Math.min(15, digits) : coarse(end - start))
  traits.add(1, 0)
  traits.add(2, size)
  traits.add(3, hash)
  traits.add(4, coarse(digits), coarse(capitals) * 16 + coarse(small + others))
  traits.add(5, signs > 0 ? 1 : 0, sort)
  if (isSame) traits.add(6, sort)
  const century = end - start === 4 ? text.slice(start, start + 2) : ''
  if (century === '19' || century === '20') traits.add(7, sort)
  return { sort, size, digits }
}

/** The signs that touch a stretch. */
interface Edge {
  readonly left: number
  readonly right: number
}

function edgeTraits(traits: Traits, text: string, { start, end }: Stretch, { sort, size }: Shape): Edge {
  const [left, right] = [classAt(text, start - 1), classAt(text, end)]
  const lefts = joined(left, classAt(text, start - 2))
  traits.add(10, left, sort)
  traits.add(11, lefts, sort)
  traits.add(12, right, sort)
  traits.add(13, joined(right, classAt(text, end + 1)), sort)
  traits.add(14, joined(left, right), size)
  traits.add(15, joined(lefts, right), sort)
  return { left, right }
}

function wordTraits(traits: Traits, before: readonly Near[], after: readonly Near[], sort: number, { left, right }: Edge): void {
  placedTraits(traits, before, 4, 20, sort)
  placedTraits(traits, after, 3, 24, sort)
  const [one, two, next] = [before[0]?.whole ?? 1, before[1]?.whole ?? 1, after[0]?.whole ?? 1]
  traits.add(50, one, two)
  traits.add(51, one, next)
  traits.add(52, next, after[1]?.whole ?? 1)
  traits.add(53, joined(one, left), sort)
  traits.add(54, joined(next, right), sort)
  heapTraits(traits, before, 60, sort)
  heapTraits(traits, after, 63, sort)
}

/** The nearest words, each by its place. */
function placedTraits(traits: Traits, words: readonly Near[], most: number, from: number, sort: number): void {
  for (let place = 0; place < most; place += 1) {
    const word = words[place]
    traits.add(from + place, word?.whole ?? 1, sort)
    traits.add(from + 10 + place, word?.root ?? 1, Math.min(2, word?.lines ?? 9))
    if (word !== undefined) traits.add(from + 20 + place, word.form * 4 + Math.min(2, word.lines), sort)
  }
}

/** Words on one side, wherever they stand. */
function heapTraits(traits: Traits, words: readonly Near[], from: number, sort: number): void {
  for (const word of words) {
    if (word.form === 3) continue
    traits.add(from, word.whole, sort)
    traits.add(from + 1, word.root)
    if (word.end - word.start > 6) traits.add(from + 2, word.stem, sort)
  }
}

const leadNames = ['strong', 'code', 'weak', 'vague', 'codeWord', 'unpartedCode', 'put', 'opening', 'access']

function leadTraits(traits: Traits, text: string, { start, end }: Stretch, leads: readonly FoundWord[], { sort, size }: Shape): void {
  let [before, after, inside]: [FoundWord | undefined, FoundWord | undefined, number] = [undefined, undefined, 0]
  let [lefts, rights] = [0, 0]
  for (let place = firstFrom(leads, start - farthestBefore); place < leads.length; place += 1) {
    const lead = leads[place]
    if (lead === undefined || lead.start - end >= farthestAfter) break
    const bit = 1 << leadNames.indexOf(lead.name)
    if (lead.end <= start) {
      if (start - lead.end < farthestBefore) lefts |= bit
      if (lead.end >= (before?.end ?? 0)) before = lead
    } else if (lead.start >= end) {
      rights |= bit
      after ??= lead
    } else inside |= bit
  }
  const [one, other] = [
    before === undefined ? 15 : leadNames.indexOf(before.name),
    after === undefined ? 15 : leadNames.indexOf(after.name),
  ]
  traits.add(70, one * 16 + coarse(start - (before?.end ?? start)), sort)
  traits.add(71, other * 16 + coarse((after?.start ?? end) - end), sort)
  traits.add(72, one, size)
  traits.add(73, other, size)
  traits.add(74, lefts, sort)
  traits.add(75, rights, sort)
  if (inside !== 0) traits.add(76, inside, sort)
  for (let name = 0; name < leadNames.length; name += 1) {
    if (((lefts >>> name) & 1) === 1) traits.add(77, name, size)
    if (((rights >>> name) & 1) === 1) traits.add(78, name, size)
  }
  if (before !== undefined) gapTraits(traits, text, before, start, one, sort)
}

/** What stands between a lead and a stretch: its signs in their order, and how many words. */
function gapTraits(traits: Traits, text: string, lead: FoundWord, start: number, name: number, sort: number): void {
  let [hash, words, isWord] = [7, 0, false]
  for (let at = lead.end; at < start && at < lead.end + 40; at += 1) {
    const code = codeAt(text, at)
    const isLetter = isLetterOfAny(code)
    if (isLetter && !isWord) words += 1
    isWord = isLetter
    if (!isLetter && code !== blank) hash = joined(hash, isDigit(code) ? 57 : code)
  }
  traits.add(79, joined(hash, Math.min(4, words)), sort)
  traits.add(80, Math.min(5, words), name * 8 + sort)
  traits.add(81, wordsAfter(text, lead.start, 1, lead.end)[0]?.whole ?? 1, sort)
}

/** The first lead that ends after a place, by halving. */
export function firstFrom(leads: readonly FoundWord[], place: number): number {
  let [low, high] = [0, leads.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((leads[middle]?.end ?? Infinity) <= place) low = middle + 1
    else high = middle
  }
  return low
}

function lineTraits(traits: Traits, text: string, { start, end }: Stretch, { sort, size, digits }: Shape): void {
  let [from, to] = [start, end]
  while (from > 0 && start - from < widestLine && codeAt(text, from - 1) !== lineEnd) from -= 1
  while (to < text.length && to - end < widestLine && codeAt(text, to) !== lineEnd) to += 1
  let [numbers, codes, bars, words, isWord] = [0, 0, 0, 0, false]
  for (let at = from; at < to; at += 1) {
    const code = codeAt(text, at)
    if (isDigit(code)) numbers += 1
    else if (code === 123 || code === 125 || code === 60 || code === 62 || code === 92 || code === 61 || code === 36) codes += 1
    else if (code === 124 || code === 9 || code === 59) bars += 1
    const isLetter = isLetterOfAny(code)
    if (isLetter && !isWord) words += 1
    isWord = isLetter
  }
  traits.add(90, coarse(numbers - digits), sort)
  traits.add(91, codes > 0 ? 1 : 0, sort)
  traits.add(92, bars > 0 ? 1 : 0, sort)
  traits.add(93, coarse(words), sort)
  traits.add(94, (from === start ? 1 : 0) + (to === end ? 2 : 0), sort)
  traits.add(95, coarse(start - from), sort)
  traits.add(97, codes > 0 ? 1 : 0, size)
}
