import type { TrainOptions } from '@overt/learn'
import { Worker } from 'node:worker_threads'

import type { Taught, ToTeach } from './trainer.ts'

/** Trains in a thread of its own, so that the page sees the loss as it falls and its recordings are answered meanwhile. */
export function trainApart(
  task: ToTeach,
  onEpoch: (epoch: Parameters<NonNullable<TrainOptions['onEpoch']>>[0]) => void,
): Promise<Extract<Taught, { kind: 'trained' }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./trainer.ts', import.meta.url), { workerData: task })
    worker.on('message', (taught: Taught) => (taught.kind === 'epoch' ? onEpoch(taught.epoch) : resolve(taught)))
    worker.once('error', reject)
    // After a result this is the rejection of a settled promise: nothing happens.
    worker.once('exit', (code) => reject(new Error(`the training thread ended with ${code}`)))
  })
}
