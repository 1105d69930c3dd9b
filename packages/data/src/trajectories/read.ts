import type { Permit } from '@overt/privacy'
import type { Batch, Episode } from '@overt/schema'

import { reduce } from './reduce.ts'
import { inOrder, stretchOf } from './stretch.ts'

/** The part of a store that holds recorded and imported work. */
export interface RecordedWork {
  sessions(permit: Permit, filter?: { readonly reader?: string }): Promise<readonly { readonly session: string }[]>
  batches(permit: Permit, filter: { readonly session: string; readonly reader?: string }): AsyncIterable<Batch>
  episodes(permit: Permit, filter?: { readonly session?: string; readonly reader?: string }): AsyncIterable<Episode>
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
  const sessions = filter.session === undefined ? await store.sessions(permit, reader) : [{ session: filter.session }]
  for (const { session } of sessions) {
    for await (const episode of readSession(permit, store, { session, ...reader })) {
      signal.throwIfAborted()
      yield episode
    }
  }
  const imported = filter.session === undefined ? reader : { session: filter.session, ...reader }
  for await (const episode of store.episodes(permit, imported)) {
    signal.throwIfAborted()
    yield episode
  }
}

async function* readSession(permit: Permit, store: RecordedWork, filter: { session: string; reader?: string }): AsyncGenerator<Episode> {
  const batches: Batch[] = []
  for await (const batch of store.batches(permit, filter)) batches.push(withoutPictures(batch))
  const ordered = inOrder(batches)
  yield* reduce(decoded(ordered), { person: permit.person, session: filter.session })
}

/** A session's pictures would fill the memory, and no step is derived from them. */
function withoutPictures(batch: Batch): Batch {
  const { pictures: _, ...rest } = batch
  return rest
}

/** Decodes batch by batch, so that a long session is never in memory as rows. */
function* decoded(batches: readonly Batch[]): Generator<ReturnType<typeof stretchOf>> {
  for (const batch of batches) yield stretchOf(batch)
}
