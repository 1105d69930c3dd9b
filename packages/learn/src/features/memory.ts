import type { Observation, ObservationNode } from '@overt/schema'

import type { Candidate, HistoryEntry } from '../model/candidate.ts'
import { classOf, isField, type NodeClass } from './class.ts'
import { normal } from './words.ts'

/** One thing done before, as features need it. */
export interface Done {
  readonly kind: Candidate['kind']
  readonly nodeClass: NodeClass | ''
  readonly node: number
  /** Normal text and look of what was acted on. */
  readonly text: string
  readonly look: string
  readonly argument: string
}

/** What was done so far and what came of it. */
export interface Memory {
  readonly done: readonly Done[]
  readonly last: Done | undefined
  /** How often each node was acted on, by id. */
  readonly acts: ReadonlyMap<number, number>
  /** What was typed into or chosen in each node last, by id. */
  readonly typed: ReadonlyMap<number, string>
  /** Normal texts that were typed, chosen or pressed. */
  readonly used: ReadonlySet<string>
  /** Nodes that the observation before the last action had; undefined at the start. */
  readonly before: ReadonlySet<number> | undefined
  /** Whether the last action changed what can be seen. */
  readonly changed: boolean
  /** How many actions since anything changed. */
  readonly unchangedActions: number
}

/** Sums up a history for the observation that is to be acted on next. */
export function recall(history: readonly HistoryEntry[], now: Observation): Memory {
  const done = history.map(doneOf)
  const acts = new Map<number, number>()
  const typed = new Map<number, string>()
  const used = new Set<string>()
  for (const entry of done) {
    if (entry.node >= 0) acts.set(entry.node, (acts.get(entry.node) ?? 0) + 1)
    if (entry.kind === 'type' || entry.kind === 'select_option') typed.set(entry.node, entry.argument)
    for (const part of entry.argument.split('\u001f')) if (entry.kind !== 'check' && part !== '') used.add(normal(part))
    if (entry.text !== '') used.add(entry.text)
  }
  const last = history.at(-1)
  const unchanged = stillness(history, now)
  return {
    done,
    last: done.at(-1),
    acts,
    typed,
    used,
    before: last === undefined ? undefined : new Set(last.observation.nodes.map((node) => node.id)),
    changed: unchanged === 0,
    unchangedActions: unchanged,
  }
}

function doneOf({ action, observation }: HistoryEntry): Done {
  const { nodes } = observation
  const at = nodes.findIndex((node) => node.id === action.node)
  const node = nodes[at]
  if (node === undefined) return { kind: action.kind, nodeClass: '', node: action.node, text: '', look: '', argument: action.argument }
  const nodeClass = classOf(node, nodes[at + 1]?.parent === at)
  const text = isField(nodeClass) ? '' : normal(node.name === '' ? held(nodes, at) : node.name)
  return { kind: action.kind, nodeClass, node: action.node, text, look: node.look, argument: action.argument }
}

function held(nodes: readonly ObservationNode[], root: number): string {
  const inside = new Set([root])
  const parts: string[] = []
  for (let at = root + 1; at < nodes.length && parts.length < 8; at += 1) {
    const node = nodes[at]
    if (node === undefined || !inside.has(node.parent)) break
    inside.add(at)
    if (node.name !== '') parts.push(node.name)
  }
  return parts.join(' ')
}

function stillness(history: readonly HistoryEntry[], now: Observation): number {
  let unchanged = 0
  let later = now
  for (const entry of history.toReversed()) {
    if (unchanged === 3 || !looksLike(entry.observation, later)) break
    later = entry.observation
    unchanged += 1
  }
  return unchanged
}

/** Whether two observations show the same; focus, and which element it is, left out. Stops at the first difference. */
export function looksLike(one: Observation, other: Observation): boolean {
  return one === other || (one.nodes.length === other.nodes.length && one.nodes.every((node, at) => isAlike(node, other.nodes[at])))
}

function isAlike(one: ObservationNode, other: ObservationNode | undefined): boolean {
  if (other === undefined) return false
  const same = one.name === other.name && one.value === other.value && one.look === other.look && one.parent === other.parent
  return same && (one.states.length + other.states.length === 0 || shown(one) === shown(other))
}

function shown({ states }: ObservationNode): string {
  return states.filter((state) => state !== 'focused' && state !== 'covered' && state !== 'offscreen').join(' ')
}
