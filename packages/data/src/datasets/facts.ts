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
  const looks = episode.steps.map((step) => lookOf(step.observation))
  const content = contentHash(episode, looks)
  const signatures = signaturesOf(episode.goal, content, looks)
  return { name, person, session, receipt, app, template, startedAtEpochMs, outcome, steps: episode.steps.length, content, signatures }
}

/** Equal for episodes that hold the same work: what was seen and done, under which goal, with which outcome. */
export function contentOf(episode: Episode): string {
  return contentHash(
    episode,
    episode.steps.map((step) => lookOf(step.observation)),
  )
}

function contentHash(episode: Episode, looks: readonly string[]): string {
  const steps = episode.steps.map(({ action }, place) => [
    looks[place],
    action.kind,
    action.target?.role ?? '',
    action.target?.name ?? '',
    action.argument,
    action.modifiers,
  ])
  return sha256(JSON.stringify([episode.app, episode.template, episode.goal, episode.outcome, steps])).slice(0, 32)
}

/** A goal together with what was seen under it, ids, order and geometry aside. Without a goal a page seen twice tells nothing: there the whole episode counts. */
export function signaturesOf(goal: string, content: string, looks: readonly string[]): string[] {
  if (goal === '') return [content]
  const plain = goal.toLowerCase().replace(/\s+/gu, ' ').trim()
  return [...new Set(looks.map((look) => sha256(`${plain}\0${look}`).slice(0, 16)))]
}

/** What an observation shows as a hash: roles, names and values, whatever their ids, order, case and places. */
export function lookOf({ nodes }: Observation): string {
  const rows = nodes.map(({ role, name, value, options }) => `${role}|${name}|${value}|${options.length}`)
  return sha256(rows.toSorted().join('\n').toLowerCase()).slice(0, 32)
}
