import type { Action, Episode, Modality, Observation, Row, Split } from '@overt/schema'

import { withoutHand } from './hand.ts'
import { pseudonym } from './hash.ts'
import { isoWeek } from './week.ts'

/** How the rows of one episode are named in a release. */
export interface Naming {
  readonly salt: Uint8Array
  readonly split: Split
}

/** The name of an episode in a release: it rotates with the salt. */
export function episodeName(salt: Uint8Array, episode: Episode): string {
  return pseudonym(salt, 'episode', `${episode.person}\0${episode.id}`)
}

/** One row per step. Times become weeks, people and receipts pseudonyms. Lone surrogates, which UTF-8 can't hold, give way to U+FFFD outside of the trees, whose JSON escapes them. */
export function rowsOf(episode: Episode, { salt, split }: Naming): Row[] {
  const shared = {
    episode_id: episodeName(salt, episode),
    episode_steps: episode.steps.length,
    split,
    person: pseudonym(salt, 'person', episode.person),
    receipt: pseudonym(salt, 'receipt', episode.receipt),
    app: episode.app.toWellFormed(),
    template: episode.template.toWellFormed(),
    goal: episode.goal.toWellFormed(),
    outcome: episode.outcome,
    outcome_by: episode.outcomeBy,
    week: isoWeek(episode.startedAtEpochMs),
  }
  return episode.steps.map(({ index, observation, action }) => ({
    ...shared,
    step_index: index,
    observation: JSON.stringify(observation),
    action: JSON.stringify(action),
    action_kind: action.kind,
    target_node: action.target?.node ?? -1,
    argument: action.argument.toWellFormed(),
  }))
}

/** The episode with only what the modalities show, without `paths` nothing that tells one hand from another; null where they do not hold `actions`. */
export function limit(episode: Episode, modalities: readonly Modality[]): Episode | null {
  if (!modalities.includes('actions')) return null
  const text = modalities.includes('text')
  const structure = modalities.includes('structure')
  const own = modalities.includes('paths') ? episode.steps : withoutHand(episode.steps)
  if (text && structure) return { ...episode, steps: own }
  const steps = own.map((step) => ({
    ...step,
    observation: limitObservation(step.observation, text, structure),
    action: limitAction(step.action, text, structure),
  }))
  return { ...episode, steps }
}

function limitObservation(observation: Observation, text: boolean, structure: boolean): Observation {
  if (!structure) return { ...observation, title: text ? observation.title : '', nodes: [] }
  return { ...observation, nodes: observation.nodes.map((node) => ({ ...node, value: text ? node.value : '' })) }
}

const textual: ReadonlySet<Action['kind']> = new Set(['type', 'answer', 'dialog'])

function limitAction(action: Action, text: boolean, structure: boolean): Action {
  const bare = (one: Action['target']): Action['target'] => (one === null || structure ? one : { ...one, name: '' })
  const shown = text ? {} : { before: '', after: '', argument: textual.has(action.kind) ? '' : action.argument }
  return { ...action, ...shown, target: bare(action.target), to: bare(action.to) }
}
