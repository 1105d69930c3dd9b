import type { Goal } from './goal.ts'
import { maxGram } from './goal.ts'

/** How a text on the page stands to the goal. */
export interface Match {
  /** First word of the run of the goal that is the whole text; -1 for none. */
  readonly from: number
  /** Words of the text. */
  readonly length: number
  /** 0 no whole match, 1 common words, 2 words of this goal's own, 3 a whole quotation. */
  readonly grade: 0 | 1 | 2 | 3
  /** The goal has it letter by letter. */
  readonly exact: boolean
  /** Share of its words that the goal has, in quarters: 0-4. */
  readonly quarters: number
  /** Whether it has words of the goal's own. */
  readonly ownWords: boolean
  /** Whether every quotation of the goal, of two or more, begins or ends it. */
  readonly allParts: boolean
  /** Whether a quotation or own word of the goal begins it, ends it, or stands inside: bits 1, 2, 4. */
  readonly edges: number
}

const none: Match = { from: -1, length: 0, grade: 0, exact: false, quarters: 0, ownWords: false, allParts: false, edges: 0 }

/** Compares a text with the goal. `plain` is its normal form, `words` the words of that. */
export function matchText(goal: Goal, text: string, plain: string, words: readonly string[] = plain.split(' ')): Match {
  if (plain === '' || goal.words.length === 0) return none
  const from = words.length <= maxGram ? findRun(goal, plain, words) : -1
  const named = goal.quotes.some((quote) => quote.text === text || quote.plain === plain)
  const own = from !== -1 && goal.words.slice(from, from + words.length).some((word) => word.own)
  let known = 0
  for (const word of words) if (goal.has.has(word)) known += 1
  return {
    from,
    length: words.length,
    grade: named ? 3 : from === -1 ? 0 : own || words.length > 1 ? 2 : 1,
    exact: goal.text.includes(text),
    quarters: words.length > 40 ? 0 : Math.floor((4 * known) / words.length),
    ownWords: known > 0 && words.some((word) => goal.own.has(word)),
    allParts: goal.quotes.length > 1 && goal.quotes.every((quote) => plain.startsWith(quote.plain) || plain.endsWith(quote.plain)),
    edges: edgesOf(goal, plain),
  }
}

/** The first run of the goal that is this text, one in quotation marks before others. */
function findRun(goal: Goal, plain: string, words: readonly string[]): number {
  const { length } = words
  const first = goal.grams.get(plain) ?? -1
  if (first === -1 || goal.words[first]?.own === true) return first
  for (let from = first + 1; from + length <= goal.words.length; from += 1) {
    if (goal.words[from]?.own !== true) continue
    if (goal.words.slice(from, from + length).every((word, at) => word.lower === words[at])) return from
  }
  return first
}

function edgesOf(goal: Goal, plain: string): number {
  let bits = 0
  for (const part of goal.parts) {
    if (part === plain || part.length > plain.length) continue
    if (plain.startsWith(part)) bits |= 1
    if (plain.endsWith(part)) bits |= 2
    if (part.length > 1 && plain.includes(part)) bits |= 4
  }
  return bits
}
