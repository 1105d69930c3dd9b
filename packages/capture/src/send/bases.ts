import { sha256Hex } from '@overt/privacy'
import type { Batch, Observation } from '@overt/schema'
import { type Base, type Difference, encodeDifference, toldBase } from '@overt/schema/words'

/** Documents whose last batch is remembered: an extension sends for many. */
const mostBases = 16

/** What the server says that it remembers, so that batches can be told by what differs from it. */
export interface Bases {
  /** A batch as a difference; null where it has to be sent whole. `bytes`: the whole of it, as it would be signed. */
  tell(batch: Batch, seen: readonly Observation[], bytes: Uint8Array<ArrayBuffer>): Promise<Difference | null>
  has(batch: Batch): boolean
  keep(batch: Batch, seen: readonly Observation[]): void
  /** The server could not take its difference. */
  drop(batch: Batch): void
}

/** Remembers nothing yet. */
export function createBases(): Bases {
  const bases = new Map<string, Base>()
  const drop = ({ producer }: Batch): void => void bases.delete(producer)
  return {
    has: ({ producer }) => bases.has(producer),
    tell: async (batch, seen, bytes) => {
      const base = bases.get(batch.producer)
      try {
        return base === undefined ? null : encodeDifference(base, batch, seen, await sha256Hex(bytes))
      } catch {
        // A fault of ours: whole it can be sent all the same.
        drop(batch)
        return null
      }
    },
    keep: (batch, seen) => {
      if (seen.length === 0) return
      if (bases.size > mostBases) bases.clear()
      bases.set(batch.producer, toldBase(batch, seen))
    },
    drop,
  }
}
