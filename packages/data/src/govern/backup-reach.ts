import { existsSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Receipt } from '@overt/schema'

import { newKey } from '../store/cipher.ts'
import { hasSetting, setting } from '../store/control.ts'
import type { Database } from '../store/database.ts'
import { selectReceipts } from '../store/documents.ts'
import { KeyStore } from '../store/keys.ts'
import { stopName } from '../store/kill-switch.ts'
import { type Lineage, allLineage } from '../store/lineage.ts'
import { replayErasures } from '../store/replay.ts'
import { type Restriction, Restrictions } from '../store/restriction.ts'
import type { Store } from '../store/store.ts'
import { type Tombstone, Tombstones } from '../store/tombstone.ts'
import { type KeyCopy, isKeyCopyThere, keepKeyCopies, keyCopiesOf, keyCopyDays, keysIn, removeKeyCopy } from './key-copy.ts'
import { syncPath } from './sync-path.ts'

/** What became known after a copy of the keys was made, beside it in `since.json`: a restore must not bring back what was erased or withdrawn. */
export interface Since {
  readonly v: 1
  readonly tombstones: readonly Tombstone[]
  readonly withdrawn: readonly { readonly id: string; readonly atEpochMs: number }[]
  /** Decisions on what was decided before. */
  readonly receipts: readonly Receipt[]
  /** Missing in what was written before there were any. */
  readonly restrictions?: readonly Restriction[]
  /** The same: where work went that a later erasure has to follow, releases of after the copy too. */
  readonly lineage?: Lineage
  /** The same: the stop that holds, as it is written down; '' where none does. */
  readonly stop?: string
}

/** Carries erasures and withdrawals into every copy of the keys, and deletes those that are too old. Returns in words what it could not reach. */
export function reachBackups(store: Store): string[] {
  const left: string[] = []
  const kept = keyCopiesOf(store.control).filter((copy) => {
    try {
      return reachCopy(store, copy)
    } catch (cause) {
      const until = new Date(copy.atEpochMs + keyCopyDays * dayMs).toISOString().slice(0, 10)
      left.push(
        `the copy of the keys at ${copy.path}: ${cause instanceof Error ? cause.message : String(cause)}; it is refused after ${until}`,
      )
      return true
    }
  })
  keepKeyCopies(store.control, kept)
  return left
}

const dayMs = 86_400_000

/** False where the copy is no more. */
function reachCopy(store: Store, copy: KeyCopy): boolean {
  const isThere = isKeyCopyThere(store.control, copy)
  if (isExpired(store, copy)) {
    if (isThere) endCopy(store, copy)
    return false
  }
  if (!isThere || !existsSync(keysIn(copy))) throw new Error('it is not there')
  writeSince(store, copy)
  // It opens nothing, so any key will do.
  const keys = new KeyStore(keysIn(copy), '', newKey())
  try {
    replayErasures(keys, store.tombstones, (...name) => store.hash(...name), copy.atEpochMs)
  } finally {
    keys.close()
  }
  return true
}

function endCopy(store: Store, copy: KeyCopy): void {
  removeKeyCopy(store.dir, copy)
  if (readdirSync(copy.path).length === 0) rmdirSync(copy.path)
}

/** What the control tables know of erasures and decisions on earlier decisions. All of it, not only what is newer than a copy: clocks may be set back. */
export function sinceOf(control: Database): Since {
  const known = selectReceipts(control, null)
  return {
    v: 1,
    tombstones: new Tombstones(control).all(),
    withdrawn: known.flatMap(({ receipt, withdrawnAtEpochMs }) =>
      withdrawnAtEpochMs === null ? [] : [{ id: receipt.id, atEpochMs: withdrawnAtEpochMs }],
    ),
    receipts: known.map(({ receipt }) => receipt).filter(({ follows }) => follows !== null),
    restrictions: new Restrictions(control).all(),
    lineage: allLineage(control),
    stop: hasSetting(control, stopName) ? setting(control, stopName, () => '') : '',
  }
}

function writeSince(store: Store, { path }: KeyCopy): void {
  const since = sinceOf(store.control)
  const file = join(path, 'since.json')
  writeFileSync(`${file}.new`, JSON.stringify(since), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  syncPath(path)
}

function isExpired(store: Store, { atEpochMs }: KeyCopy): boolean {
  return store.nowEpochMs() - atEpochMs > keyCopyDays * dayMs
}
