import { clockForms, dayForms } from './days.ts'
import type { Goal } from './goal.ts'

/** How a text to type was found in the goal. */
export type ArgumentKind = 'quote' | 'gram' | 'day' | 'clock' | 'range' | 'lower' | 'prefix'

/** A text that could be typed. `from`, `to`: the words of the goal it came from; -1 where it came from none. */
export interface Argument {
  readonly text: string
  readonly kind: ArgumentKind
  readonly from: number
  readonly to: number
}

const maxWords = 4
const maxArguments = 90
const maxRange = 21
/** Words that no text to type begins or ends with, unless it is quoted. */
const edges = new Set(
  'a an and as at by click date enter find for from go hit in into is it of on or press select submit text that the their them then this to type use with'.split(
    ' ',
  ),
)

/** Every text that the goal offers for typing: quotes first, then days and times in each form, then runs of up to four words. Bounded. */
export function argumentsOf(goal: Goal): Argument[] {
  const found = new Map<string, Argument>()
  const add = (argument: Argument): void => {
    if (argument.text !== '' && !found.has(argument.text) && found.size < maxArguments) found.set(argument.text, argument)
  }
  for (const quote of goal.quotes) add({ text: quote.text, kind: 'quote', from: quote.from, to: quote.to })
  for (const { value, start } of goal.days) for (const text of dayForms(value)) add({ text, kind: 'day', ...wordsAt(goal, start) })
  for (const { value, start } of goal.clocks) for (const text of clockForms(value)) add({ text, kind: 'clock', ...wordsAt(goal, start) })
  for (const argument of runs(goal)) add(argument)
  for (const text of rangeOf(goal)) add({ text, kind: 'range', from: -1, to: -1 })
  return [...found.values()]
}

function wordsAt(goal: Goal, start: number): { readonly from: number; readonly to: number } {
  const from = goal.words.findIndex((word) => word.end > start)
  return { from, to: from + 1 }
}

/** What no text to type reaches across, unless it is quoted. */
const parts = /[():;?!]|\.\s/

function runs(goal: Goal): Argument[] {
  const { words, text } = goal
  const found: Argument[] = []
  words.forEach((first, from) => {
    if (edges.has(first.lower) && !first.own) return
    for (let to = from + 1; to <= Math.min(words.length, from + maxWords); to += 1) {
      const last = words[to - 1]
      if (last === undefined || (last.quoted !== first.quoted && to > from + 1)) break
      if (last.quoted && to > from + 1 && !first.quoted) break
      if (!last.quoted && to > from + 1 && parts.test(text.slice(words[to - 2]?.end ?? 0, last.start))) break
      if (edges.has(last.lower) && !last.own) continue
      const start = /^[#@]/.test(first.text) && first.text.startsWith('#') ? first.start + 1 : first.start
      found.push({ text: text.slice(signed(text, start), last.end), kind: 'gram', from, to })
    }
  })
  return found
}

/** A minus sign before a number belongs to it. */
function signed(text: string, start: number): number {
  return /(?:^|[\s"(])-$/.test(text.slice(Math.max(0, start - 2), start)) && /\d/.test(text.charAt(start)) ? start - 1 : start
}

/** The whole numbers of a small range in the goal: `between 0-9`, `from 1 to 10`. */
function rangeOf(goal: Goal): string[] {
  const match = /\b(\d{1,3})\s*(?:-|–|to|and)\s*(\d{1,3})\b/.exec(goal.text)
  const low = Number(match?.[1])
  const high = Number(match?.[2])
  if (match === null || !(high > low) || high - low >= maxRange) return []
  return Array.from({ length: high - low + 1 }, (_, step) => String(low + step))
}
