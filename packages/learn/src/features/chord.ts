import type { Context } from './context.ts'
import { describeElement } from './element.ts'
import { bin, type Emitter, put } from './emit.ts'
import { hashText } from './words.ts'

// Templates 160-179 belong to this file: features of pressing a chord.

/** Features of pressing a chord: what was done last, what is focused, and the node that says it has this shortcut. */
export function describeKey(context: Context, chord: string, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const at = view.shortcuts.get(chord) ?? -1
  // A shortcut that the page explains is what its explanation says, whatever its keys are.
  const key = hashText(at === -1 ? chord : '\u0000explained')
  const { last } = memory
  put(out, 160, key)
  put(out, 161, key, context.lastKind)
  put(out, 162, key, context.classHashes[context.focused] ?? 1)
  put(out, 163, key, bin(context.signals.emptyFields) + 1, bin(context.signals.quotesLeft) + 1)
  put(out, 164, key, last !== undefined && last.kind === 'key' && last.argument === chord ? 2 : 1, Math.min(memory.unchangedActions, 2) + 1)
  put(out, 165, key, bin(memory.done.length) + 1)
  put(out, 166, salt, goal.text.includes(chord) ? 2 : 1)
  put(out, 167, key, context.signals.overlay ? 2 : 1)
  for (const keyword of goal.keywords) put(out, 168, keyword, key)
  put(out, 169, salt, at === -1 ? 1 : 2)
  if (at === -1) return
  const told = nearnessOf(context, at)
  let most = 0
  for (const other of view.shortcuts.values()) most = Math.max(most, nearnessOf(context, other))
  put(out, 170, salt, told + 1, told === most ? 2 : 1)
  describeElement(context, at, salt, out)
}

/** How well the best of the texts on a node with a shortcut is said by the goal, as a grade of `Match`. */
function nearnessOf(context: Context, at: number): number {
  const { view } = context.scene
  const kids = (view.kids[at] ?? []).map((kid) => context.matches[kid]?.grade ?? 0)
  return Math.max(context.matches[at]?.grade ?? 0, ...kids)
}
