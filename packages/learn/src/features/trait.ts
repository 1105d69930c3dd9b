import type { Scene } from '../model/candidates.ts'
import { bin } from './emit.ts'
import type { Goal } from './goal.ts'
import type { Done } from './memory.ts'
import { once } from './once.ts'
import { isFilled } from './signals.ts'
import { hashText, normal } from './words.ts'

/** States that recordings and live pages tell alike. */
const told: ReadonlySet<string> = new Set(['checked', 'mixed', 'selected', 'pressed', 'expanded', 'collapsed', 'focused', 'current'])

/** What features ask of single nodes, worked out once for all the actions on them. Lists run along the view's nodes; of two answers 2 is yes and 1 no. */
export interface Traits {
  /** The states that are told, as one number. */
  readonly states: Int32Array
  /** Size class of how often it was acted on, plus 1. */
  readonly acted: Uint8Array
  readonly filled: Uint8Array
  /** Its text was typed, chosen or pressed before. */
  readonly used: Uint8Array
  /** It was acted on last. */
  readonly same: Uint8Array
  /** It has text and look of what was acted on last. */
  readonly alike: Uint8Array
  /** 1 nothing was done yet, 2 it was there before the last action, 3 it is new. */
  readonly fresh: Uint8Array
  /** How its text stands to what was typed just before, see `answers`. */
  readonly answer: Uint8Array
  /** The goal says in so many words what kind of thing it is: `checkbox`, `textarea`, `button`. */
  readonly kindNamed: Uint8Array
  /** The goal has a word of its look. */
  readonly pictured: Uint8Array
}

/** Works out the traits of a scene's nodes, in one pass: a pass for each trait takes four times as long. */
export function traitsOf({ goal, view, memory }: Scene): Traits {
  const { nodes, normals, classes } = view
  const { last, before } = memory
  const traits = blank(nodes.length)
  const { ids, texts } = view.lexicon
  const known = texts.map((text) => ({ used: memory.used.has(text) ? 2 : 1, answer: answers(last, text) }))
  const kinds = once((kind) => goal.has.has(kind))
  const isPictured = once((look) => pictures(goal, look))
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (node === undefined) continue
    const { id, tag, inputType, role, look, states } = node
    const text = known[ids[at] ?? 0]
    traits.states[at] = states.length === 0 ? 1 : statesOf(states)
    traits.acted[at] = bin(memory.acts.get(id) ?? 0) + 1
    traits.filled[at] = isFilled(view, memory, at) ? 2 : 1
    traits.used[at] = text?.used ?? 1
    traits.same[at] = last?.node === id ? 2 : 1
    traits.alike[at] = last !== undefined && last.text === normals[at] && last.look === look ? 2 : 1
    traits.fresh[at] = before === undefined ? 1 : before.has(id) ? 2 : 3
    traits.answer[at] = text?.answer ?? 1
    traits.kindNamed[at] = kinds(classes[at] ?? '') || kinds(tag) || kinds(role) || kinds(inputType) ? 2 : 1
    traits.pictured[at] = look !== '' && isPictured(look) ? 2 : 1
  }
  return traits
}

function blank(size: number): Traits {
  return {
    states: new Int32Array(size),
    acted: new Uint8Array(size),
    filled: new Uint8Array(size),
    used: new Uint8Array(size),
    same: new Uint8Array(size),
    alike: new Uint8Array(size),
    fresh: new Uint8Array(size),
    answer: new Uint8Array(size),
    kindNamed: new Uint8Array(size),
    pictured: new Uint8Array(size),
  }
}

function statesOf(states: readonly string[]): number {
  let sum = 1
  for (const state of states) if (told.has(state)) sum += hashText(state)
  return sum
}

/** 1 nothing was typed, 2 it has none of it, 3 it holds it, 4 it begins with it, 5 it is it. */
function answers(last: Done | undefined, text: string): number {
  if (last === undefined || last.kind !== 'type') return 1
  const typed = normal(last.argument)
  if (typed === '' || text === '') return 2
  return text === typed ? 5 : text.startsWith(typed) ? 4 : text.includes(typed) ? 3 : 2
}

function pictures(goal: Goal, look: string): boolean {
  return look.split(' ').some((word) => goal.has.has(word.replace(/^[a-z]+-/, '')))
}
