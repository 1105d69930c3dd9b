import type { LedgerEntry, Manifest, Receipt } from '@overt/schema'

import type { Followed } from './follow.ts'
import type { Sent } from './sent.ts'

/** What the person's own machine knows, without asking anybody. */
export interface Own {
  readonly receipts: readonly Receipt[]
  /** Withdrawals by the person, of receipts by id. */
  readonly withdrawn: readonly { readonly receipt: string; readonly atEpochMs: number }[]
  /** Devices under the names that batches give them. */
  readonly devices: readonly string[]
  readonly sent: readonly Sent[]
  /** Ids of batches that the person has had erased. */
  readonly erased: readonly string[]
  /** When the person looked at their own recordings: each has to be an entry. */
  readonly looked: readonly number[]
  /** The manifests that the person was asked about. */
  readonly manifests: readonly Manifest[]
  /** Why the recorder stopped by itself, as `indicator.covered`. */
  readonly stopped: readonly string[]
  /** Where this machine is one of several of its person's. Not there: it knows all that they ever did. */
  readonly elsewhere?: Elsewhere
}

/** What a person did on another machine of theirs, which this one can only be told. */
export interface Elsewhere {
  /** Entries before this index were there before this machine began to look. */
  readonly before: number
  /** Indexes of entries that the person says are of another machine of theirs. */
  readonly entries: readonly number[]
}

/** Something that the person did, and that was answered: it has to be an entry. */
export interface Act {
  readonly kind: 'read' | 'withdrawal' | 'erasure'
  /** Of a read: what was read, as `sessions`. */
  readonly what?: string
  readonly atEpochMs: number
}

/** What is known where nothing was recorded, as in a page of the server's own: what the person did there. */
export interface Seen {
  readonly acts: readonly Act[]
  /** The manifests that the person was asked about there. */
  readonly manifests: readonly Manifest[]
}

/** What a person's client keeps from one check to the next. */
export interface OwnMemory {
  readonly followed: Followed
  /** The person's names in the ledger; an erasure gives a new one. */
  readonly names: readonly string[]
  readonly own: readonly LedgerEntry[]
  readonly open: readonly LedgerEntry[]
  /** When the log was followed last without a fault. */
  readonly seenAtEpochMs: number
}
