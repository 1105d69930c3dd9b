import type { Goal } from './goal.ts'
import type { Match } from './match.ts'
import type { Memory } from './memory.ts'
import { monthOf } from './days.ts'
import type { View } from './view.ts'

/** What the whole page says about the next action. */
export interface Signals {
  /** The month that a calendar shows beside the month wanted: -1 it is earlier, 1 later, 0 the same; 2 where there is no calendar or no date. */
  readonly month: number
  /** Day of the month wanted; 0 for none. */
  readonly day: number
  /** A field's number beside the number wanted: -1 too low, 1 too high, 0 the same; 2 where there is none. */
  readonly step: number
  readonly emptyFields: number
  readonly filledFields: number
  /** Fields that hold a text which the goal names. */
  readonly namedFields: number
  /** Quotations of the goal that were not typed, chosen or pressed. */
  readonly quotesLeft: number
  /** Quotations and numbers of the goal that stand nowhere on the page and were not used. */
  readonly valuesLeft: number
  /** Texts of the page that the goal names and that were not pressed yet. */
  readonly namesLeft: number
  /** First words of those runs of the goal, least and greatest; -1 for none. */
  readonly firstLeft: number
  readonly lastNamed: number
  readonly overlay: boolean
  /** Comparisons that the goal or the page asks for (`over 500`), as bits: 1 there is one, 2 it holds. */
  readonly threshold: number
}

const none = 2

/** Reads the page-wide signals. */
export function signalsOf(goal: Goal, view: View, memory: Memory, matches: readonly Match[]): Signals {
  const filled = view.fields.filter((at) => isFilled(view, memory, at)).length
  return {
    ...calendar(goal, view),
    step: stepOf(goal, view),
    emptyFields: view.fields.length - filled,
    filledFields: filled,
    namedFields: view.fields.filter((at) => goal.grams.has(view.plain(view.nodes[at]?.value ?? ''))).length,
    quotesLeft: goal.quotes.filter((quote) => !memory.used.has(quote.plain)).length,
    valuesLeft: unplacedOf(goal, view, memory).length,
    ...namedOf(view, memory, matches),
    overlay: view.overlays.some((overlay) => overlay !== -1),
    threshold: thresholdOf(goal, view),
  }
}

/** Whether a field holds something; a secret one where something was typed into it. */
export function isFilled(view: View, memory: Memory, at: number): boolean {
  const node = view.nodes[at]
  if (node === undefined) return false
  return node.value !== '' || (memory.typed.get(node.id) ?? '') !== ''
}

function unplacedOf(goal: Goal, view: View, memory: Memory): string[] {
  const bound = bounds.exec(goal.text)?.[2]
  const numbers = goal.words.filter((word) => !word.quoted && /\d/.test(word.text) && word.text !== bound).map((word) => word.lower)
  const wanted = new Set([...goal.quotes.map((quote) => quote.plain), ...numbers])
  const values = new Set(view.nodes.map((node) => view.plain(node.value)))
  return [...wanted].filter((text) => !memory.used.has(text) && !view.lexicon.numbers.has(text) && !values.has(text))
}

function calendar(goal: Goal, view: View): Pick<Signals, 'month' | 'day'> {
  const wanted = goal.days[0]?.value
  if (wanted === undefined) return { month: none, day: 0 }
  for (let at = 0; at < view.nodes.length; at += 1) {
    if ((view.kids[at]?.length ?? 0) > 0) continue
    const [name = '', year] = (view.normals[at] ?? '').split(' ', 2)
    const month = monthOf(name)
    if (month === 0) continue
    const shown = Number(year ?? view.normals[at + 1])
    if (!(shown > 1900 && shown < 2200)) continue
    return { month: Math.sign(shown * 12 + month - (wanted.year * 12 + wanted.month)), day: wanted.day }
  }
  return { month: none, day: wanted.day }
}

function stepOf(goal: Goal, view: View): number {
  const wanted = goal.numbers[0]
  if (wanted === undefined || goal.numbers.length > 2) return none
  for (let at = 0; at < view.nodes.length; at += 1) {
    const node = view.nodes[at]
    const kind = view.classes[at]
    if (node === undefined || (kind !== 'number' && kind !== 'slider')) continue
    const value = Number(node.value)
    if (node.value !== '' && Number.isFinite(value)) return Math.sign(value - wanted)
  }
  return none
}

function namedOf(view: View, memory: Memory, matches: readonly Match[]): Pick<Signals, 'namesLeft' | 'firstLeft' | 'lastNamed'> {
  const left = new Set<string>()
  let firstLeft = -1
  let lastNamed = -1
  matches.forEach((match, at) => {
    if (match.grade < 2) return
    lastNamed = Math.max(lastNamed, match.from)
    const text = view.normals[at] ?? ''
    if (memory.used.has(text)) return
    left.add(text)
    if (firstLeft === -1 || match.from < firstLeft) firstLeft = match.from
  })
  return { namesLeft: left.size, firstLeft, lastNamed }
}

const bounds =
  /\b(over|above|more than|greater than|exceeds?|exceeding|at least|under|below|less than|at most)\s+\D?\s?(\d+(?:,\d{3})*(?:\.\d+)?)/i
const lower = /under|below|less|most/i

/** Whether the amount that the goal is about passes the bound that the goal or the page names. */
function thresholdOf(goal: Goal, view: View): number {
  let found = bounds.exec(goal.text)
  for (let at = 0; found === null && at < view.texts.length; at += 1) found = bounds.exec(view.nodes[at]?.name ?? '')
  if (found === null) return 0
  const bound = Number((found[2] ?? '').replaceAll(',', ''))
  const amount = goal.numbers.find((number) => number !== bound)
  if (amount === undefined) return 1
  return (lower.test(found[1] ?? '') ? amount < bound : amount > bound) ? 3 : 1
}
