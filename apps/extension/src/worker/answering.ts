import type { SentLog } from '../ledger/sent-log.ts'
import type { Forgotten } from '../talk/message.ts'
import type { Camera } from './camera.ts'
import type { Review } from './review.ts'
import type { Spool } from './spool.ts'

/** What answers are made with. */
export interface Answering {
  readonly spool: Spool
  readonly review: Review
  readonly sentLog: SentLog
  readonly camera: Camera
  readonly nowEpochMs: () => number
  /** Something waits to be sent. */
  readonly nudge: () => void
  /** Has the server erase what waits for it. */
  readonly erase: () => Promise<Forgotten['server']>
  /** Checks the server by its ledger, now. */
  readonly check: () => Promise<void>
  /** Listens for a while to whether the server ends it all. */
  readonly watch: () => Promise<void>
}
