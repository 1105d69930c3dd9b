import type { Action, Observation, ObservationNode, Row } from '@overt/schema'

import { hashText } from '../features/words.ts'
import { createRandom } from '../train/random.ts'
import { nothing, type Policy, type Trial } from './policy.ts'

/**
 * Plays back the actions of one demonstration of the same template, texts verbatim, as a recorded macro does:
 * each on the node of the same role and name, else on the one of that role that is nearest to where it was.
 */
export function macroReplayPolicy(rows: Iterable<Row>, trial: Trial): Policy {
  const episodes = new Map<string, Row[]>()
  for (const row of rows)
    if (row.template === trial.template && row.outcome === 'success')
      episodes.set(row.episode_id, [...(episodes.get(row.episode_id) ?? []), row])
  const random = createRandom(hashText(trial.seed))
  const chosen = [...episodes.values()][Math.floor(random() * episodes.size)] ?? []
  const actions = chosen.toSorted((left, right) => left.step_index - right.step_index).map((row) => JSON.parse(row.action) as Action) // as: the dataset's writer checked it against the schema
  return (observation, _, history) => {
    const action = actions[history.length]
    if (action === undefined) return nothing
    const node = action.target === null ? undefined : same(observation, action.target)
    return { kind: action.kind, node: node?.id ?? -1, argument: action.argument }
  }
}

function same(observation: Observation, target: NonNullable<Action['target']>): ObservationNode | undefined {
  const byRole = observation.nodes.filter((node) => node.role === target.role)
  const byName = byRole.filter((node) => node.name === target.name && target.name !== '')
  const among = byName.length > 0 ? byName : byRole
  return among.toSorted((left, right) => apart(left.box, target.box) - apart(right.box, target.box))[0]
}

function apart(left: ObservationNode['box'], right: ObservationNode['box']): number {
  return Math.abs(left[0] - right[0]) + Math.abs(left[1] - right[1])
}
