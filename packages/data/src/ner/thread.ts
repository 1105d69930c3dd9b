import { parentPort, workerData } from 'node:worker_threads'

import type { Pinned } from './pinned.ts'
import { type Reader, openReader } from './reader.ts'

/** What a thread says: that it reads, why it can't, what it found. */
export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly what: string }
  | { readonly kind: 'found'; readonly found: Awaited<ReturnType<Reader>> }

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origins
const say = (said: Said): void => parentPort?.postMessage(said)
const pinned: Pinned = workerData

try {
  const read = await openReader(pinned)
  parentPort?.on('message', (texts: readonly string[]) => {
    void read(texts).then((found) => say({ kind: 'found', found }))
  })
  say({ kind: 'ready' })
} catch (cause) {
  say({ kind: 'refused', what: cause instanceof Error ? cause.message : String(cause) })
}
