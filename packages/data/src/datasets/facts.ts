import type { Episode, Observation } from '@overt/schema'

import { sha256 } from './hash.ts'
import { sketch } from './near.ts'

/** What a build must know of every episode before it writes the first row: small, so that memory stays flat. */
export interface Facts {
  /** The episode's name in the release. */
  readonly name: string
  readonly person: string
  readonly session: string
  readonly receipt: string
  readonly app: string
  readonly template: string
  readonly startedAtEpochMs: number
  readonly outcome: Episode['outcome']
  readonly steps: number
  /** Equal for episodes that hold the same work, whoever did it. */
  readonly content: string
  /** What may not stand on both sides of a split. */
  readonly signatures: readonly number[]
}

/** Facts of an episode under its name in the release. */
export function factsOf(episode: Episode, name: string): Facts {
  const { person, session, receipt, app, template, startedAtEpochMs, outcome } = episode
  const content = contentOf(episode)
  const signatures = signaturesOf(episode.goal, content, episode.steps)
  return { name, person, session, receipt, app, template, startedAtEpochMs, outcome, steps: episode.steps.length, content, signatures }
}

/** Equal for episodes that hold the same work: what was seen and done, under which goal, with which outcome. */
export function contentOf(episode: Episode): string {
  const steps = episode.steps.map(({ observation, action }) => [
    lookOf(observation),
    action.kind,
    action.target?.role ?? '',
    action.target?.name ?? '',
    action.argument,
    action.modifiers,
  ])
  return sha256(JSON.stringify([episode.app, episode.template, episode.goal, episode.outcome, steps])).slice(0, 32)
}

/** Sketches of the screens seen under the goal. Without a goal a page seen twice tells nothing: there the whole episode counts. */
function signaturesOf(goal: string, content: string, steps: Episode['steps']): number[] {
  if (goal === '') return [Number.parseInt(content.slice(0, 12), 16)]
  return [...new Set(steps.flatMap((step) => sketch(goal, step.observation)))]
}

/** What an observation shows as a hash, whatever its ids, order, case and places. */
function lookOf({ nodes }: Observation): string {
  const rows = nodes.map(({ role, name, value, options }) => `${role}|${name}|${value}|${options.length}`)
  return sha256(rows.toSorted().join('\n').toLowerCase()).slice(0, 32)
}
