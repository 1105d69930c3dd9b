import { createPlaceholderMap, redactObservation, redactText, type PlaceholderMap } from '@overt/privacy'
import type { Action, Observation, ObservationNode } from '@overt/schema'

import type { Act } from './miniwob-acts.ts'

/** What a demonstration looks like after redaction: the same as what the agent sees of a live page. */
export interface Veiled {
  readonly goal: string
  readonly acts: readonly Act[]
}

/** Redacts a demonstration with one map for goal, pages and what was typed, as the agent's own eye does; a secret's argument is the placeholder of the goal's span. */
export function veil(goal: string, acts: readonly Act[]): Veiled {
  const map = createPlaceholderMap()
  const redacted = redactText(goal, { map })
  const secrets = new Map(
    redacted.spans.map((span) => [goal.slice(span.start, span.end), map.placeholder(span.kind, goal.slice(span.start, span.end))]),
  )
  const known = new Map<string, ObservationNode>()
  return {
    goal: redacted.text,
    acts: acts.map(({ action, observation }) => ({
      observation: { ...observation, nodes: nodesOf(observation, map, known) },
      action: actionOf(action, map, secrets),
    })),
  }
}

/** Most nodes stay the same from page to page: each is judged once. */
function nodesOf(observation: Observation, map: PlaceholderMap, known: Map<string, ObservationNode>): ObservationNode[] {
  const key = (node: ObservationNode): string =>
    JSON.stringify([node.name, node.value, node.options, node.role, node.inputType, node.states])
  const fresh = observation.nodes.filter((node) => !known.has(key(node)))
  const judged = redactObservation({ ...observation, nodes: fresh }, map).nodes
  fresh.forEach((node, at) => known.set(key(node), judged[at] ?? node))
  return observation.nodes.map((node) => {
    const same = known.get(key(node))
    return same === undefined ? node : { ...node, name: same.name, value: same.value, options: same.options }
  })
}

function actionOf(action: Action, map: PlaceholderMap, secrets: ReadonlyMap<string, string>): Action {
  const field = action.target?.name ?? ''
  const masked = (text: string): string => (text === '' ? '' : (secrets.get(text) ?? redactText(text, { map, field }).text))
  const target = action.target === null ? null : { ...action.target, name: redactText(action.target.name, { map }).text }
  return { ...action, target, argument: masked(action.argument), before: masked(action.before), after: masked(action.after) }
}
