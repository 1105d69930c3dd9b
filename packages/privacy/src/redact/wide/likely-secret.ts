import { isLetterOfAny, smallOf } from './near-words.ts'
import { codeAt, isDigit } from '../character.ts'
import { isLineOfCode, lineAround } from './confided-word.ts'
import { isLearnedSecret } from './learned.ts'
import { bitsOf, type FoundWord, holds, type Look, type Stretch } from '../look.ts'
import { business } from '../otp.ts'
import type { Detector, Span } from '../span.ts'
import { firstFrom } from './traits.ts'

/** A span that rules did not find: dropped where one of theirs is. */
export interface Guess extends Span {
  readonly isGuess: true
}

/** How far a lead stands before and after what it may lead to. */
const [before, after, beside] = [100, 60, 30]
/** A text with more stretches to judge, or more numbers, is a list. */
const [mostJudged, mostNumbers] = [300, 2_000]
const [mostBack, mostAhead, mostGroups, fewestOfSecret] = [40, 48, 5, 3]
const signs = new Set(Array.from('!@#$%^&*?~+', (sign) => codeAt(sign, 0)))
const [hyphen, dot, underscore] = [45, 46, 95]
/** Amounts, versions, paths, dates; what is written where a secret would be put in. */
const other = /^[\d.-]*\d\.\d[\d.-]*$|\/|x{4}|#{3}|example|^(?:19|20)\d\d-\d\d|^\d\d?-\d\d?-(?:19|20)\d\d/i
/** A year, a name of code: only a word that leads to secrets makes one of them a secret. */
const plain = /^(?:(?:19|20)\d\d|\p{L}+(?:_\p{L}+)+\d{0,2})$/u
/** A field's name and what stands in it: the name would lead to a secret. */
const field = /^[^:\n]{1,64}: [^\n]{0,24}$/
/** Tokens that machines make are longer, and have rules of their own. */
const longestMade = 32
/** So many numbers more within so many characters make a list. */
const [fewAround, widelyAround] = [6, 160]
/** So many words within so many characters make talk. */
const [fewestWords, nearWords] = [2, 60]
const parts = new Set(Array.from('"\'`()[]{}<>,;:=|\u2018\u2019\u201c\u201d\u201e\u201a\u201f\u201b«»→\x80', (sign) => codeAt(sign, 0)))

/** Whether a character ends what stands in one piece. */
function isPart(code: number): boolean {
  return code <= 32 || parts.has(code) || code === 0xa0 || (code >= 0x2e80 && code < 0xfb00) || code >= 0xff00
}

/** Families whose words say that a secret is told, below them too; others are what happens to one. */
const naming: ReadonlySet<string> = new Set(['strong', 'code', 'codeWord', 'unpartedCode'])
const ledBy = bitsOf('strong', 'code', 'weak', 'vague', 'codeWord', 'unpartedCode', 'put', 'opening', 'access')

/** Words that lead to secrets, in their order. The families are asked for as `findConfided` asks: each answer is found once. */
export function leadsIn(look: Look): readonly FoundWord[] {
  if (!look.mayHave(ledBy)) return []
  const all: readonly FoundWord[] = [
    ...look.words('strong', 'code', 'weak', 'vague'),
    ...look.words('codeWord', 'unpartedCode'),
    ...look.words('put'),
    ...look.words('opening'),
    ...look.words('access'),
  ]
  return all.toSorted((one, other) => one.start - other.start)
}

/** Stretches that may be secrets: numbers in talk with what touches them, and, near leads, what looks made up. */
export function secretsPerhaps(text: string, look: Look, leads: readonly FoundWord[]): readonly Stretch[] {
  if (!hasWords(text) || (leads.length === 0 && field.test(text))) return []
  const found: Stretch[] = []
  const isCode = codeLines(text)
  const named = leads.filter(({ name }) => naming.has(name))
  let last = 0
  for (const seed of seedsIn(text, look, leads)) {
    if (seed.start < last) continue
    const stretch = grown(text, seed)
    if (stretch.start < last || !mayBe(text, stretch, leads.length > 0) || isCode(stretch)) continue
    if (isWholeLine(text, stretch) && !isNear(named, stretch)) continue
    found.push(stretch)
    last = stretch.end
    if (found.length > mostJudged) return []
  }
  return found
}

