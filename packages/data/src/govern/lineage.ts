import type { Purpose } from '@overt/schema'

import { type LineageEpisode, insertDataset, insertModel, selectRelease } from '../store/lineage.ts'
import type { Store } from '../store/store.ts'

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
  },
): Promise<void> {
  insertDataset(store.control, dataset, dataset.episodes, store.nowEpochMs())
  await store.ledger.append('dataset', { hash: dataset.hash, purpose: dataset.purpose, episodes: dataset.episodes.length })
}

/** Keeps which release a model was trained on. */
export async function registerModel(
  store: Store,
  model: { readonly hash: string; /** Absolute path of its file. */ readonly path: string; readonly dataset: string },
): Promise<void> {
  insertModel(store.control, model, store.nowEpochMs())
  await store.ledger.append('training', { model: model.hash, dataset: model.dataset })
}

/** A release that this folder built, with whose work is in it; undefined for any other. */
export function releaseOf(store: Store, hash: string): ReturnType<typeof selectRelease> {
  return selectRelease(store.control, hash)
}
