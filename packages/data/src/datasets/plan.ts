import { randomBytes } from 'node:crypto'

import type { Permit } from '@overt/privacy'
import type { DatasetSpec, Episode, Purpose } from '@overt/schema'

import { readEpisodes, type RecordedWork } from '../trajectories/read.ts'
import { factsOf, type Facts } from './facts.ts'
import { episodeName, limit } from './rows.ts'
import { select } from './select.ts'
import { assign, type Assigned } from './split.ts'

/** What a build needs of the house around it. */
export interface DatasetContext {
  readonly store: RecordedWork
  /** One permit per live receipt for the purpose: decided anew, now. */
  permits(purpose: Purpose): AsyncIterable<Permit>
  /** Everyone who has anything in the store. */
  persons(): Promise<readonly string[]>
  /** Writes down that a release is being made at an absolute path, so that a crash leaves none that nobody knows of. Returns what forgets that where nothing is left there. */
  making(path: string): () => void
  /** Keeps where each episode of the release came from; nothing of it stands in the release. */
  register(release: Release): Promise<void>
  /** Tells, later, whose consent has ended or whose work was erased since now. */
  endings(): (person: string) => boolean
  readonly nowEpochMs: () => number
  /** Salt of the pseudonyms, 32 bytes; fresh for every release unless a test says otherwise. */
  readonly salt?: Uint8Array
}

/** A release and the origin of its episodes. */
export interface Release {
  readonly hash: string
  readonly name: string
  readonly path: string
  readonly purpose: Purpose
  readonly episodes: readonly { readonly episode: string; readonly person: string; readonly session: string }[]
}

/** How far a build is. */
export interface BuildProgress {
  readonly phase: 'read' | 'write'
  readonly episodes: number
  readonly rows: number
}

/** What a release is to hold, and its name. */
export type NamedSpec = DatasetSpec & { readonly name: string }

/** What was found in the first reading, and where each episode goes. */
export interface Plan {
  readonly spec: NamedSpec
  readonly salt: Uint8Array
  readonly facts: readonly Facts[]
  readonly assigned: Assigned
  readonly dropped: Readonly<Record<string, number>>
}

/** Who was met in a reading. */
export interface Met {
  /** People who agree to the purpose. */
  readonly permitted: Set<string>
  /** Those of them whose permit ended while their work was read: not all of it was, and more may be agreed to still. */
  readonly cutOff: Set<string>
}

/** The first reading of a build: only facts are kept of each episode. */
export async function survey(
  context: DatasetContext,
  spec: NamedSpec,
  cutOff: Set<string>,
  onProgress: (progress: BuildProgress) => void,
): Promise<Plan> {
  const salt = context.salt ?? randomBytes(32)
  const all = new Map<string, Facts>()
  const permitted = new Set<string>()
  const dropped: Record<string, number> = {}
  let rows = 0
  for await (const episode of permittedEpisodes(context, spec, { permitted, cutOff })) {
    const name = episodeName(salt, episode)
    if (all.has(name)) dropped['repeated'] = (dropped['repeated'] ?? 0) + 1
    else all.set(name, factsOf(episode, name))
    rows += episode.steps.length
    if (all.size % 100 === 0) onProgress({ phase: 'read', episodes: all.size, rows })
  }
  const without = (await context.persons()).filter((person) => !permitted.has(person)).length
  if (without > 0) dropped['people-without-permit'] = without
  onProgress({ phase: 'read', episodes: all.size, rows })
  return planned(spec, salt, [...all.values()], dropped)
}

function planned(spec: NamedSpec, salt: Uint8Array, all: readonly Facts[], dropped: Record<string, number>): Plan {
  const selected = select(all, spec)
  for (const [reason, count] of selected.dropped) dropped[reason] = count
  const assigned = assign(selected.kept, spec)
  if (assigned.leaking > 0) dropped['leakage'] = assigned.leaking
  return { spec, salt, facts: selected.kept.filter(({ name }) => assigned.split.has(name)), assigned, dropped }
}

/** Every episode that the permits for the spec's purpose allow, with no more than the spec's modalities. Ends where a permit does while its work is read: then the reading is to begin anew. */
export async function* permittedEpisodes(context: DatasetContext, spec: NamedSpec, { permitted, cutOff }: Met): AsyncGenerator<Episode> {
  for await (const permit of context.permits(spec.purpose)) {
    permitted.add(permit.person)
    if (spec.filter?.persons?.includes(permit.person) === false) continue
    try {
      yield* episodesOf(permit, context, spec)
    } catch (cause) {
      if (!permit.signal.aborted) throw cause
      cutOff.add(permit.person)
      return
    }
  }
}

async function* episodesOf(permit: Permit, { store }: DatasetContext, spec: NamedSpec): AsyncGenerator<Episode> {
  const modalities = (spec.modalities ?? permit.modalities).filter((modality) => permit.modalities.includes(modality))
  for await (const episode of readEpisodes(permit, store, { reader: `dataset build ${spec.name}` })) {
    const limited = limit(episode, modalities)
    if (limited !== null) yield limited
  }
}
