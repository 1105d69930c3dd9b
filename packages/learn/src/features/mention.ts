import { type Emitter, put } from './emit.ts'
import type { Goal } from './goal.ts'
import type { View } from './view.ts'

// Templates 180-189 belong to this file: where the goal speaks of a field, beside a text that could go into it.

/** First word of the goal and the word after the last. */
type Place = readonly [number, number]

/** Each place where the goal says a label, by the label; only labels that it says. */
export type Mentions = ReadonlyMap<string, readonly Place[]>

/** How far labels stand from a run of the goal's words, in words; Infinity where they don't. */
interface Gaps {
  readonly before: number
  readonly after: number
}

/** The gaps of every label from one run of words, and the nearest two of each sort, so that a label is told from all others at once. */
export interface Near {
  readonly gaps: ReadonlyMap<string, Gaps>
  readonly before: readonly [number, number]
  readonly after: readonly [number, number]
  readonly either: readonly [number, number]
}

/** Finds every field's label in the goal. A place inside a longer label of another field is that field's: `carrier` in `backup carrier`. */
export function mentionsOf(goal: Goal, view: View): Mentions {
  const found = [...new Set(view.labels)].map((label) => [label, placesOf(goal, label)] as const).filter(([, places]) => places.length > 0)
  const inside = ([from, to]: Place, length: number): boolean =>
    found.some(([, places]) => places.some((place) => place[1] - place[0] > length && place[0] <= from && to <= place[1]))
  return new Map(found.map(([label, places]) => [label, places.filter((place) => !inside(place, place[1] - place[0]))]))
}

function placesOf(goal: Goal, label: string): Place[] {
  if (label === '') return []
  const words = label.split(' ')
  if (!words.every((word) => goal.has.has(word))) return []
  return goal.words.flatMap((_, from) =>
    words.every((word, at) => goal.words[from + at]?.lower === word) ? [[from, from + words.length] as const] : [],
  )
}

/** Measures every label from the words `from` to `to`. */
export function nearTo(mentions: Mentions, from: number, to: number): Near {
  const gaps = new Map([...mentions].map(([label, places]) => [label, gapsOf(places, from, to)]))
  const all = [...gaps.values()]
  return {
    gaps,
    before: leastTwo(all.map(({ before }) => before)),
    after: leastTwo(all.map(({ after }) => after)),
    either: leastTwo(all.map(({ before, after }) => Math.min(before, after))),
  }
}

function leastTwo(numbers: readonly number[]): readonly [number, number] {
  const [least = Infinity, next = Infinity] = numbers.toSorted((left, right) => left - right)
  return [least, next]
}

function gapsOf(places: readonly Place[], start: number, end: number): Gaps {
  let before = Infinity
  let after = Infinity
  for (const [from, to] of places) {
    if (to <= start) before = Math.min(before, start - to)
    if (from >= end) after = Math.min(after, from - end)
  }
  return { before, after }
}

const nowhere: Gaps = { before: Infinity, after: Infinity }

/** Features of a label's place before and after a run of the goal's words; `signBefore` and `signAfter` are the words around the run. */
export function describeMention(
  near: Near,
  label: string,
  { signBefore, signAfter }: { readonly signBefore: number; readonly signAfter: number },
  salt: number,
  used: number,
  out: Emitter,
): void {
  const mine = near.gaps.get(label) ?? nowhere
  const before = code(mine.before, near.before)
  const after = code(mine.after, near.after)
  put(out, 180, salt, before, used)
  put(out, 181, salt, after, used)
  put(out, 182, salt, before * 16 + after)
  put(out, 183, salt, code(Math.min(mine.before, mine.after), near.either), used)
  put(out, 184, before, signBefore)
  put(out, 185, after, signAfter)
}

/** 1 for nowhere; else the size class of the gap, and whether no other field's label is as near: it is the least, and the next is not the same. */
function code(gap: number, [least, next]: readonly [number, number]): number {
  if (gap === Infinity) return 1
  return (gap <= 1 ? 2 : gap <= 3 ? 4 : 6) + (gap === least && next > gap ? 1 : 0)
}
