import { type Span, placeholderPattern } from '@overt/privacy'

import type { Meaning } from './pinned.ts'

/** A word of a text: UTF-16 units, end exclusive. */
export interface Word {
  readonly start: number
  readonly end: number
  /** What the tokenizer gets: tokens of many models begin with the blank before them. */
  readonly spelling: string
}

/** How probable each meaning of a word is. */
export type Chances = Readonly<Record<Exclude<Meaning, ''>, number>>

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
const blank = /^\s*$/

/** The words of a text and its signs, in every script. What was masked already is none of them. */
export function wordsOf(text: string): readonly Word[] {
  const masked = [...text.matchAll(placeholderPattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  const words: Word[] = []
  let next = 0
  for (const { segment, index } of segmenter.segment(text)) {
    const end = index + segment.length
    while ((masked[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next += 1
    if (blank.test(segment) || (masked[next]?.start ?? Number.POSITIVE_INFINITY) < end) continue
    words.push({ start: index, end, spelling: index > 0 && blank.test(text.slice(index - 1, index)) ? ` ${segment}` : segment })
  }
  return words
}

/** Words that mean something, those beside each other as one. Whole words: half a name is a name. */
export function spansOf(text: string, words: readonly Word[], chances: readonly Chances[], least01: number): readonly Span[] {
  const spans: Span[] = []
  for (const [place, { start, end }] of words.entries()) {
    const { person = 0, address = 0 } = chances[place] ?? {}
    if (Math.max(person, address) < least01) continue
    const kind = person >= address ? 'person' : 'address'
    const last = spans.at(-1)
    if (last?.kind === kind && blank.test(text.slice(last.end, start))) spans[spans.length - 1] = { ...last, end }
    else spans.push({ start, end, kind })
  }
  return spans
}
