import type { Scene } from '../model/candidates.ts'
import type { Argument } from './argument.ts'
import { type Goal, signAt } from './goal.ts'
import { type Mentions, type Near, nearTo } from './mention.ts'
import { hashText, normal } from './words.ts'

/** A text that could be typed, with what features ask of it whatever the field. Of two answers 2 is yes and 1 no. */
export interface Offer {
  readonly text: string
  readonly from: number
  /** Hash of the way it was found. */
  readonly how: number
  readonly isRange: boolean
  readonly used: number
  readonly onPage: number
  readonly shape: number
  readonly signBefore: number
  /** The word before that. */
  readonly signEarlier: number
  readonly signAfter: number
  readonly extent: number
  /** Place among the goal's numbers plus 2; 1 for another number, 0 for no whole number. */
  readonly figure: number
  /** Place among the quotations that are left; -1 for none. */
  readonly quote: number
  readonly near: Near
}

/** Works out what features ask of each argument. */
export function offersOf({ goal, view, memory, arguments: list }: Scene, mentions: Mentions): Offer[] {
  const left = goal.quotes.filter((quote) => !memory.used.has(quote.plain)).map((quote) => quote.text)
  return list.map((argument): Offer => {
    const { text, kind, from, to } = argument
    const plain = normal(text)
    return {
      text,
      from,
      how: hashText(kind),
      isRange: kind === 'range',
      used: memory.used.has(plain) ? 2 : 1,
      onPage: view.lexicon.numbers.has(plain) ? 2 : 1,
      shape: shapeOf(text),
      signBefore: signAt(goal, from - 1),
      signEarlier: signAt(goal, from - 2),
      signAfter: signAt(goal, to),
      extent: extent(goal, argument),
      figure: /^-?\d+$/.test(text) ? goal.numbers.indexOf(Number(text)) + 2 : 0,
      quote: left.indexOf(text),
      near: nearTo(mentions, from, to),
    }
  })
}

/** What a text looks like: how many words, capitals, digits. */
function shapeOf(text: string): number {
  const words = text.split(/\s+/).length
  const digits = /^\d+$/.test(text) ? 2 : /\d/.test(text) ? 1 : 0
  const capital = /^[A-Z]/.test(text) ? (/\s[a-z]/.test(text) ? 1 : 2) : 0
  return 1 + Math.min(words, 5) * 16 + digits * 4 + capital
}

/** Whether the argument could be longer: its neighbours in the goal are of its kind too. */
function extent(goal: Goal, argument: Argument): number {
  const own = (at: number): boolean => goal.words[at]?.own === true
  const inner = argument.from >= 0 && own(argument.from)
  const left = own(argument.from - 1) && goal.words[argument.from - 1]?.quoted === goal.words[argument.from]?.quoted
  const right = own(argument.to) && goal.words[argument.to]?.quoted === goal.words[argument.to - 1]?.quoted
  const part = goal.words[argument.from]?.quoted === true && argument.kind === 'gram'
  return 1 + (inner ? 1 : 0) + (left ? 2 : 0) + (right ? 4 : 0) + (part ? 8 : 0)
}
