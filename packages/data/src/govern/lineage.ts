import type { Purpose } from '@overt/schema'

import {
  type LineageEpisode,
  type Release,
  insertDataset,
  insertModel,
  revokeModel,
  selectDatasets,
  selectLineage,
  selectModels,
  selectReleases,
  selectRevoked,
} from '../store/lineage.ts'
import type { Store } from '../store/store.ts'
import { beginChange, endMaking, enterChange } from '../store/unfinished.ts'
import { noteRevoked, usualRetrainDays } from './model-note.ts'

const dayMs = 86_400_000

/** Keeps which episodes a release holds, so that an erasure can reach it. */
export async function registerDataset(
  store: Store,
  dataset: {
    readonly hash: string
    readonly name: string
    /** Absolute path of its folder. */
    readonly path: string
    readonly purpose: Purpose
    readonly episodes: readonly LineageEpisode[]
    /** When its rows were taken from recordings; now, unless it is a copy. */
    readonly madeAtEpochMs?: number
  },
): Promise<void> {
  const entry = { kind: 'dataset', who: null, body: { hash: dataset.hash, purpose: dataset.purpose, episodes: dataset.episodes.length } }
  const begun = beginChange(store, entry, () => {
    insertDataset(store.control, dataset, dataset.episodes, dataset.madeAtEpochMs ?? store.nowEpochMs())
    endMaking(store.control, dataset.path)
  })
  await enterChange(store, begun)
}

/** Keeps which release a model was trained on, and every file that it was written to. One whose release, or whose like, an erasure has reached is revoked from the start. */
export async function registerModel(
  store: Store,
  model: { readonly hash: string; /** Absolute path of its file. */ readonly path: string; readonly dataset: string },
): Promise<void> {
  const nowEpochMs = store.nowEpochMs()
  const retrainByEpochMs = nowEpochMs + usualRetrainDays * dayMs
  const revoked = isModelRevoked(store, model)
  const body = { model: model.hash, dataset: model.dataset, ...(revoked ? { revoked } : {}) }
  const begun = beginChange(store, { kind: 'training', who: null, body }, () => {
    insertModel(store.control, model, nowEpochMs)
    if (revoked) revokeModel(store.control, model.hash, nowEpochMs, retrainByEpochMs)
  })
  if (revoked) noteRevoked(model, retrainByEpochMs)
  await enterChange(store, begun)
}

/** Whether an erasure has reached a model, or the release it was trained on, as far as this folder knows. */
export function isModelRevoked(store: Store, model: { readonly hash: string; readonly dataset: string }): boolean {
  return selectRevoked(store.control, model)
}

/** The releases that this folder built, oldest first, with whose work is in them. */
export function releasesOf(store: Store): readonly Release[] {
  return selectReleases(store.control)
}

/** What a person's sessions went into, by session: releases by name, and the models trained on those. What an erasure has reached since is left out. */
export function usesOf(
  store: Store,
  person: string,
): ReadonlyMap<string, { readonly datasets: readonly string[]; readonly models: number }> {
  const datasets = new Map(selectDatasets(store.control).map(({ hash, name }) => [hash, name]))
  const models = selectModels(store.control).filter(({ revokedAtEpochMs }) => revokedAtEpochMs === null)
  const bySession = Map.groupBy(selectLineage(store.control, person, null), ({ session }) => session)
  return new Map(
    [...bySession].map(([session, rows]) => {
      const hashes = new Set(rows.map(({ dataset }) => dataset))
      const names = new Set([...hashes].map((hash) => datasets.get(hash) ?? hash))
      return [session, { datasets: [...names], models: models.filter(({ dataset }) => hashes.has(dataset)).length }]
    }),
  )
}
