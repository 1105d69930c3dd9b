import { clocksIn, daysIn, type Clock, type Day, type Written } from './days.ts'
import { hashText, normal, tokensOf, type Token } from './words.ts'

/** A word of the goal. */
export interface GoalWord extends Token {
  /** Between quotation marks. */
  readonly quoted: boolean
  /** A name, number or code: a word of this one goal, not of its kind. */
  readonly own: boolean
  /** What stands for it in features: its hash, or one hash for all `own` words. */
  readonly sign: number
}

/** A text in quotation marks. `from`, `to`: its words, `to` exclusive. */
export interface Quote {
  readonly text: string
  /** Its normal form. */
  readonly plain: string
  readonly from: number
  readonly to: number
}

/** What an instruction says, read once. */
export interface Goal {
  readonly text: string
  readonly words: readonly GoalWord[]
  /** Distinct signs of the words that are not `own`, at most `maxKeywords`. */
  readonly keywords: readonly number[]
  /** Hashes of the quoted words that could be anyone's: letters only. */
  readonly quotedWords: readonly number[]
  readonly has: ReadonlySet<string>
  /** The words that are this goal's own. */
  readonly own: ReadonlySet<string>
  /** First word of each run of up to `maxGram` words, by the run's normal text. */
  readonly grams: ReadonlyMap<string, number>
  readonly quotes: readonly Quote[]
  /** Normal texts of the quotations and of the longest runs of own words. */
  readonly parts: readonly string[]
  /** Numbers in order, signed. */
  readonly numbers: readonly number[]
  readonly days: readonly Written<Day>[]
  readonly clocks: readonly Written<Clock>[]
  /** From `3rd`, `second`, `#4`; -1 for `last`. */
  readonly ordinals: readonly number[]
  /** From `(2,-1)`. */
  readonly points: readonly (readonly [number, number])[]
}

/** Longest span of a goal that may be an argument, in words. */
export const maxGram = 6
const maxKeywords = 20
const maxQuotedWords = 4
const ownSign = hashText('\u0000own')
const ordinalWords: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, last: -1 }
const marks: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»' }

/** Reads an instruction. Pure; a fraction of a millisecond. */
export function readGoal(text: string): Goal {
  const quoted = quotesIn(text)
  const words = tokensOf(text).map((token, at) => goalWord(token, at, text, quoted))
  const grams = new Map<string, number>()
  for (let from = words.length - 1; from >= 0; from -= 1) {
    let run = ''
    for (let to = from; to < Math.min(words.length, from + maxGram); to += 1) {
      run = run === '' ? (words[to]?.lower ?? '') : `${run} ${words[to]?.lower ?? ''}`
      grams.set(run, from)
    }
  }
  const days = daysIn(text)
  // `2026-03-14` is one word, but a calendar says `14`.
  for (const { value, start } of days) {
    const place = words.findIndex((word) => word.end > start)
    if (!grams.has(String(value.day))) grams.set(String(value.day), place)
  }
  const keywords = [...new Set(words.filter((word) => !word.own).map((word) => word.sign))].slice(0, maxKeywords)
  return {
    text,
    words,
    keywords,
    quotedWords: words
      .filter((word) => word.quoted && /^[a-z]{2,}$/i.test(word.text))
      .map((word) => hashText(word.lower))
      .slice(0, maxQuotedWords),
    has: new Set([...words.map((word) => word.lower), ...days.map(({ value }) => String(value.day))]),
    own: new Set(words.filter((word) => word.own).map((word) => word.lower)),
    grams,
    quotes: quoted.map((quote) => locate(quote, words)),
    parts: partsOf(quoted, words),
    numbers: [...text.matchAll(/(?<![\p{L}\p{N}.,])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}])/gu)].map((match) =>
      Number(match[0].replaceAll(',', '')),
    ),
    days,
    clocks: clocksIn(text),
    ordinals: ordinalsIn(text, words),
    points: [...text.matchAll(/\(\s*(-?\d+)\s*,\s*(-?\d+)\s*\)/g)].map((match) => [Number(match[1]), Number(match[2])] as const),
  }
}

function goalWord(token: Token, at: number, text: string, quoted: readonly Written<string>[]): GoalWord {
  const inQuotes = quoted.some((quote) => token.start >= quote.start && token.end <= quote.end)
  const opening = at === 0 || /[.!?:]\s*$/.test(text.slice(Math.max(0, token.start - 2), token.start))
  const plain = /^[a-z]+$/.test(token.text) || (opening && /^[A-Z][a-z]+$/.test(token.text))
  const own = inQuotes || !plain
  return { ...token, quoted: inQuotes, own, sign: own ? ownSign : hashText(token.lower) }
}

function quotesIn(text: string): Written<string>[] {
  const found: Written<string>[] = []
  for (let at = 0; at < text.length; at += 1) {
    const close = marks[text.charAt(at)]
    const end = close === undefined ? -1 : text.indexOf(close, at + 1)
    if (end === -1) continue
    found.push({ value: text.slice(at + 1, end), start: at + 1, end })
    at = end
  }
  return found
}

function partsOf(quoted: readonly Written<string>[], words: readonly GoalWord[]): string[] {
  const parts = new Set(quoted.map((quote) => normal(quote.value)))
  let run: string[] = []
  for (const word of [...words, undefined]) {
    if (word !== undefined && word.own && !word.quoted) run.push(word.lower)
    else {
      if (run.length > 0) parts.add(run.join(' '))
      run = []
    }
  }
  return [...parts].filter((part) => part !== '')
}

function locate(quote: Written<string>, words: readonly GoalWord[]): Quote {
  const inside = words.flatMap((word, at) => (word.start >= quote.start && word.end <= quote.end ? [at] : []))
  const from = inside[0] ?? words.findIndex((word) => word.start >= quote.end)
  return { text: quote.value, plain: normal(quote.value), from: from === -1 ? words.length : from, to: (inside.at(-1) ?? from - 1) + 1 }
}

function ordinalsIn(text: string, words: readonly GoalWord[]): number[] {
  const written = [...text.matchAll(/\b(\d+)(?:st|nd|rd|th)\b|#(\d+)\b/g)].map((match) => Number(match[1] ?? match[2]))
  return [...written, ...words.map((word) => ordinalWords[word.lower]).filter((ordinal) => ordinal !== undefined)]
}

/** Sign of the word at a place; one sign for what lies outside. */
export function signAt(goal: Goal, at: number): number {
  return goal.words[at]?.sign ?? 7
}