/** Whether a stretch stands in a line of code: each line is asked once. */
function codeLines(text: string): (stretch: Stretch) => boolean {
  let [from, to, isCode] = [0, -1, false]
  return ({ start, end }) => {
    if (start < from || end > to) {
      const line = lineAround(text, start, end)
      from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - line.length)
      to = Math.min(text.length, from + line.length)
      isCode = isLineOfCode(line)
    }
    return isCode
  }
}

/** Whether one may be: no amount, no date, nothing written in a secret's place, no code of business, no cell of a table. */
function mayBe(text: string, { start, end }: Stretch, isLed: boolean): boolean {
  const own = text.slice(start, end)
  return (
    own.length <= longestMade &&
    lettersIn(own) >= fewestOfSecret &&
    !other.test(own) &&
    (isLed || !plain.test(own)) &&
    isSaid(text, start, end) &&
    !business.test(text.slice(Math.max(0, start - 24), start))
  )
}

/** Whether a text has words enough for what stands between them. */
function hasWords(text: string): boolean {
  let words = 0
  let isWord = false
  for (let at = 0; at < text.length; at += 1) {
    const isLetter = isLetterOfAny(codeAt(text, at))
    if (isLetter && !isWord && (words += 1) >= fewestWords) return true
    isWord = isLetter
  }
  return false
}

/** Whether words stand around: a number alone says nothing. */
function isSaid(text: string, start: number, end: number): boolean {
  let words = 0
  let isWord = false
  // From the stretch on backwards, then ahead: the next words are enough.
  for (let at = start - 1; at >= 0 && at >= start - nearWords; at -= 1) {
    const isLetter = isLetterOfAny(codeAt(text, at))
    if (isLetter && !isWord && (words += 1) >= fewestWords) return true
    isWord = isLetter
  }
  isWord = false
  for (let at = end; at < text.length && at < end + nearWords; at += 1) {
    const isLetter = isLetterOfAny(codeAt(text, at))
    if (isLetter && !isWord && (words += 1) >= fewestWords) return true
    isWord = isLetter
  }
  return false
}

function seedsIn(text: string, look: Look, leads: readonly FoundWord[]): readonly Stretch[] {
  const { numbers } = look
  const seeds =
    numbers.length > mostNumbers
      ? []
      : numbers.filter((number, place) => isLong(text, number) && (isAlone(numbers, place) || isNear(leads, number)))
  const { length } = seeds
  if (leads.length > 0)
    for (const run of look.runs(7)) {
      if (holds(run, 'digits') || !(holds(run, 'signs') || holds(run, 'capitals') || holds(run, 'joints'))) continue
      const at = madeUpAt(text, run.start, Math.min(run.end, run.start + mostAhead))
      if (at !== -1 && isNear(leads, run)) seeds.push({ start: at, end: at + 1 })
    }
  return seeds.length === length ? seeds : seeds.sort((one, other) => one.start - other.start)
}

/** Whether nothing else stands in its line, as in a cell of a picture's table. */
function isWholeLine(text: string, { start, end }: Stretch): boolean {
  let [from, to] = [start - 1, end]
  while (codeAt(text, from) === 32) from -= 1
  while (codeAt(text, to) === 32) to += 1
  return (from < 0 || codeAt(text, from) === 10) && (to >= text.length || codeAt(text, to) === 10)
}

/** Whether few numbers stand around one: in a list of orders or a log's lines only a word that leads to secrets makes one of them a secret. */
function isAlone(numbers: readonly Stretch[], place: number): boolean {
  const [first, last] = [numbers[place - fewAround], numbers[place + fewAround]]
  const [own, middle] = [numbers[place]?.start ?? 0, fewAround >> 1]
  const [from, to] = [numbers[place - middle], numbers[place + middle]]
  return !(
    (first !== undefined && own - first.end < widelyAround) ||
    (last !== undefined && last.start - own < widelyAround) ||
    (from !== undefined && to !== undefined && to.start - from.end < widelyAround)
  )
}

