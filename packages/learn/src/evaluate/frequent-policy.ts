import type { Observation, Row } from '@overt/schema'

import { classOf } from '../features/class.ts'
import { normal } from '../features/words.ts'
import type { Candidate, HistoryEntry } from '../model/candidate.ts'
import { candidates } from '../model/candidates.ts'
import { demonstrationsOf } from '../train/demonstration.ts'
import { nothing, type Policy } from './policy.ts'

type Counts = ReadonlyMap<string, number>

/** What kind of act on what kind of thing: as much of an action as comes again on another page. */
function signOf(action: Candidate, observation: Observation): string {
  const at = observation.nodes.findIndex((node) => node.id === action.node)
  const node = observation.nodes[at]
  if (node === undefined) return `${action.kind} ${action.argument}`
  return `${action.kind} ${classOf(node, observation.nodes[at + 1]?.parent === at)} ${normal(node.name)}`
}

function count(counts: Map<string, number>, sign: string): void {
  counts.set(sign, (counts.get(sign) ?? 0) + 1)
}

function pick(
  counts: Counts | undefined,
  observation: Observation,
  instruction: string,
  history: readonly HistoryEntry[],
): Candidate | undefined {
  let best: Candidate | undefined
  let most = 0
  if (counts === undefined) return undefined
  for (const candidate of candidates(observation, instruction, history, [])) {
    const times = counts.get(signOf(candidate, observation)) ?? 0
    if (times > most) {
      most = times
      best = candidate
    }
  }
  return best
}

/** Does what people did most often of all that the page offers. */
export function mostFrequentPolicy(rows: Iterable<Row>): Policy {
  const counts = new Map<string, number>()
  for (const { steps } of demonstrationsOf(rows))
    for (const step of steps) if (step.skip === '') count(counts, signOf(step.candidate, step.observation))
  return (observation, instruction, history) => pick(counts, observation, instruction, history) ?? nothing
}

/** Does what people did most often after the action just taken. */
export function markovPolicy(rows: Iterable<Row>): Policy {
  const chains = new Map<string, Map<string, number>>()
  for (const { steps } of demonstrationsOf(rows)) {
    let last = ''
    for (const step of steps.filter(({ skip }) => skip === '')) {
      const chain = chains.get(last) ?? new Map<string, number>()
      chains.set(last, chain)
      last = signOf(step.candidate, step.observation)
      count(chain, last)
    }
  }
  return (observation, instruction, history) => {
    const last = history.at(-1)
    const sign = last === undefined ? '' : signOf(last.action, last.observation)
    return pick(chains.get(sign), observation, instruction, history) ?? pick(chains.get(''), observation, instruction, history) ?? nothing
  }
}
