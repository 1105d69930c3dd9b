import { existsSync } from 'node:fs'

import {
  type RegisteredDataset,
  dropEpisodes,
  replaceDataset,
  revokeDataset,
  revokeModel,
  selectDatasets,
  selectEpisodes,
  selectLineage,
  selectModels,
} from '../store/lineage.ts'
import type { Store } from '../store/store.ts'
import { noteRevoked } from './model-note.ts'

const dayMs = 86_400_000

/** How much an erasure reached. */
export interface EraseReach {
  readonly events: number
  readonly frames: number
  readonly episodes: number
  readonly datasets: number
  readonly models: number
}

/** Makes a release's next version without some episodes, writes `revoked.jsonl`, and leaves none of their bytes in the folder. */
export type Reemit = (release: {
  readonly hash: string
  readonly name: string
  readonly path: string
  readonly dropEpisodes: readonly string[]
}) => Promise<{ readonly hash: string }>

interface Released {
  readonly datasets: number
  readonly models: number
  readonly left: string[]
}

/** Whose episodes go: all of a person, or those of sessions that they name. */
export interface ErasedEpisodes {
  readonly person: string
  readonly session: string | null
  readonly whole: boolean
  readonly sessions: readonly string[]
}

/** A release and the episodes in it that go. */
export interface ReleasedEpisodes {
  readonly hash: string
  readonly episodes: readonly string[]
}

/** Every release that holds erased episodes now: one that is revoked is not found again. */
export function releasesWith(store: Store, { person, session, whole, sessions }: ErasedEpisodes): readonly ReleasedEpisodes[] {
  const lineage = selectLineage(store.control, person, session).filter((row) => whole || sessions.includes(row.session))
  return [...Map.groupBy(lineage, (row) => row.dataset)].map(([hash, rows]) => ({ hash, episodes: rows.map((row) => row.episode) }))
}

/** Revokes releases that hold erased episodes, and every model that was trained on one. */
export async function revokeReleases(
  store: Store,
  releases: readonly ReleasedEpisodes[],
  { retrainDays, reemit }: { readonly retrainDays: number; readonly reemit: Reemit | undefined },
): Promise<Released> {
  const parts: Revoked[] = []
  for (const { hash, episodes } of releases) parts.push(await revokeRelease(store, hash, episodes, reemit))
  const left = parts.flatMap(({ problems }) => problems)
  const hashes = new Set(parts.flatMap((part) => part.hashes))
  return { datasets: releases.length, models: revokeModels(store, hashes, retrainDays * dayMs, left), left }
}

/** What became of a release that lost episodes. */
interface Revoked {
  /** In words, what could not be done. */
  readonly problems: readonly string[]
  /** The release, and those after it that held some of the episodes too. */
  readonly hashes: readonly string[]
  /** False where it has to be tried again. */
  readonly isOver: boolean
}

const done: Revoked = { problems: [], hashes: [], isOver: true }

/** Marks a release, and takes episodes out of each of its folders once nothing else is made anew. */
export function revokeRelease(store: Store, hash: string, episodes: readonly string[], reemit: Reemit | undefined): Promise<Revoked> {
  revokeDataset(store.control, hash, store.nowEpochMs())
  return store.remaking.run(() => revoke(store, hash, episodes, reemit))
}

async function revoke(store: Store, hash: string, episodes: readonly string[], reemit: Reemit | undefined): Promise<Revoked> {
  revokeDataset(store.control, hash, store.nowEpochMs())
  const parts: Revoked[] = [{ problems: [], hashes: [hash], isOver: true }]
  for (const folder of selectDatasets(store.control).filter((one) => one.hash === hash))
    // Made anew already: before a crash, or for somebody else since this one was asked for.
    if (folder.replacedBy !== null) parts.push(await revokeNext(store, folder.replacedBy, episodes, reemit))
    else parts.push(await makeAnew(store, folder, episodes, reemit))
  const isOver = parts.every((part) => part.isOver)
  // Until then the lineage says what is to go: the next run, or the same erasure once more, finds it.
  if (isOver) dropEpisodes(store.control, hash, episodes)
  return { problems: parts.flatMap(({ problems }) => problems), hashes: parts.flatMap(({ hashes }) => hashes), isOver }
}

async function revokeNext(store: Store, hash: string, episodes: readonly string[], reemit: Reemit | undefined): Promise<Revoked> {
  const held = selectEpisodes(store.control, hash).filter(({ episode }) => episodes.includes(episode))
  if (held.length === 0) return done
  const names = held.map(({ episode }) => episode)
  return revoke(store, hash, names, reemit)
}

async function makeAnew(
  store: Store,
  { hash, name, path }: RegisteredDataset,
  gone: readonly string[],
  reemit: Reemit | undefined,
): Promise<Revoked> {
  if (reemit === undefined || !existsSync(path))
    return { ...done, problems: [`dataset ${name} at ${path}: revoked, but its files were not made anew`] }
  try {
    const next = await reemit({ hash, name, path, dropEpisodes: gone })
    replaceDataset(store.control, { hash, path }, next.hash)
    return done
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown'
    const problem = `dataset ${name} at ${path}: revoked, but making it anew failed (${why}); erase once more to try again`
    return { ...done, problems: [problem], isOver: false }
  }
}

function revokeModels(store: Store, datasets: ReadonlySet<string>, retrainMs: number, left: string[]): number {
  const nowEpochMs = store.nowEpochMs()
  const models = selectModels(store.control).filter((model) => datasets.has(model.dataset))
  for (const { hash, path } of models) {
    revokeModel(store.control, hash, nowEpochMs, nowEpochMs + retrainMs)
    if (!noteRevoked({ hash, path }, nowEpochMs + retrainMs))
      left.push(`model ${hash.slice(0, 12)}: flagged here, but its file is not at ${path} any more`)
  }
  return models.length
}
