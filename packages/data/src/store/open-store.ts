import { randomBytes } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { type Key, keyOf, keyedHash } from './cipher.ts'
import { hasSetting, openControl, setting } from './control.ts'
import type { Database } from './database.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { openLedgerKey, openTenantKey } from './key-file.ts'
import { KeyStore } from './keys.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { enterSegment } from './ledger-person.ts'
import { verifyLedger } from './ledger-verify.ts'
import { DataError } from './error.ts'
import { assertParts } from './folder-parts.ts'
import { lockFolder } from './lock.ts'
import { makeFolder } from './make-folder.ts'
import { namesUnder } from './names.ts'
import { RecordIndex } from './record-index.ts'
import { finishErasures } from './replay.ts'
import type { Committed } from './segment.ts'
import { finishReplacing } from './replaced-record.ts'
import { type LogOptions, type SegmentLog, openSegmentLog } from './segment-log.ts'
import { Store } from './store.ts'
import { Tombstones } from './tombstone.ts'
import { undoAll } from './undo.ts'

/** Options of a data folder; the defaults are this machine's clock and disk. */
export interface StoreOptions {
  readonly nowEpochMs?: () => number
  readonly disk?: Disk
  /** Size at which the log begins a new file. */
  readonly segmentBytes?: number
}

/** Opens a data folder, making it where it is missing. Throws `DataError` where another process owns it or where it is damaged; then nothing was changed. */
export async function openStore(dir: string, options: StoreOptions = {}): Promise<Store> {
  const undo: (() => void | Promise<void>)[] = [takeFolder(dir)]
  try {
    return await openParts(dir, options, undo)
  } catch (cause) {
    // What failed first explains what fails now.
    await undoAll(undo.reverse()).catch(() => undefined)
    throw cause
  }
}

function takeFolder(dir: string): () => void {
  try {
    makeFolder(dir)
    chmodSync(dir, 0o700)
    return lockFolder(dir)
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    throw new DataError(
      'invalid',
      `${dir} can't be used as a data folder: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    )
  }
}

async function openParts(dir: string, options: StoreOptions, undo: (() => void | Promise<void>)[]): Promise<Store> {
  const nowEpochMs = options.nowEpochMs ?? Date.now
  const disk = options.disk ?? nodeDisk()
  assertParts(dir, false)
  const tenantKey = keyOf(openTenantKey(dir))
  const control = openControl(join(dir, 'control.sqlite'))
  undo.push(() => control.close())
  const founded = hasSetting(control, 'founded')
  assertParts(dir, founded)
  const tenant = setting(control, 'tenant', () => randomBytes(9).toString('base64url'))
  const keys = new KeyStore(join(dir, 'keys.sqlite'), tenant, tenantKey)
  undo.push(() => keys.close())
  assertTenantKey(control, tenantKey, dir)
  const name = namesUnder(tenantKey)
  const tombstones = new Tombstones(control)
  finishErasures(keys, tombstones, name)
  const key = await openLedgerKey(dir)
  if (!founded) await disk.syncFolder(dir)
  const ledger = await openLedger({ dir, disk, tenant, key, nowEpochMs, salt: (person) => keys.salt(person) })
  undo.push(() => ledger.close())
  if (!founded) await disk.syncFolder(dir)
  const committed = committedIn(ledger.lastStored?.body)
  const segmentBytes = options.segmentBytes ?? 64 * 1024 * 1024
  const { log, index, repeated, late } = await openIndexed({ disk, folder: join(dir, 'log'), segmentBytes, committed })
  undo.push(() => log.close())
  dropOrphans(keys, index)
  finishReplacing(keys)
  if (isBeyond(log.end(), committed)) await enterRecovered({ control, ledger, log, keys, late })
  if (!founded) await found(control, disk, dir)
  const unlock = undo[0] as () => void // as: the first step is the lock's own undo
  return new Store({ dir, nowEpochMs, control, keys, log, ledger, name, tombstones, index, repeated, unlock })
}

/** From here on a folder that lacks a part has lost it, so all their names lie on the device first; each did before the next was made. */
async function found(control: Database, disk: Disk, dir: string): Promise<void> {
  await disk.syncFolder(dir)
  await disk.syncFolder(dirname(resolve(dir)))
  setting(control, 'founded', () => 'yes')
}

/** Another folder's key would make new records that open beside old ones that never do. */
function assertTenantKey(control: Database, tenantKey: Key, dir: string): void {
  const check = keyedHash(tenantKey, 'this is the key of this folder')
  if (setting(control, 'key-check', () => check) !== check)
    throw new DataError('key', `The tenant key in ${dir} is not the one that this folder was made with. Restore the right tenant.key.`)
}

interface IndexedLog {
  readonly log: SegmentLog
  readonly index: RecordIndex
  /** Records that stand in it more than once. */
  readonly repeated: number
  /** Names of records beyond what the ledger says that the log has. */
  readonly late: ReadonlySet<string>
}

async function openIndexed(options: Omit<LogOptions, 'onRecord'>): Promise<IndexedLog> {
  const index = new RecordIndex()
  const late = new Set<string>()
  let repeated = 0
  const onRecord: LogOptions['onRecord'] = (record, position) => {
    if (!index.put(record, position)) repeated += 1
    if (isBeyond({ segment: position.segment, toByte: position.atByte + position.sizeBytes }, options.committed)) late.add(record.idHash)
  }
  return { log: await openLog({ ...options, onRecord }), index, repeated, late }
}

/** What the log must hold stands in the ledger: where the two disagree, it may be the ledger that was changed. */
async function openLog(options: LogOptions): Promise<SegmentLog> {
  try {
    return await openSegmentLog(options)
  } catch (cause) {
    const dir = dirname(options.folder)
    const { firstBad } = await verifyLedger(dir)
    if (firstBad === null) throw cause
    throw new DataError(
      'damaged',
      `The ledger in ${dir} is damaged at entry ${firstBad}, and the log does not fit to it. Nothing was changed.`,
      cause,
    )
  }
}

/** Keys whose ciphertext a crash kept from the log. */
function dropOrphans(keys: KeyStore, index: RecordIndex): void {
  const orphans = keys
    .names()
    .filter((idHash) => !index.has(idHash))
    .toArray()
  if (orphans.length > 0) keys.destroyRecords(orphans)
}

interface Recovered extends Pick<IndexedLog, 'log' | 'late'> {
  readonly control: Database
  readonly ledger: Ledger
  readonly keys: KeyStore
}

/** Records that reached the log before a crash kept their entry from the ledger. */
async function enterRecovered({ control, ledger, log, keys, late }: Recovered): Promise<void> {
  if (log.report.records === 0) return
  // What stands in another record's place was received before, and its receipt given then.
  const replaced = keys.replaced()
  const rows = [...late].flatMap((idHash) => (replaced.has(idHash) ? [] : (keys.row(idHash) ?? [])))
  await Promise.all([
    ledger.append('stored', { ...log.end(), recovered: true }),
    ...rows.map((row) => enterSegment({ control, ledger }, row)),
  ])
}

function isBeyond(end: Committed, known: Committed): boolean {
  return end.segment > known.segment || (end.segment === known.segment && end.toByte > known.toByte)
}

function committedIn(body: Readonly<Record<string, unknown>> | undefined): Committed {
  const { segment, toByte } = body ?? {}
  return typeof segment === 'number' && typeof toByte === 'number' ? { segment, toByte } : { segment: 0, toByte: 0 }
}