/** Whether a number, or what touches it, is as long as a secret, and no part of an amount, a date or an hour. */
function isLong(text: string, { start, end }: Stretch): boolean {
  const [ahead, back] = [codeAt(text, end), codeAt(text, start - 1)]
  if ((isPoint(ahead) && isDigit(codeAt(text, end + 1))) || (isPoint(back) && isDigit(codeAt(text, start - 2)))) return false
  return end - start >= fewestOfSecret || !isPart(ahead) || !isPart(back) || isDigit(codeAt(text, end + 1))
}

/** `.`, `,`, `:` or `/`: between digits, no code's. */
function isPoint(code: number): boolean {
  return code === dot || code === 44 || code === 58 || code === 47
}

/** Where a run without digits is what a password is and a word is not, or -1: at a sign after a letter, a capital after a small letter, a word joined to one with a capital, the third of joined words. */
function madeUpAt(text: string, start: number, end: number): number {
  let [capitals, hyphens] = [0, 0]
  for (let at = start; at < end; at += 1) {
    const code = codeAt(text, at)
    const last = at === start ? 0 : codeAt(text, at - 1)
    if (isLetterOfAny(code)) {
      const isCapital = smallOf(code) !== code
      if (isCapital && isSmall(last)) return at
      if (isCapital) capitals += 1
    } else if (at + 1 < end && isLetterOfAny(last)) {
      if (signs.has(code)) return at
      const joins = (code === hyphen || code === dot || code === underscore) && isLetterOfAny(codeAt(text, at + 1))
      if (joins && capitals > 0 && isSmall(last)) return at
      if (joins && code === hyphen) hyphens += 1
      if (hyphens === 2) return at
    }
  }
  return -1
}

function isSmall(code: number): boolean {
  return isLetterOfAny(code) && smallOf(code) === code
}

/** Whether a lead stands near: one of what is put somewhere, or a vague one, leads no farther than to the next words. */
function isNear(leads: readonly FoundWord[], { start, end }: Stretch): boolean {
  for (let place = firstFrom(leads, start - before); place < leads.length; place += 1) {
    const lead = leads[place]
    if (lead === undefined || lead.start - end >= after) return false
    const isFar = lead.name === 'put' || lead.name === 'vague' ? lead.start > start || start - lead.end > beside : false
    if (!isFar) return true
  }
  return false
}

/** A seed with all that touches it, and the groups of digits that follow. */
function grown(text: string, seed: Stretch): Stretch {
  let { start, end } = seed
  const most = end + mostAhead
  while (start > 0 && seed.start - start < mostBack && !isPart(codeAt(text, start - 1))) start -= 1
  const toEnd = (): void => {
    while (end < text.length && end < most && !isPart(codeAt(text, end))) end += 1
  }
  toEnd()
  for (let group = 0; group < mostGroups; group += 1) {
    const sign = codeAt(text, end)
    if ((sign !== 32 && sign !== 45) || !isDigit(codeAt(text, end - 1)) || !isDigit(codeAt(text, end + 1))) break
    end += 1
    toEnd()
  }
  while (end > start && '.!?*-_~/'.includes(text.charAt(end - 1))) end -= 1
  while (start < end && '.*¿¡#-/'.includes(text.charAt(start))) start += 1
  return { start, end }
}

function lettersIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) if (isDigit(codeAt(text, at)) || isLetterOfAny(codeAt(text, at))) count += 1
  return count
}

/** Passwords and codes that no rule finds, where what was learned is sure of them. */
export const findLikelySecrets: Detector = (text, look): readonly Guess[] => {
  const leads = leadsIn(look)
  const judged = { text, leads }
  return secretsPerhaps(text, look, leads)
    .filter((stretch) => isLearnedSecret(judged, stretch))
    .map(({ start, end }) => ({ start, end, kind: 'secret', isGuess: true }))
}

/** Whether a span is none of the rules'. */
export function isGuess(span: Span): span is Guess {
  return 'isGuess' in span
}

/** Spans without guesses that touch what rules found. */
export function withoutDoubled(spans: readonly Span[]): readonly Span[] {
  if (!spans.some(isGuess)) return spans
  return spans.filter((span) => !isGuess(span) || !spans.some((one) => !isGuess(one) && one.start < span.end && span.start < one.end))
}
