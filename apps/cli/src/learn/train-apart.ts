import type { TrainOptions } from '@overt/learn'
import { Worker } from 'node:worker_threads'

import { CliError } from '../terminal/failure.ts'
import type { Taught, ToTeach } from './trainer.ts'

/** Trains in a thread of its own, so that this one goes on answering meanwhile: its page, its server, an interrupt. */
export function trainApart(
  task: ToTeach,
  onEpoch: (epoch: Parameters<NonNullable<TrainOptions['onEpoch']>>[0]) => void,
  signal: AbortSignal,
): Promise<Extract<Taught, { kind: 'trained' }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./trainer.ts', import.meta.url), { workerData: task })
    const stop = (): void => {
      reject(new Error('interrupted', { cause: signal.reason }))
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (taught: Taught) => {
      if (taught.kind === 'epoch') return onEpoch(taught.epoch)
      if (taught.kind === 'trained') return resolve(taught)
      const { code, exitCode, message, remedy } = taught.failure
      reject(new CliError(code, exitCode, message, remedy))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      // After a result this is the rejection of a settled promise: nothing happens.
      reject(new Error(`the training thread ended with ${code}`))
    })
    if (signal.aborted) stop()
  })
}
