import type { ActionKind, Observation } from '@overt/schema'

import { argumentsOf, type Argument } from '../features/argument.ts'
import { isPressed } from '../features/class.ts'
import { readGoal, type Goal } from '../features/goal.ts'
import { recall, type Memory } from '../features/memory.ts'
import { viewOf, type View } from '../features/view.ts'
import type { Candidate, HistoryEntry } from './candidate.ts'

/** Everything about one decision that is computed once. */
export interface Scene {
  readonly goal: Goal
  readonly view: View
  readonly memory: Memory
  readonly arguments: readonly Argument[]
}

/** A candidate with where it comes from: the node's index in the view, the argument's in the scene; -1 for none. */
export interface Option {
  readonly candidate: Candidate
  readonly at: number
  readonly from: number
}

/** Kinds beyond click, type, choice and keys; they become candidates where the training data has them. */
export const rareKinds: readonly ActionKind[] = [
  'double_click',
  'triple_click',
  'right_click',
  'middle_click',
  'hover',
  'scroll',
  'done',
  'back',
]

/** Keys that are candidates on every page. */
export const baseChords: readonly string[] = ['Enter', 'Escape', 'Tab', 'ArrowDown', 'ArrowUp']

/** What the training data has that a page alone does not tell. */
export interface Repertoire {
  readonly chords: readonly string[]
  readonly rare: readonly ActionKind[]
}

const maxOptions = 1_500
const maxListed = 200
const checks = new Set(['checkbox', 'radio'])
const onNode = new Set<ActionKind>(['double_click', 'triple_click', 'right_click', 'middle_click', 'hover'])

/** Reads what a decision is about. */
export function sceneOf(observation: Observation, goal: Goal, history: readonly HistoryEntry[]): Scene {
  return { goal, view: viewOf(observation), memory: recall(history, observation), arguments: argumentsOf(goal) }
}

/** Every action that could be taken: presses, texts typed into fields, options chosen, boxes ticked, keys. At most 1,500. */
export function candidates(
  observation: Observation,
  instruction: string | null,
  history: readonly HistoryEntry[],
  chords: readonly string[],
): Candidate[] {
  const scene = sceneOf(observation, readGoal(instruction ?? ''), history)
  return optionsOf(scene, { chords, rare: [] }).map((option) => option.candidate)
}

/** The candidates of a scene, with what features need of them. */
export function optionsOf(scene: Scene, repertoire: Repertoire): Option[] {
  const options: Option[] = []
  const put = (kind: ActionKind, at: number, argument = '', from = -1): void => {
    const node = scene.view.nodes[at]?.id ?? -1
    if (options.length < maxOptions) options.push({ candidate: { kind, node, argument }, at, from })
  }
  for (const chord of chordsOf(scene, repertoire)) put('key', -1, chord)
  for (const kind of repertoire.rare) if (!onNode.has(kind)) for (const way of kind === 'scroll' ? ['down', 'up'] : ['']) put(kind, -1, way)
  scene.view.nodes.forEach((node, at) => {
    if (node.states.includes('disabled')) return
    const kind = scene.view.classes[at] ?? 'box'
    if (checks.has(kind)) put('check', at, node.states.includes('checked') ? 'off' : 'on')
    else if (node.tag === 'select') chooseAmong(scene, at, put)
    else if (isActable(scene.view, at)) pressAt(at, repertoire, put)
  })
  const open = scene.view.fields.filter((at) => scene.view.nodes[at]?.states.includes('readonly') !== true)
  for (const at of open) scene.arguments.forEach((argument, from) => put('type', at, argument.text, from))
  return options
}

type Put = (kind: ActionKind, at: number, argument?: string, from?: number) => void

function pressAt(at: number, repertoire: Repertoire, put: Put): void {
  put('click', at)
  for (const kind of repertoire.rare) if (onNode.has(kind)) put(kind, at)
}

/** Whether a node is pressed itself: a leaf, or what is pressed as a whole. A label gives way to its box. */
export function isActable(view: View, at: number): boolean {
  const kind = view.classes[at] ?? 'box'
  if ((view.kids[at]?.length ?? 0) === 0) return !(kind === 'text' && forwards(view, at))
  return isPressed(kind)
}

/** A text inside a label that holds a tick box says what the box says. */
function forwards(view: View, at: number): boolean {
  const parent = view.nodes[at]?.parent ?? -1
  if (view.classes[parent] !== 'label') return false
  return (view.kids[parent] ?? []).some((kid) => checks.has(view.classes[kid] ?? 'box'))
}

function chooseAmong(scene: Scene, at: number, put: Put): void {
  const node = scene.view.nodes[at]
  if (node === undefined) return
  const chosen = new Set(node.value.split('\u001f'))
  node.options.slice(0, maxListed).forEach((label) => (chosen.has(label) ? undefined : put('select_option', at, label)))
  if (scene.view.classes[at] !== 'listbox') return
  const named = node.options.filter((label) => scene.goal.text.includes(label) && label !== '')
  if (named.length > 1) put('select_option', at, named.join('\u001f'))
}

function chordsOf(scene: Scene, repertoire: Repertoire): Set<string> {
  return new Set([...baseChords, ...repertoire.chords, ...scene.view.shortcuts.keys()])
}
