import type { Option } from '../model/candidates.ts'
import type { Argument } from './argument.ts'
import type { Context } from './context.ts'
import { rowGrade } from './element.ts'
import { bin, type Emitter, put } from './emit.ts'
import { type Goal, signAt } from './goal.ts'
import { matchText } from './match.ts'
import { describeMention } from './mention.ts'
import { isFilled } from './signals.ts'
import { hashText, normal } from './words.ts'

// Templates 100-159 belong to this file: features of putting a text into a field or choosing an option.

const stem = 5

/** Features of typing an argument into a field, or choosing an option of a list. */
export function describeArgument(context: Context, option: Option, salt: number, out: Emitter): void {
  field(context, option.at, salt, out)
  if (option.candidate.kind === 'select_option') choice(context, option, salt, out)
  else text(context, option, salt, out)
}

function field(context: Context, at: number, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const node = view.nodes[at]
  const kind = context.classHashes[at] ?? 0
  const filled = isFilled(view, memory, at) ? 2 : 1
  const acted = bin(memory.acts.get(node?.id ?? -1) ?? 0) + 1
  const { last } = memory
  const same = last !== undefined && last.node === node?.id ? 2 : 1
  const lastKind = last === undefined ? 3 : hashText(`${last.kind} ${last.nodeClass}`)
  put(out, 100, salt, kind, filled)
  put(out, 101, kind, filled, acted)
  put(out, 102, lastKind, same, filled)
  put(out, 103, kind, context.focused === at ? 2 : 1, filled)
  put(out, 104, salt, bin(context.signals.emptyFields) + 1, filled)
  put(out, 105, kind, view.overlays[at] === -1 ? 1 : 2, context.signals.overlay ? 2 : 1)
  put(out, 106, salt, bin(memory.done.length) + 1, filled)
  put(out, 107, salt, Math.min(memory.unchangedActions, 2) + 1, same)
  put(out, 108, kind, firstEmpty(context) === at ? 2 : 1, filled)
  put(out, 109, salt, context.signals.threshold + 1)
  for (const label of context.labelHashes[at] ?? []) {
    put(out, 110, salt, label, filled)
    put(out, 111, label, context.signals.threshold + 1)
    for (const keyword of goal.keywords) put(out, 112, keyword, label)
  }
  for (const keyword of goal.keywords) put(out, 113, keyword, kind, filled)
  fieldRow(context, at, salt, out)
}

function fieldRow(context: Context, at: number, salt: number, out: Emitter): void {
  const best = rowGrade(context, at)
  put(out, 114, salt, best, context.mostNamed > 0 ? 2 : 1)
  const header = context.scene.view.headers[at] ?? -1
  if (header !== -1) put(out, 115, salt, (context.matches[header]?.grade ?? 0) + 1, best)
}

function firstEmpty(context: Context): number {
  const { view, memory } = context.scene
  return view.fields.find((at) => !isFilled(view, memory, at)) ?? -1
}

function text(context: Context, option: Option, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const argument = context.scene.arguments[option.from]
  if (argument === undefined) return
  const kind = context.classHashes[option.at] ?? 0
  const how = hashText(argument.kind)
  const plain = normal(argument.text)
  const used = memory.used.has(plain) ? 2 : 1
  const present = view.nodes[option.at]?.value === argument.text ? 2 : 1
  put(out, 120, how, kind, used)
  put(out, 121, how, present)
  const onPage = view.normals.includes(plain) ? 2 : 1
  put(out, 116, how, onPage, used)
  put(out, 117, kind, onPage, used)
  put(out, 118, shapeOf(argument.text), onPage, used)
  put(out, 122, kind, shapeOf(argument.text))
  put(out, 123, how, shapeOf(argument.text), used)
  const before = signAt(goal, argument.from - 1)
  const after = signAt(goal, argument.to)
  put(out, 124, how, before, used)
  put(out, 125, before, signAt(goal, argument.from - 2))
  put(out, 126, how, after)
  put(out, 127, before, after)
  for (const label of context.labelHashes[option.at] ?? []) {
    put(out, 128, label, before)
    put(out, 129, label, signAt(goal, argument.from - 2))
    put(out, 130, label, shapeOf(argument.text))
    put(out, 131, label, after)
  }
  put(out, 132, salt, mention(context, option.at, argument), used)
  describeMention(goal, context.mentions, view.labels[option.at] ?? '', argument, salt, used, out)
  put(out, 133, salt, alignment(context, option.at, argument), used)
  put(out, 134, how, extent(goal, argument), goal.quotes.length > 0 ? 2 : 1)
  if (argument.kind === 'range') guess(context, Number(argument.text), out)
  if (/^-?\d+$/.test(argument.text)) put(out, 136, kind, goal.numbers.indexOf(Number(argument.text)) + 2, bin(goal.numbers.length) + 1)
}

