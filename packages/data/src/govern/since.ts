import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Receipt } from '@overt/schema'

import { hasSetting, putSetting, setting } from '../store/control.ts'
import type { Database } from '../store/database.ts'
import { type Device, mergeRevoked, selectRevoked } from '../store/device.ts'
import { insertReceipt, selectReceipts, withdrawReceipts } from '../store/documents.ts'
import { stopName } from '../store/kill-switch.ts'
import { type Lineage, allLineage, mergeLineage } from '../store/lineage.ts'
import { type Restriction, Restrictions } from '../store/restriction.ts'
import { type Tombstone, Tombstones } from '../store/tombstone.ts'
import { type KeyCopy, keyCopiesOf, rememberKeyCopies } from './key-copy.ts'
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
  /** The same: copies of the keys that an erasure has to reach. */
  readonly copies?: readonly KeyCopy[]
  /** The same: devices that have ended. */
  readonly revoked?: readonly Device[]
  /** The same: when it was written. */
  readonly toldAtEpochMs?: number
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
    copies: keyCopiesOf(control),
    revoked: selectRevoked(control),
  }
}

/** The setting that names the file in which a folder tells copies of the keys what became known in it. */
const fileName = 'since-file'

/** Lets a folder that is restored tell in a file of its own: the folder that the copy was made of, and others that were restored from it, may go on telling. */
export function tellApart(control: Database): void {
  putSetting(control, fileName, `since-${randomBytes(6).toString('hex')}.json`)
}

/** Tells a copy of the keys what became known in a folder. */
export function tellSince(control: Database, { path }: KeyCopy, nowEpochMs: number): void {
  const since: Since = { ...sinceOf(control), toldAtEpochMs: nowEpochMs }
  const file = join(
    path,
    setting(control, fileName, () => 'since.json'),
  )
  writeFileSync(`${file}.new`, JSON.stringify(since), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  syncPath(path)
}

/** Names of files that tell a copy of the keys what became known since. */
export const sinceNames = /^since(-[0-9a-f]{12})?\.json$/

/** All that a copy of the keys was told, what was told last at the end. */
export function sincesIn(place: string): readonly Since[] {
  const names = readdirSync(place).filter((name) => sinceNames.test(name))
  const told = names.map((name) => JSON.parse(readFileSync(join(place, name), 'utf8')) as Since) // as: written by tellSince alone
  return told.toSorted((left, right) => (left.toldAtEpochMs ?? 0) - (right.toldAtEpochMs ?? 0))
}

/** Makes control tables that are older know it. */
export function learnSince(control: Database, tombstones: Tombstones, since: Since): void {
  for (const { subject, fromEpochMs, erasedAtEpochMs } of since.tombstones) tombstones.put(subject, fromEpochMs, erasedAtEpochMs)
  // One that is only known from here may be withdrawn already.
  for (const receipt of since.receipts) insertReceipt(control, receipt)
  for (const { id, atEpochMs } of since.withdrawn) withdrawReceipts(control, [id], atEpochMs)
  new Restrictions(control).merge(since.restrictions ?? [])
  if (since.lineage !== undefined) mergeLineage(control, since.lineage)
  // A copy of before it lifts no stop: two keys do.
  if (since.stop !== undefined && since.stop !== '') putSetting(control, stopName, since.stop)
  rememberKeyCopies(control, since.copies ?? [])
  for (const device of since.revoked ?? []) mergeRevoked(control, device)
}
