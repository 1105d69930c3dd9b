import type { Sender } from './requests.ts'

/** What one process of the benchmark serves: ours, or a peer behind the least that an HTTP ingest needs. */
export interface Served {
  readonly port: number
  /** Devices that may send. A peer asks nobody. */
  readonly senders: readonly Sender[]
  /** Batches that are durable, as the store itself counts them. */
  stored(): number | Promise<number>
  /** Processes whose processor time and memory count beside this one's. */
  pids(): readonly number[]
  close(): Promise<unknown>
}

/** A store that the benchmark can open in an empty folder. */
export interface StoreOption {
  readonly name: string
  /** What its 200 means and what it does not do, in one line. */
  readonly means: string
  /** Why it can't run here; undefined where it can. */
  readonly missing?: () => string | undefined
  open(dir: string, given: { readonly origin: string; readonly devices: number }): Promise<Served>
}
