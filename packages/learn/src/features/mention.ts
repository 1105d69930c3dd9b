import { type Emitter, put } from './emit.ts'
import { type Goal, signAt } from './goal.ts'
import type { View } from './view.ts'

// Templates 180-189 belong to this file: where the goal speaks of a field, beside a text that could go into it.

/** First word and the word after the last of each place where the goal says a label, by the label. */
export type Mentions = ReadonlyMap<string, readonly (readonly [number, number])[]>

/** Finds every field's label in the goal. A place inside a longer label of another field is that field's: `carrier` in `backup carrier`. */
export function mentionsOf(goal: Goal, view: View): Mentions {
  const found = [...new Set(view.labels)].filter((label) => label !== '').map((label) => [label, placesOf(goal, label.split(' '))] as const)
  const inside = ([from, to]: readonly [number, number], length: number): boolean =>
    found.some(([, places]) => places.some((place) => place[1] - place[0] > length && place[0] <= from && to <= place[1]))
  return new Map(found.map(([label, places]) => [label, places.filter((place) => !inside(place, place[1] - place[0]))]))
}

function placesOf(goal: Goal, words: readonly string[]): (readonly [number, number])[] {
  return goal.words.flatMap((_, from) =>
    words.every((word, at) => goal.words[from + at]?.lower === word) ? [[from, from + words.length] as const] : [],
  )
}

/** Features of a label's place before and after the words `from` to `to` of the goal. */
export function describeMention(
  goal: Goal,
  mentions: Mentions,
  label: string,
  words: { readonly from: number; readonly to: number },
  salt: number,
  used: number,
  out: Emitter,
): void {
  const mine = gapsOf(mentions.get(label) ?? [], words)
  const others = [...mentions].filter(([other]) => other !== label).map(([, places]) => gapsOf(places, words))
  const before = code(
    mine.before,
    others.every((other) => other.before > mine.before),
  )
  const after = code(
    mine.after,
    others.every((other) => other.after > mine.after),
  )
  const closest = Math.min(mine.before, mine.after)
  const first = others.every((other) => Math.min(other.before, other.after) > closest)
  put(out, 180, salt, before, used)
  put(out, 181, salt, after, used)
  put(out, 182, salt, before * 16 + after)
  put(out, 183, salt, code(closest, first), used)
  put(out, 184, before, signAt(goal, words.from - 1))
  put(out, 185, after, signAt(goal, words.to))
}

function gapsOf(
  places: readonly (readonly [number, number])[],
  words: { readonly from: number; readonly to: number },
): { readonly before: number; readonly after: number } {
  let before = Infinity
  let after = Infinity
  for (const [from, to] of places) {
    if (to <= words.from) before = Math.min(before, words.from - to)
    if (from >= words.to) after = Math.min(after, from - words.to)
  }
  return { before, after }
}

/** 1 for nowhere; else the size class of the gap, and whether no other field's label is as near. */
function code(gap: number, nearest: boolean): number {
  if (gap === Infinity) return 1
  return (gap <= 1 ? 2 : gap <= 3 ? 4 : 6) + (nearest ? 1 : 0)
}
