import type { Context } from './context.ts'
import { bin, type Emitter, put } from './emit.ts'
import { signAt } from './goal.ts'
import { hashText } from './words.ts'

// Templates 10-99 belong to this file: features of acting on one node.

/** Features of pressing (or ticking, hovering, ...) a node; `salt` says which. */
export function describeElement(context: Context, at: number, salt: number, out: Emitter): void {
  const one = salt
  self(context, at, one, out)
  named(context, at, one, out)
  row(context, at, one, out)
  around(context, at, one, out)
  keywords(context, at, one, out)
  sequence(context, at, one, out)
  order(context, at, one, out)
  wholePage(context, at, one, out)
}

function self(context: Context, at: number, salt: number, out: Emitter): void {
  const { view } = context.scene
  const { traits } = context
  const kind = context.classHashes[at] ?? 0
  const name = context.nameHashes[at] ?? 0
  const states = traits.states[at] ?? 1
  const acted = traits.acted[at] ?? 1
  const kindNamed = traits.kindNamed[at] ?? 1
  put(out, 10, salt, kind)
  put(out, 11, salt, name)
  put(out, 12, kind, name)
  put(out, 13, salt, kind, states)
  put(out, 14, name, states)
  put(out, 15, salt, kind, acted)
  put(out, 16, salt, name, acted)
  for (const look of context.lookHashes[at] ?? []) {
    put(out, 17, salt, look)
    put(out, 18, kind, look, acted)
  }
  put(out, 19, kind, bin(view.twins[at] ?? 0) + 1, acted)
  put(out, 20, kind, view.nodes[at]?.value === '' ? 1 : 2, acted)
  put(out, 21, salt, kindNamed)
  put(out, 22, kind, kindNamed)
  for (const label of context.labelHashes[at] ?? []) put(out, 23, salt, label, acted)
}

function named(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal } = context.scene
  const match = context.matches[at]
  if (match === undefined) return
  const kind = context.classHashes[at] ?? 0
  const used = context.traits.used[at] ?? 1
  const grade = 1 + match.grade * 2 + (match.exact ? 1 : 0)
  const standing = (context.standing[at] ?? 0) + 1
  put(out, 76, salt, standing, used)
  put(out, 77, kind, standing, used)
  put(out, 25, salt, grade, used)
  put(out, 26, kind, grade, used)
  put(out, 27, kind, match.quarters + 1, match.ownWords ? 2 : 1)
  put(out, 28, salt, match.edges + 1, used)
  put(out, 29, kind, match.edges + 1)
  put(out, 39, salt, match.allParts ? 2 : 1)
  if (match.edges !== 0) for (const keyword of goal.keywords) put(out, 30, keyword, match.edges)
  if (match.grade < 2) return
  const before = signAt(goal, match.from - 1)
  const after = signAt(goal, match.from + match.length)
  put(out, 31, salt, before, used)
  put(out, 32, salt, signAt(goal, match.from - 2), before)
  put(out, 33, salt, after, used)
  put(out, 34, kind, before)
  put(out, 35, salt, bin(match.length) + 1)
  put(out, 36, salt, match.from === context.signals.firstLeft ? 2 : 1, used)
  put(out, 37, salt, match.from === context.signals.lastNamed ? 2 : 1, used)
  put(out, 38, salt, goal.words[match.from]?.quoted === true ? 2 : 1, bin(goal.quotes.length) + 1)
}

function row(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const index = view.rows[at] ?? -1
  const kind = context.classHashes[at] ?? 0
  const match = context.rowMatches.get(index)
  const elsewhere = context.mostNamed > 0 ? 2 : 1
  if (match === undefined) {
    put(out, 40, salt, kind, elsewhere)
    return
  }
  const best = context.rowGrades[at] ?? 1
  const used = memory.used.has(match.text) ? 2 : 1
  const mine = (context.matches[at]?.grade ?? 0) >= 2 ? 2 : 1
  const state = best * 8 + elsewhere * 2 + mine
  put(out, 41, salt, state, used)
  put(out, 42, kind, state)
  put(out, 48, salt, match.grade + 1, used)
  put(out, 43, context.nameHashes[at] ?? 0, best)
  for (const look of context.lookHashes[at] ?? []) put(out, 44, look, best, elsewhere)
  if (best > 1) put(out, 45, salt, signAt(goal, match.from - 1), signAt(goal, match.from - 2))
  for (const { unit, place } of context.rankings.get(index) ?? []) {
    const ranked = hashText(unit) + place
    put(out, 46, kind, ranked)
    for (const keyword of goal.keywords) put(out, 47, keyword, ranked, kind)
  }
}

/** The column that a node of a table stands in, and the dialog around it. */
function around(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal, view } = context.scene
  const kind = context.classHashes[at] ?? 0
  const header = view.headers[at] ?? -1
  const best = context.rowGrades[at] ?? 1
  if (header !== -1) {
    const grade = context.matches[header]?.grade ?? 0
    put(out, 55, salt, grade + 1, best)
    put(out, 56, salt, kind, (grade > 0 ? 2 : 1) * 4 + best)
    if (grade === 0) for (const keyword of goal.keywords) put(out, 57, keyword, context.nameHashes[header] ?? 0, best)
  }
  const overlay = view.overlays[at] ?? -1
  if (overlay !== -1) put(out, 58, kind, context.nameHashes[overlay] ?? 0, salt)
}

