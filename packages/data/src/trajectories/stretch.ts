import { decodeColumns } from '@overt/schema/words'
import type { Batch, Event, Observation } from '@overt/schema'

/** A run of events of one document, in the order of `seq`, with the observations that were sensed meanwhile: what one batch decodes to. */
export interface Stretch {
  /** The document of the session: `seq` and observation ids are its own. */
  readonly producer: string
  /** Origin of the page. */
  readonly app: string
  readonly receipt: string
  readonly closedAtEpochMs: number
  readonly events: readonly Event[]
  readonly observations: readonly Observation[]
}

/** What decides where a batch stands in its session. */
export type Placed = Pick<Batch, 'producer' | 'firstSeq' | 'closedAtEpochMs'>

/** Decodes a batch. Throws `RangeError` where its columns do not fit together. */
export function stretchOf(batch: Batch): Stretch {
  const { events, observations } = decodeColumns(batch)
  return {
    producer: batch.producer,
    app: batch.origin,
    receipt: batch.receipt,
    closedAtEpochMs: batch.closedAtEpochMs,
    events,
    observations,
  }
}

/** Rule 1.1: a document's batches by `firstSeq`; between documents the one that was closed first. The order of arrival plays no part. */
export function inOrder<T extends Placed>(batches: readonly T[]): T[] {
  const queues = [...Map.groupBy(batches, (batch) => batch.producer)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, own]) => own.toSorted((left, right) => left.firstSeq - right.firstSeq || left.closedAtEpochMs - right.closedAtEpochMs))
  const ordered: T[] = []
  const heads = queues.map(() => 0)
  while (ordered.length < batches.length) {
    const next = earliest(queues, heads)
    const head = queues[next]?.[heads[next] ?? 0]
    if (head === undefined) break
    heads[next] = (heads[next] ?? 0) + 1
    ordered.push(head)
  }
  return ordered
}

function earliest(queues: readonly (readonly Placed[])[], heads: readonly number[]): number {
  let best = -1
  let bestEpochMs = Infinity
  queues.forEach((queue, place) => {
    const head = queue[heads[place] ?? 0]
    if (head === undefined || head.closedAtEpochMs >= bestEpochMs) return
    best = place
    bestEpochMs = head.closedAtEpochMs
  })
  return best
}
