import { bin, type Emitter, put } from './emit.ts'
import type { Memory } from './memory.ts'
import type { View } from './view.ts'
import { hashText } from './words.ts'

// Templates 135, 137 and 138 belong to this file: a number of a range beside what the page answers.

/** What the page says of a guess: `higher than 4`. */
export interface Hint {
  /** Hash of `higher`. */
  readonly how: number
  readonly value: number
}

/** Finds the hints of a page, each once. */
export function hintsOf(view: View): Hint[] {
  const told = new Set(
    view.texts.flatMap((text) => /\b(?:higher|greater|more|above|lower|less|below|smaller)\s+than\s+-?\d+/i.exec(text)?.[0] ?? []),
  )
  return [...told].flatMap((text) => {
    const match = /(\w+)\s+than\s+(-?\d+)/i.exec(text)
    return match === null ? [] : [{ how: hashText((match[1] ?? '').toLowerCase()), value: Number(match[2]) }]
  })
}

/** Features of a number of a range. */
export function describeGuess(hints: readonly Hint[], memory: Memory, value: number, out: Emitter): void {
  for (const hint of hints) {
    const apart = value - hint.value
    put(out, 135, hint.how, Math.sign(apart) + 2, Math.min(Math.abs(apart), 4))
  }
  put(out, 137, memory.used.has(String(value)) ? 2 : 1)
  put(out, 138, Math.min(Math.abs(value), 12) + 1, bin(memory.done.length) + 1)
}