/** What a text looks like: how many words, capitals, digits. */
function shapeOf(text: string): number {
  const words = text.split(/\s+/).length
  const digits = /^\d+$/.test(text) ? 2 : /\d/.test(text) ? 1 : 0
  const capital = /^[A-Z]/.test(text) ? (/\s[a-z]/.test(text) ? 1 : 2) : 0
  return 1 + Math.min(words, 5) * 16 + digits * 4 + capital
}

/** Where the field's label stands in the goal beside the argument: 1 nowhere, 2-5 so many words before, 6 after; +8 where no other field's label is nearer before it. */
function mention(context: Context, at: number, argument: Argument): number {
  const { goal, view } = context.scene
  const mine = labelBefore(goal, view.labels[at] ?? '', argument)
  if (mine === -1) return view.labels[at] === '' ? 1 : 7
  const nearest = view.fields.every((other) => other === at || labelBefore(goal, view.labels[other] ?? '', argument) <= mine)
  const gap = argument.from - mine
  const near = gap <= 0 ? 6 : gap <= 2 ? 2 : gap <= 4 ? 3 : gap <= 7 ? 4 : 5
  return near + (nearest ? 8 : 0)
}

/** The last word of the goal before the argument's end that a label speaks of; -1 for none. */
function labelBefore(goal: Goal, label: string, argument: Argument): number {
  if (label === '') return -1
  const stems = label.split(' ').map((word) => word.slice(0, stem))
  for (let at = Math.min(argument.from, goal.words.length) - 1; at >= 0; at -= 1) {
    const word = goal.words[at]
    if (word !== undefined && !word.quoted && word.lower.length > 2 && stems.includes(word.lower.slice(0, stem))) return at
  }
  return -1
}

/** Whether the n-th field meets the n-th quotation. */
function alignment(context: Context, at: number, argument: Argument): number {
  const { goal, view, memory } = context.scene
  const open = view.fields.filter((field) => !isFilled(view, memory, field))
  const left = goal.quotes.filter((quote) => !memory.used.has(normal(quote.text)))
  const fieldPlace = open.indexOf(at)
  const quotePlace = left.findIndex((quote) => quote.text === argument.text)
  if (fieldPlace === -1 || quotePlace === -1) return 1
  return fieldPlace === quotePlace ? 2 : fieldPlace < quotePlace ? 3 : 4
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

/** A number of a range beside the numbers that the page answers with: `higher than 4`. */
function guess(context: Context, value: number, out: Emitter): void {
  const { view, memory } = context.scene
  const told = new Set(
    view.texts.flatMap((text) => /\b(?:higher|greater|more|above|lower|less|below|smaller)\s+than\s+-?\d+/i.exec(text)?.[0] ?? []),
  )
  for (const text of told) {
    const match = /(\w+)\s+than\s+(-?\d+)/i.exec(text)
    if (match === null) continue
    const apart = value - Number(match[2])
    put(out, 135, hashText((match[1] ?? '').toLowerCase()), Math.sign(apart) + 2, Math.min(Math.abs(apart), 4))
  }
  put(out, 137, memory.used.has(String(value)) ? 2 : 1)
  put(out, 138, Math.min(Math.abs(value), 12) + 1, bin(memory.done.length) + 1)
}

function choice(context: Context, option: Option, salt: number, out: Emitter): void {
  const { goal, view, memory } = context.scene
  const label = option.candidate.argument
  const several = label.includes('\u001f')
  const plain = normal(label)
  const match = matchText(goal, label, plain)
  const used = memory.used.has(plain) ? 2 : 1
  const kind = context.classHashes[option.at] ?? 0
  put(out, 140, kind, several ? 2 : 1, used)
  put(out, 141, kind, 1 + match.grade * 2 + (match.exact ? 1 : 0), used)
  put(out, 142, salt, match.quarters + 1, match.ownWords ? 2 : 1)
  put(out, 143, salt, match.edges + 1)
  const argument: Argument = { text: label, kind: 'gram', from: match.from, to: match.from + match.length }
  if (match.from >= 0) {
    put(out, 144, salt, signAt(goal, match.from - 1), signAt(goal, match.from - 2))
    put(out, 145, salt, mention(context, option.at, argument), match.grade + 1)
    describeMention(goal, context.mentions, view.labels[option.at] ?? '', argument, salt, used, out)
  }
  const value = normal(view.nodes[option.at]?.value ?? '')
  put(out, 146, value !== '' && goal.grams.has(value) ? 2 : 1, match.grade + 1)
  for (const keyword of goal.keywords) if (match.grade < 2) put(out, 147, keyword, hashText(plain))
  put(out, 148, salt, context.signals.threshold + 1, match.grade + 1)
}
