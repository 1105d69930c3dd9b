import type { Context } from './context.ts'
import { bin, type Emitter, put } from './emit.ts'
import { describeGuess } from './guess.ts'
import { describeMention } from './mention.ts'
import type { Offer } from './offer.ts'
import { saidBefore } from './said.ts'

// Templates 100-134 and 136 belong to this file: features of a field, and of putting a text into it.

/** Features of filling a field in, whatever with: those that all its texts or options share. */
export function describeField(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const { signals, traits, lastKind } = context
  const kind = context.classHashes[at] ?? 0
  const filled = traits.filled[at] ?? 1
  const same = traits.same[at] ?? 1
  put(out, 100, salt, kind, filled)
  put(out, 101, kind, filled, traits.acted[at])
  put(out, 102, lastKind, same, filled)
  put(out, 103, kind, context.focused === at ? 2 : 1, filled)
  put(out, 104, salt, bin(signals.emptyFields) + 1, filled)
  put(out, 105, kind, view.overlays[at] === -1 ? 1 : 2, signals.overlay ? 2 : 1)
  put(out, 106, salt, bin(memory.done.length) + 1, filled)
  put(out, 107, salt, Math.min(memory.unchangedActions, 2) + 1, same)
  put(out, 108, kind, context.firstEmpty === at ? 2 : 1, filled)
  put(out, 109, salt, signals.threshold + 1)
  for (const label of context.labelHashes[at] ?? []) {
    put(out, 110, salt, label, filled)
    put(out, 111, label, signals.threshold + 1)
    for (const keyword of goal.keywords) put(out, 112, keyword, label)
  }
  for (const keyword of goal.keywords) put(out, 113, keyword, kind, filled)
  fieldRow(context, at, salt, out)
}

function fieldRow(context: Context, at: number, salt: number, out: Emitter): void {
  const best = context.rowGrades[at] ?? 1
  put(out, 114, salt, best, context.mostNamed > 0 ? 2 : 1)
  const header = context.scene.view.headers[at] ?? -1
  if (header !== -1) put(out, 115, salt, (context.matches[header]?.grade ?? 0) + 1, best)
}

/** Features of typing the argument `from` into the field `at`, beside those of the field. */
export function describeText(context: Context, at: number, from: number, salt: number, out: Emitter): void {
  const offer = context.offers[from]
  if (offer === undefined) return
  const { goal, view, memory } = context.scene
  const { how, used, onPage, shape, signBefore, signEarlier, signAfter } = offer
  const kind = context.classHashes[at] ?? 0
  put(out, 120, how, kind, used)
  put(out, 121, how, view.nodes[at]?.value === offer.text ? 2 : 1)
  put(out, 116, how, onPage, used)
  put(out, 117, kind, onPage, used)
  put(out, 118, shape, onPage, used)
  put(out, 122, kind, shape)
  put(out, 123, how, shape, used)
  put(out, 124, how, signBefore, used)
  put(out, 125, signBefore, signEarlier)
  put(out, 126, how, signAfter)
  put(out, 127, signBefore, signAfter)
  for (const label of context.labelHashes[at] ?? []) {
    put(out, 128, label, signBefore)
    put(out, 129, label, signEarlier)
    put(out, 130, label, shape)
    put(out, 131, label, signAfter)
  }
  put(out, 132, salt, saidBefore(context.said, view, at, offer.from), used)
  describeMention(offer.near, view.labels[at] ?? '', offer, salt, used, out)
  put(out, 133, salt, alignment(context, at, offer), used)
  put(out, 134, how, offer.extent, goal.quotes.length > 0 ? 2 : 1)
  if (offer.isRange) describeGuess(context.hints, memory, Number(offer.text), out)
  if (offer.figure !== 0) put(out, 136, kind, offer.figure, bin(goal.numbers.length) + 1)
}

/** Whether the n-th field meets the n-th quotation. */
function alignment(context: Context, at: number, offer: Offer): number {
  const place = context.openPlaces[at] ?? -1
  if (place === -1 || offer.quote === -1) return 1
  return place === offer.quote ? 2 : place < offer.quote ? 3 : 4
}
