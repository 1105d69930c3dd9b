import { existsSync } from 'node:fs'

import type { RecordRow } from '../store/key-rows.ts'
import { replaceDataset, revokeDataset, revokeModel, selectDatasets, selectLineage, selectModels } from '../store/lineage.ts'
import type { Store } from '../store/store.ts'
import { noteRevoked, usualRetrainDays } from './model-note.ts'

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

/** Revokes every release that holds erased episodes, and every model that was trained on one. */
export async function revokeReleases(
  store: Store,
  reached: { readonly person: string; readonly session: string | null; readonly fromEpochMs: number; readonly rows: readonly RecordRow[] },
  options: { readonly reemit?: Reemit; readonly retrainDays?: number },
): Promise<Released> {
  const sessions = new Set(reached.rows.map((row) => row.session))
  const whole = reached.session === null && reached.fromEpochMs === 0
  const lineage = selectLineage(store.control, reached.person, reached.session).filter((row) => whole || sessions.has(row.session))
  const byDataset = Map.groupBy(lineage, (row) => row.dataset)
  const left: string[] = []
  for (const [hash, rows] of byDataset) {
    const problem = await revokeRelease(
      store,
      hash,
      rows.map((row) => row.episode),
      options.reemit,
    )
    if (problem !== undefined) left.push(problem)
  }
  const models = revokeModels(store, new Set(byDataset.keys()), (options.retrainDays ?? usualRetrainDays) * dayMs, left)
  return { datasets: byDataset.size, models, left }
}

/** Takes episodes out of a release; says in words what could not be done. */
export async function revokeRelease(
  store: Store,
  hash: string,
  episodes: readonly string[],
  reemit: Reemit | undefined,
): Promise<string | undefined> {
  const release = selectDatasets(store.control).find((dataset) => dataset.hash === hash)
  revokeDataset(store.control, hash, episodes, store.nowEpochMs())
  if (release === undefined) return undefined
  const { name, path } = release
  if (reemit === undefined || !existsSync(path)) return `dataset ${name} at ${path}: revoked, but its files were not made anew`
  try {
    const next = await reemit({ hash, name, path, dropEpisodes: episodes })
    replaceDataset(store.control, hash, next.hash)
    return undefined
  } catch (cause) {
    return `dataset ${name} at ${path}: revoked, but making it anew failed (${cause instanceof Error ? cause.message : 'unknown'})`
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
