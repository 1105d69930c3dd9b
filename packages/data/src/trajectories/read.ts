import type { Permit } from '@overt/privacy'
import type { Batch, Episode } from '@overt/schema'

import { reduce } from './reduce.ts'
import { inOrder, stretchOf } from './stretch.ts'

/** The part of a store that holds recorded and imported work. */
export interface RecordedWork {
  sessions(permit: Permit): Promise<readonly { readonly session: string }[]>
  batches(permit: Permit, filter: { readonly session: string; readonly reader?: string }): AsyncIterable<Batch>
  episodes(permit: Permit, filter?: { readonly reader?: string }): AsyncIterable<Episode>
}

/** Which episodes to read, and in whose words the ledger tells of it. */
export interface EpisodeFilter {
  readonly session?: string
  readonly reader?: string
}

/** Episodes of the permit's person: those of recorded sessions, derived now and one session at a time, then imported ones. Throws what the permit's signal was aborted with. */
export async function* readEpisodes(permit: Permit, store: RecordedWork, filter: EpisodeFilter = {}): AsyncGenerator<Episode> {
  const reader = filter.reader === undefined ? {} : { reader: filter.reader }
  const { signal } = permit
  for (const { session } of await store.sessions(permit)) {
    if (filter.session !== undefined && filter.session !== session) continue
    for await (const episode of readSession(permit, store, { session, ...reader })) {
      signal.throwIfAborted()
      yield episode
    }
  }
  for await (const episode of store.episodes(permit, reader)) {
    signal.throwIfAborted()
    if (filter.session === undefined || filter.session === episode.session) yield episode
  }
}

async function* readSession(permit: Permit, store: RecordedWork, filter: { session: string; reader?: string }): AsyncGenerator<Episode> {
  const batches: Batch[] = []
  for await (const batch of store.batches(permit, filter)) batches.push(batch)
  const ordered = inOrder(batches)
  yield* reduce(decoded(ordered), { person: permit.person, session: filter.session })
}

/** Decodes batch by batch, so that a long session is never in memory as rows. */
function* decoded(batches: readonly Batch[]): Generator<ReturnType<typeof stretchOf>> {
  for (const batch of batches) yield stretchOf(batch)
}
