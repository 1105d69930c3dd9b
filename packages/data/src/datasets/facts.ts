import type { Episode, Observation } from '@overt/schema'

import { sha256 } from './hash.ts'

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
  readonly signatures: readonly string[]
}

/** Facts of an episode under its name in the release. */
export function factsOf(episode: Episode, name: string): Facts {
  const { person, session, receipt, app, template, startedAtEpochMs, outcome } = episode
  const content = contentOf(episode)
  const signatures = signaturesOf(
    episode.goal,
    content,
    episode.steps.map((step) => step.observation),
  )
  return { name, person, session, receipt, app, template, startedAtEpochMs, outcome, steps: episode.steps.length, content, signatures }
}

function contentOf(episode: Episode): string {
  const steps = episode.steps.map(({ observation, action }) => [
    look(observation),
    action.kind,
    action.target?.role ?? '',
    action.target?.name ?? '',
    action.argument,
    action.modifiers,
  ])
  return sha256(JSON.stringify([episode.app, episode.template, episode.goal, episode.outcome, steps])).slice(0, 32)
}

/** A goal together with what was seen under it, ids, order and geometry aside. Without a goal a page seen twice tells nothing: there the whole episode counts. */
export function signaturesOf(goal: string, content: string, observations: readonly Observation[]): string[] {
  if (goal === '') return [content]
  const plain = goal.toLowerCase().replace(/\s+/gu, ' ').trim()
  return [...new Set(observations.map((observation) => sha256(`${plain}\0${look(observation)}`).slice(0, 16)))]
}

function look({ nodes }: Observation): string {
  const rows = nodes.map(({ role, name, value, options }) => `${role}|${name.toLowerCase()}|${value.toLowerCase()}|${options.length}`)
  return rows.toSorted().join('\n')
}
