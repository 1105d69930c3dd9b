import { readRows, train, type TrainOptions, type Trained } from '@overt/learn'
import { parentPort, workerData } from 'node:worker_threads'

import { failureOf, type Failure } from '../terminal/failure.ts'

/** A release to learn from, and how. */
export interface ToTeach extends Pick<TrainOptions, 'purposes' | 'data' | 'seed'> {
  readonly datasetDir: string
}

/** What the training thread tells: each epoch, then the model, or why there is none. An error's own fields don't cross a thread. */
export type Taught =
  | { readonly kind: 'epoch'; readonly epoch: Parameters<NonNullable<TrainOptions['onEpoch']>>[0] }
  | ({ readonly kind: 'trained' } & Trained)
  | { readonly kind: 'failed'; readonly failure: Failure }

const { datasetDir, ...options } = workerData as ToTeach // as: only trainApart starts this thread
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origins
const tell = (taught: Taught): void => parentPort?.postMessage(taught)
try {
  tell({ kind: 'trained', ...(await train(readRows(datasetDir), { ...options, onEpoch: (epoch) => tell({ kind: 'epoch', epoch }) })) })
} catch (error) {
  tell({ kind: 'failed', failure: failureOf(error) })
}
