import type { Batch } from '@overt/schema'

/** Least that a trial measures. */
export const eventsPerTrial = 12_000
export const leastBatches = 1_000
/** Batches after which a batch costs no less: the first 300 of them took a fifth more. */
export const compiled = 1_000

/** Before the clock starts half as much again is sent, and what a server takes until all of its code is compiled: one that runs for days has that behind it. */
export function sizeOf(batches: readonly Pick<Batch, 'count'>[]): { readonly batches: number; readonly warm: number } {
  const events = batches.reduce((sum, { count }) => sum + count, 0)
  const count = Math.max(leastBatches, Math.round((eventsPerTrial * batches.length) / events))
  return { batches: count, warm: Math.max(compiled, Math.ceil(count / 2)) }
}
