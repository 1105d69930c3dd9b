import type { Goal } from './goal.ts'
import { once } from './once.ts'
import type { View } from './view.ts'

/** Where the goal speaks of the labels of fields, for each of its words. */
export interface Said {
  /** By node: for each word of the goal the last word before it that speaks of the node's label; empty where none does. */
  readonly lasts: readonly Int32Array[]
  /** The same over all fields: the latest of theirs. */
  readonly latest: Int32Array
}

const stem = 5

/** Finds the words of the goal that speak of each label. */
export function saidOf(goal: Goal, view: View): Said {
  const stems = goal.words.map((word) => (word.quoted || word.lower.length <= 2 ? '' : word.lower.slice(0, stem)))
  const known = new Set(stems)
  const lastOf = once((label) => {
    const mine = label.split(' ').map((word) => word.slice(0, stem))
    return mine.some((word) => word !== '' && known.has(word)) ? lastsOf(stems, mine) : new Int32Array()
  })
  const lasts = view.labels.map(lastOf)
  const latest = new Int32Array(stems.length + 1).fill(-1)
  for (const last of new Set(view.fields.map((at) => lasts[at])))
    last?.forEach((place, at) => {
      if (place > (latest[at] ?? -1)) latest[at] = place
    })
  return { lasts, latest }
}

function lastsOf(stems: readonly string[], mine: readonly string[]): Int32Array {
  const lasts = new Int32Array(stems.length + 1).fill(-1)
  stems.forEach((word, at) => {
    lasts[at + 1] = word !== '' && mine.includes(word) ? at : (lasts[at] ?? -1)
  })
  return lasts
}

/** Where the label of node `at` stands in the goal beside a text that begins at its word `from`: 1 nowhere, 2-5 so many words before, 7 nowhere though it has one; +8 where no other field's label is nearer before it. */
export function saidBefore({ lasts, latest }: Said, view: View, at: number, from: number): number {
  const place = Math.min(from, latest.length - 1)
  const mine = place <= 0 ? -1 : (lasts[at]?.[place] ?? -1)
  if (mine === -1) return view.labels[at] === '' ? 1 : 7
  const gap = from - mine
  const near = gap <= 2 ? 2 : gap <= 4 ? 3 : gap <= 7 ? 4 : 5
  return near + ((latest[place] ?? -1) <= mine ? 8 : 0)
}
