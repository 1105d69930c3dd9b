import type { Action, Observation, Row } from '@overt/schema'

import { classOf } from '../features/class.ts'
import { normal } from '../features/words.ts'
import type { Candidate } from '../model/candidate.ts'
import { secretsTyped } from './secret.ts'

/** One step of a demonstration as the model would have chosen it. */
export interface DemonstrationStep {
  readonly observation: Observation
  readonly candidate: Candidate
  readonly point: readonly [number, number] | null
  readonly text: string
  readonly look: string
  /** Why nothing is learnt from it (the agent does it by itself, or it did nothing); '' where it is learnt. */
  readonly skip: string
}

/** Steps under one goal that ended well. */
export interface Demonstration {
  readonly episode: string
  readonly template: string
  readonly goal: string
  readonly steps: readonly DemonstrationStep[]
}

interface Parsed {
  readonly row: Row
  readonly observation: Observation
  readonly action: Action
}

/** Puts rows together into demonstrations, in the order of their first rows. Only what succeeded, or was never judged, is kept. */
export function demonstrationsOf(rows: Iterable<Row>): Demonstration[] {
  const episodes = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.outcome !== 'success' && row.outcome !== 'unknown') continue
    const known = episodes.get(row.episode_id)
    if (known === undefined) episodes.set(row.episode_id, [row])
    else known.push(row)
  }
  return [...episodes.entries()].map(([episode, list]) => {
    const parsed = list.toSorted((left, right) => left.step_index - right.step_index).map(parse)
    const goal = list[0]?.goal ?? ''
    return { episode, template: list[0]?.template ?? '', goal, steps: stepsOf(withSecrets(goal, parsed)) }
  })
}

function parse(row: Row): Parsed {
  const observation = JSON.parse(row.observation) as Observation // as: the dataset's writer checked it against the schema
  const action = JSON.parse(row.action) as Action // as: the same
  return { row, observation, action }
}

function withSecrets(goal: string, parsed: readonly Parsed[]): readonly Parsed[] {
  const secrets = secretsTyped(
    goal,
    parsed.map(({ action }) => action),
  )
  return parsed.map((step, at) => ({ ...step, action: { ...step.action, argument: secrets.get(at) ?? step.action.argument } }))
}

function stepsOf(parsed: readonly Parsed[]): DemonstrationStep[] {
  return parsed.map((step, at) => {
    const { observation, action } = step
    const node = observation.nodes.find((one) => one.id === action.target?.node)
    return {
      observation,
      candidate: candidateOf(step, node),
      point: action.point,
      text: normal(node?.name ?? ''),
      look: node?.look ?? '',
      skip: skipOf(parsed, at),
    }
  })
}

type Node = Observation['nodes'][number]

/** The action in the words of the candidates: a press on a tick box ticks it. */
function candidateOf({ action, observation }: Parsed, node: Node | undefined): Candidate {
  const plain: Candidate = { kind: action.kind, node: action.target?.node ?? -1, argument: action.argument }
  if (node === undefined) return plain
  const kind = classOf(
    node,
    observation.nodes.some((other) => observation.nodes[other.parent] === node),
  )
  if (action.kind === 'click' && (kind === 'checkbox' || kind === 'radio'))
    return { ...plain, kind: 'check', argument: node.states.includes('checked') ? 'off' : 'on' }
  if (action.kind === 'key' && (action.argument === 'Space' || action.argument === 'Enter') && (kind === 'button' || kind === 'link'))
    return { ...plain, kind: 'click', argument: '' }
  return plain
}

/** Steps that the agent needs no decision for: it scrolls what it acts on into view and focuses what it types into. */
function skipOf(parsed: readonly Parsed[], at: number): string {
  const { action } = parsed[at] ?? {}
  if (action === undefined) return 'none'
  const next = parsed.slice(at + 1).find((step) => step.action.kind !== 'scroll')?.action
  const node = action.target?.node
  if (action.kind === 'scroll') return 'scroll'
  if (action.kind === 'click' && next?.kind === 'type' && next.target?.node === node) return 'focus'
  if (action.kind === 'click' && next?.kind === 'click' && next.target?.node === node && isField(parsed[at])) return 'focus'
  if (action.kind === 'key' && action.argument === 'Tab' && next !== undefined) return 'focus'
  if (action.kind === 'type' && action.argument === '') return 'cleared'
  if (action.kind === 'drag') return 'drag'
  return ''
}

function isField(step: Parsed | undefined): boolean {
  const node = step?.observation.nodes.find((one) => one.id === step.action.target?.node)
  return (
    node !== undefined &&
    (node.tag === 'input' || node.tag === 'textarea') &&
    !['checkbox', 'radio', 'button', 'submit'].includes(node.inputType)
  )
}
