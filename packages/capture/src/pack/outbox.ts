import type { Permit } from '@overt/privacy'
import type { Observation } from '@overt/schema'

import { nowEpochMs, random01 } from '../natives.ts'
import type { Boundary } from '../observe/boundary.ts'
import type { Undo } from '../observe/scribe.ts'
import type { Transport } from '../send/delivery.ts'
import { createQueue } from '../send/queue.ts'
import { watchEnd } from '../send/watch.ts'
import { type Packed, packStrip, type Sender } from './batch.ts'
import type { Counters } from './counters.ts'
import { randomId } from './random.ts'
import { createMasks } from './masks.ts'
import type { Redactor } from './redactor.ts'
import type { Roll, Strip } from './roll.ts'
import type { Taint } from './taint.ts'

/** Events that make a batch of their own before its time. */
const fullBatch = 400

/** What the outbox works with. */
export interface OutboxParts {
  readonly roll: Roll
  readonly transport: Transport
  readonly sender: Sender
  readonly counters: Counters
  readonly boundary: Boundary
  readonly flushMs: number
  readonly redactor: Redactor | Promise<Redactor>
  readonly taint: Taint
  /** What of an observation may be masked and sent by now. */
  readonly veil: (observation: Observation) => Observation
  onSent(packed: Packed): void
  onStop(reason: string): void
  /** What waits has changed. */
  onChange(): void
}

/** From the roll to the wire: masks, packs and hands on. */
export interface Outbox {
  /** Hears of a withdrawal elsewhere, while the page is seen. */
  watch(page: Document): Undo
  /** Something was put on the roll. */
  noticed(): void
  flush(): Promise<void>
  /** So many events are lost, or were never told: says so in the stream, and where the person sees it. */
  lose(reason: string, count: number): void
  /** Packs and sends what can be sent without waiting: the page goes away. */
  unload(): void
  /** Forgets what has not left; gives the number of events and batches. */
  discard(): number
  readonly queued: number
  /** Events that were given up. */
  readonly lost: number
}

/** Makes an outbox for one recording. */
export function createOutbox(permit: Permit, parts: OutboxParts): Outbox {
  const { roll, counters, boundary } = parts
  const wait = (delayMs: number): Promise<void> => new Promise((done) => void boundary.later('wait', done, delayMs))
  const masks = createMasks(parts.redactor, wait, () => counters.count('redactor.missing'), parts.taint)
  let timer: Undo | null = null
  let lost = 0
  const lose = (reason: string, count: number): void => {
    counters.count(`lost.${reason}`, count)
    lost += count
    roll.put({ kind: 'gap', reason, count }, null)
  }
  const queue = createQueue(parts.transport, {
    ...parts,
    onRetry: (reason) => counters.count(`retry.${reason}`),
    onLost: ({ batch }, reason) => lose(reason, batch.count),
    onMoved: () => parts.onChange(),
    random01,
    wait,
  })
  const packOne = (strip: Strip): void => {
    const mask = masks.of(strip.episode)
    try {
      if (mask !== null) queue.add(packStrip(permit, strip, parts.sender, mask, newBatch(parts)))
    } catch {
      lose('unpacked', strip.events.length)
    }
  }
  const pack = (): void => {
    timer?.()
    timer = null
    if (!masks.ready() || permit.signal.aborted) return
    // Twice: what could not be packed is told at once, since the page may be gone before anything else happens.
    for (let turn = 0; turn < 2; turn += 1) roll.take().forEach(packOne)
    parts.onChange()
  }
  return {
    watch: (page) => watchEnd(permit, page, parts, wait),
    noticed: () => {
      if (roll.waiting >= fullBatch) pack()
      else timer ??= boundary.later('pack', pack, parts.flushMs)
    },
    flush: async () => {
      await masks.opened
      pack()
      await queue.idle()
    },
    unload: () => {
      masks.giveUp()
      pack()
      queue.unload()
    },
    lose,
    discard: () => roll.clear() + queue.clear(),
    get queued() {
      return roll.waiting + queue.length
    },
    get lost() {
      return lost
    },
  }
}

/** What a batch is made with. */
function newBatch({ counters, veil }: OutboxParts): Parameters<typeof packStrip>[4] {
  return {
    id: randomId(),
    nowEpochMs: nowEpochMs(),
    veil,
    // Asked when all else of the batch is made: what is not sent is counted in the next.
    get counters() {
      return counters.takeNew()
    },
  }
}