function keywords(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal } = context.scene
  const kind = context.classHashes[at] ?? 0
  const words = context.wordHashes[at] ?? []
  const looks = context.lookHashes[at] ?? []
  put(out, 53, salt, context.traits.pictured[at], context.rowGrades[at])
  for (const word of goal.quotedWords) for (const look of looks) put(out, 49, word, look)
  for (const keyword of goal.keywords) {
    put(out, 50, keyword, kind, salt)
    for (const word of words) put(out, 51, keyword, word)
    for (const look of looks) put(out, 52, keyword, look)
  }
}

function sequence(context: Context, at: number, salt: number, out: Emitter): void {
  const { memory } = context.scene
  const { lastKind, traits } = context
  const kind = context.classHashes[at] ?? 0
  const name = context.nameHashes[at] ?? 0
  const same = traits.same[at] ?? 1
  const alike = traits.alike[at] ?? 1
  const fresh = traits.fresh[at] ?? 1
  const answer = traits.answer[at] ?? 1
  const still = Math.min(memory.unchangedActions, 2) + 1
  const steps = bin(memory.done.length) + 1
  put(out, 60, lastKind, kind, same)
  put(out, 61, lastKind, name)
  put(out, 59, salt, answer, fresh)
  put(out, 54, kind, answer)
  put(out, 62, salt, same, still)
  put(out, 63, kind, fresh, same)
  put(out, 64, lastKind, kind, fresh)
  put(out, 65, salt, alike, same)
  put(out, 66, name, alike, still)
  put(out, 67, kind, steps)
  put(out, 68, name, steps)
  if ((context.matches[at]?.grade ?? 0) >= 2) put(out, 69, lastKind, fresh, same)
}

function order(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal, view } = context.scene
  const kind = context.classHashes[at] ?? 0
  const place = view.places[at] ?? 0
  const peers = view.peers[at] ?? 0
  put(out, 70, kind, Math.min(place, 6), place === peers ? 2 : 1)
  put(out, 71, kind, bin(peers) + 1)
  for (const ordinal of goal.ordinals) {
    const hit = ordinal === place || (ordinal === -1 && place === peers)
    put(out, 72, kind, hit ? 2 : 1)
    put(out, 73, salt, hit ? 2 : 1, (context.matches[at]?.grade ?? 0) + 1)
  }
  const spot = context.lattice.get(at)
  const wanted = goal.points[0]
  if (wanted !== undefined) put(out, 74, kind, spot === undefined ? 1 : spot[0] === wanted[0] && spot[1] === wanted[1] ? 3 : 2)
  const overlay = view.overlays[at] !== -1 ? 2 : 1
  put(out, 75, kind, overlay, context.signals.overlay ? 2 : 1)
}

function wholePage(context: Context, at: number, salt: number, out: Emitter): void {
  const { signals } = context
  const { view } = context.scene
  const kind = context.classHashes[at] ?? 0
  const name = context.nameHashes[at] ?? 0
  put(out, 80, name, bin(signals.quotesLeft) + 1, bin(signals.emptyFields) + 1)
  put(out, 81, kind, bin(signals.quotesLeft) + 1)
  put(out, 82, kind, bin(signals.emptyFields) + 1, bin(signals.filledFields) + 1)
  put(out, 95, name, bin(signals.namedFields) + 1, bin(signals.quotesLeft) + 1)
  put(out, 96, name, bin(signals.valuesLeft) + 1)
  put(out, 97, kind, salt, bin(signals.valuesLeft) + 1)
  put(out, 83, name, bin(signals.namesLeft) + 1)
  put(out, 84, kind, bin(signals.namesLeft) + 1, (context.matches[at]?.grade ?? 0) + 1)
  put(out, 85, name, signals.month + 3)
  for (const word of context.wordHashes[at] ?? []) put(out, 96, word, signals.month + 3)
  put(out, 86, name, signals.step + 3)
  for (const look of context.lookHashes[at] ?? []) {
    put(out, 87, look, signals.month + 3)
    put(out, 88, look, signals.step + 3)
  }
  const isDay = signals.day > 0 && view.normals[at] === String(signals.day)
  if (signals.day > 0) {
    put(out, 89, kind, signals.month + 3, isDay ? 2 : 1)
    put(out, 97, salt, signals.month + 3, isDay ? 2 : 1)
    put(out, 98, isDay && signals.month === 0 ? 2 : 1)
    put(out, 99, salt, isDay && signals.month === 0 ? 2 : 1)
  }
  put(out, 90, name, signals.threshold + 1)
  put(out, 91, kind, signals.threshold + 1, (context.matches[at]?.grade ?? 0) + 1)
  for (const drawn of context.drawn) put(out, 98, name, drawn)
  const { figures } = context
  if (!figures.asked) return
  put(out, 92, kind, figures.fits[at] === 1 ? 2 : 1)
  put(out, 93, kind, view.normals[at] === String(figures.count) ? 2 : 1)
  put(out, 94, salt, figures.fits[at] === 1 ? 2 : 1, bin(figures.count) + 1)
}
