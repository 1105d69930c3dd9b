import { permitsFor, readEpisodes } from '@overt/data'
import { readRows } from '@overt/learn'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { people, type Walk } from './walk.ts'

/** Where the planted string can be read. */
export interface Sightings {
  /** Episodes that the store hands out under a permit. */
  readonly store: number
  /** Rows of releases, read as Parquet. */
  readonly parquet: number
  /** Files of the run that hold it in the clear, byte for byte. */
  readonly bytes: number
  readonly total: number
}

/** Looks for the planted string the way a reader would (the store, the Parquet), and byte by byte in every file of the run. */
export async function sight(walk: Walk, canary: string): Promise<Sightings> {
  const [store, parquet, bytes] = [await inStore(walk, canary), await inReleases(walk, canary), await inBytes(walk.dir, canary)]
  return { store, parquet, bytes, total: store + parquet + bytes }
}

async function inStore({ folder }: Walk, canary: string): Promise<number> {
  let hits = 0
  for await (const permit of permitsFor(folder.store, 'ground', { persons: [people.own] }))
    for await (const episode of readEpisodes(permit, folder.store, { reader: 'overt demo' }))
      if (JSON.stringify(episode).includes(canary)) hits += 1
  return hits
}

async function inReleases({ dir }: Walk, canary: string): Promise<number> {
  let hits = 0
  for (const name of await readdir(dir)) {
    if (!name.startsWith('dataset-')) continue
    for await (const row of rowsOf(join(dir, name))) if (JSON.stringify(row).includes(canary)) hits += 1
  }
  return hits
}

/** A revoked release has no Parquet left, and that is as it should be. */
async function* rowsOf(dir: string): AsyncGenerator<object> {
  const files = await readdir(join(dir, 'data')).catch(() => [])
  if (files.some((file) => file.endsWith('.parquet'))) yield* readRows(dir)
}

async function inBytes(dir: string, canary: string): Promise<number> {
  const needle = Buffer.from(canary)
  let hits = 0
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && (await readFile(join(entry.parentPath, entry.name))).includes(needle)) hits += 1
  return hits
}

/** How many of the person's ciphertexts, of those that lay in the store before, can still be decrypted. */
export async function openable({ folder }: Walk, idHashes: readonly string[]): Promise<number> {
  return folder.store.openable(idHashes)
}
