import type { Packed } from '../pack/batch.ts'
import type { Transport } from './delivery.ts'

/** Strings make up nearly all of a batch's bytes; this is what the queue may hold of them. */
const maxQueueUnits = 8_000_000
const maxAttempts = 8
const firstWaitMs = 500
const longestWaitMs = 30_000

/** Batches on their way, in order, one at a time. */
export interface Queue {
  add(packed: Packed): void
  /** Resolves when the queue is empty, or the transport has given up. */
  idle(): Promise<void>
  /** Sends what is left at once, without waiting for answers. */
  unload(): void
  /** Forgets what has not left; gives the number of batches. */
  clear(): number
  readonly length: number
}

/** What the queue tells of. */
export interface QueueNews {
  onSent(packed: Packed): void
  /** A batch was given up. */
  onLost(packed: Packed, reason: string): void
  /** The server takes nothing more. */
  onStop(reason: string): void
  onRetry(reason: string): void
  /** The queue has one batch less. */
  onMoved(): void
  random01(): number
  wait(delayMs: number): Promise<void>
}

/** Makes an empty queue. A batch that is retried keeps its id and its content. */
export function createQueue(transport: Transport, news: QueueNews): Queue {
  let waiting: Packed[] = []
  let running: Promise<void> | null = null
  const run = async (): Promise<void> => {
    for (let packed = waiting[0]; packed !== undefined; packed = waiting[0]) {
      await attempt(packed, transport, news, () => waiting[0] === packed)
      if (waiting[0] === packed) waiting.shift()
      news.onMoved()
    }
    running = null
  }
  return {
    add: (packed) => {
      waiting.push(packed)
      while (waiting.length > 1 && weightOf(waiting) > maxQueueUnits) {
        const [oldest] = waiting.splice(running === null ? 0 : 1, 1)
        if (oldest !== undefined) news.onLost(oldest, 'queue.full')
      }
      running ??= run()
    },
    idle: () => running ?? Promise.resolve(),
    unload: () => {
      for (const packed of waiting.splice(running === null ? 0 : 1)) void lastTry(packed, transport, news)
    },
    clear: () => {
      const lost = waiting.length
      waiting = []
      return lost
    },
    get length() {
      return waiting.length
    },
  }
}

async function lastTry(packed: Packed, transport: Transport, news: QueueNews): Promise<void> {
  const delivery = await transport.deliver(packed.batch, true)
  if (delivery.kind === 'done') news.onSent(packed)
  else news.onLost(packed, 'unload')
}

function weightOf(waiting: readonly Packed[]): number {
  return waiting.reduce((sum, { batch }) => sum + batch.strings.reduce((units, text) => units + text.length, 1_000), 0)
}

async function attempt(packed: Packed, transport: Transport, news: QueueNews, wanted: () => boolean): Promise<void> {
  for (let turn = 0; turn < maxAttempts; turn += 1) {
    const delivery = await transport.deliver(packed.batch, false)
    if (delivery.kind === 'done') return news.onSent(packed)
    if (!wanted()) return
    if (delivery.kind === 'stop') return news.onStop(delivery.reason)
    if (delivery.kind === 'refused') return news.onLost(packed, delivery.reason)
    news.onRetry(delivery.reason)
    const longestMs = Math.min(longestWaitMs, firstWaitMs * 2 ** turn)
    await news.wait(Math.max(delivery.afterMs ?? 0, longestMs * (0.5 + news.random01() / 2)))
    if (!wanted()) return
  }
  news.onLost(packed, 'retries')
}
