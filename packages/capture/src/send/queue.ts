import type { Packed } from '../pack/batch.ts'
import type { Transport } from './delivery.ts'

/** What the queue may hold: about ten minutes offline of someone who works fast. */
const maxQueueBytes = 8_000_000
/** Answers that say no for now before a batch is given up, about twenty minutes of them. Without an answer it waits as long as there is room. */
const maxAnswers = 45
const firstWaitMs = 500
const longestWaitMs = 30_000

/** Batches on their way, in order, one at a time. */
export interface Queue {
  add(packed: Packed): void
  /** Resolves when the queue is empty, or the transport has given up. */
  idle(): Promise<void>
  /** Sends all that waits at once: the page may be gone in a moment, or come back. What is not answered stays; what arrives twice is one batch. */
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
  const sent = (packed: Packed): void => {
    const at = waiting.indexOf(packed)
    if (at === -1) return
    waiting.splice(at, 1)
    news.onSent(packed)
    news.onMoved()
  }
  const run = async (): Promise<void> => {
    for (let packed = waiting[0]; packed !== undefined; packed = waiting[0]) {
      if (await attempt(packed, transport, news, () => waiting[0] === packed)) sent(packed)
      else if (waiting[0] === packed) waiting.shift()
      news.onMoved()
    }
    running = null
  }
  return {
    add: (packed) => {
      waiting.push(packed)
      transport.prepare?.(packed.batch, packed.observations)
      while (waiting.length > 1 && weightOf(waiting) > maxQueueBytes) {
        const [oldest] = waiting.splice(running === null ? 0 : 1, 1)
        if (oldest !== undefined) news.onLost(oldest, 'queue.full')
      }
      running ??= run()
    },
    idle: () => running ?? Promise.resolve(),
    unload: () => {
      for (const packed of waiting) void transport.deliver(packed.batch, true).then(({ kind }) => kind === 'done' && sent(packed))
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

/** An estimate from above in bytes of JSON: texts, 100 a row that is told, 100 an event. */
function weightOf(waiting: readonly Packed[]): number {
  return waiting.reduce((sum, { batch }) => {
    const rows = batch.count + batch.observations.ids.length
    return batch.strings.reduce((bytes, text) => bytes + text.length, sum + 1_000 + 100 * rows)
  }, 0)
}

/** Whether it arrived. */
async function attempt(packed: Packed, transport: Transport, news: QueueNews, wanted: () => boolean): Promise<boolean> {
  for (let turn = 0, answers = 0; answers < maxAnswers; turn += 1) {
    const delivery = await transport.deliver(packed.batch, false)
    if (delivery.kind === 'done') return true
    if (!wanted()) return false
    if (delivery.kind !== 'retry') {
      if (delivery.kind === 'stop') news.onStop(delivery.reason)
      else news.onLost(packed, delivery.reason)
      return false
    }
    if (delivery.reason !== 'network') answers += 1
    news.onRetry(delivery.reason)
    const longestMs = Math.min(longestWaitMs, firstWaitMs * 2 ** turn)
    await news.wait(Math.max(delivery.afterMs ?? 0, longestMs * (0.5 + news.random01() / 2)))
    if (!wanted()) return false
  }
  news.onLost(packed, 'retries')
  return false
}
