import type { Scene } from '../model/candidates.ts'
import type { Context } from './context.ts'
import { type Emitter, put } from './emit.ts'
import { signAt } from './goal.ts'
import { matchText, type Match } from './match.ts'
import { describeMention, nearTo, type Mentions, type Near } from './mention.ts'
import { once } from './once.ts'
import { saidBefore } from './said.ts'
import { hashText } from './words.ts'

// Templates 140-149 belong to this file: features of choosing an option.

/** A text that can be chosen, with what features ask of it whatever the list. */
export interface Choice {
  readonly match: Match
  readonly hash: number
  readonly several: number
  readonly used: number
  readonly signBefore: number
  readonly signAfter: number
  readonly near: Near
}

/** Makes a function that reads the options of lists, each text once. */
export function choicesOf({ goal, view, memory }: Scene, mentions: Mentions): (label: string) => Choice {
  return once((label) => {
    const plain = view.plain(label)
    const match = matchText(goal, label, plain)
    const to = match.from + match.length
    return {
      match,
      hash: hashText(plain),
      several: label.includes('\u001f') ? 2 : 1,
      used: memory.used.has(plain) ? 2 : 1,
      signBefore: signAt(goal, match.from - 1),
      signAfter: signAt(goal, to),
      near: nearTo(mentions, match.from, to),
    }
  })
}

/** Features of choosing an option of the list `at`, beside those of the field. */
export function describeChoice(context: Context, at: number, label: string, salt: number, out: Emitter): void {
  const { goal, view } = context.scene
  const choice = context.choices(label)
  const { match, used } = choice
  const kind = context.classHashes[at] ?? 0
  put(out, 140, kind, choice.several, used)
  put(out, 141, kind, 1 + match.grade * 2 + (match.exact ? 1 : 0), used)
  put(out, 142, salt, match.quarters + 1, match.ownWords ? 2 : 1)
  put(out, 143, salt, match.edges + 1)
  if (match.from >= 0) {
    put(out, 144, salt, choice.signBefore, signAt(goal, match.from - 2))
    put(out, 145, salt, saidBefore(context.said, view, at, match.from), match.grade + 1)
    describeMention(choice.near, view.labels[at] ?? '', choice, salt, used, out)
  }
  const value = view.plain(view.nodes[at]?.value ?? '')
  put(out, 146, value !== '' && goal.grams.has(value) ? 2 : 1, match.grade + 1)
  if (match.grade < 2) for (const keyword of goal.keywords) put(out, 147, keyword, choice.hash)
  put(out, 148, salt, context.signals.threshold + 1, match.grade + 1)
}
