import type { Permit } from '@overt/privacy'
import type { Batch, Observation } from '@overt/schema'

/** What became of one attempt. `base`: the server remembers it, and may be told the next one by it. `stop`: the server will take nothing more from this device under this receipt. */
export type Delivery =
  | { readonly kind: 'done'; readonly base?: boolean }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number | null }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'stop'; readonly reason: string }

/** Takes a batch to where it belongs. `unloading`: the page may be gone in a moment; what needs the fewest turns arrives. */
export interface Transport {
  deliver(batch: Batch, unloading: boolean): Promise<Delivery>
  /** Answers once the receipt no longer allows the purpose (`stop`), or after a while that it does (`done`). */
  readonly watch?: (permit: Permit, signal: AbortSignal) => Promise<Delivery>
  /** Makes ready what can be made ready before its turn. `seen`: the batch's observations in rows; what is not prepared with them is sent whole. */
  prepare?(batch: Batch, seen: readonly Observation[]): void
}

/** Hands batches to the page's own function. What it throws or rejects with is tried again. */
export function callbackTransport(send: (batch: Batch) => void | Promise<void>): Transport {
  return {
    deliver: async (batch) => {
      try {
        await send(batch)
        return { kind: 'done' }
      } catch {
        return { kind: 'retry', reason: 'send', afterMs: null }
      }
    },
  }
}
