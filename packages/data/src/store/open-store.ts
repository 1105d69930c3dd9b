import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
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
import { namesUnder } from './names.ts'
import { finishErasures } from './replay.ts'
import type { Committed, Position } from './segment.ts'
import { finishReplacing } from './replaced-record.ts'
import { type LogOptions, type SegmentLog, openSegmentLog } from './segment-log.ts'
import { type Indexed, Store } from './store.ts'
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
    mkdirSync(dir, { recursive: true, mode: 0o700 })
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
  const index = new Map<string, Indexed>()
  let repeated = 0
  const log = await openLog({
    disk,
    folder: join(dir, 'log'),
    segmentBytes: options.segmentBytes ?? 64 * 1024 * 1024,
    committed: committedIn(ledger.lastStored?.body),
    onRecord: ({ kind, idHash, contentHash }, position) => {
      if (index.has(idHash)) repeated += 1
      index.set(idHash, { position: kind === 'gone' ? null : position, contentHash })
    },
  })
  undo.push(() => log.close())
  dropOrphans(keys, index)
  finishReplacing(keys)
  await enterRecovered({ ledger, log, keys, index })
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
function dropOrphans(keys: KeyStore, index: ReadonlyMap<string, Indexed>): void {
  const orphans = keys.rows().filter((row) => !index.has(row.idHash))
  if (orphans.length > 0) keys.destroyRecords(orphans.map((row) => row.idHash))
}

interface Recovered {
  readonly ledger: Ledger
  readonly log: SegmentLog
  readonly keys: KeyStore
  readonly index: ReadonlyMap<string, Indexed>
}

/** Records that reached the log before a crash kept their entry from the ledger. */
async function enterRecovered({ ledger, log, keys, index }: Recovered): Promise<void> {
  const known = committedIn(ledger.lastStored?.body)
  const end = log.end()
  const beyond = end.segment > known.segment || end.toByte > known.toByte
  if (!beyond || log.report.records === 0) return
  // What stands in another record's place was received before, and its receipt given then.
  const replaced = keys.replaced()
  const late = keys.rows().filter(({ idHash }) => !replaced.has(idHash) && isBeyond(index.get(idHash)?.position ?? undefined, known))
  await Promise.all([ledger.append('stored', { ...end, recovered: true }), ...late.map((row) => enterSegment(ledger, row))])
}

function isBeyond(position: Position | undefined, known: Committed): boolean {
  if (position === undefined) return false
  return position.segment > known.segment || (position.segment === known.segment && position.atByte >= known.toByte)
}

function committedIn(body: Readonly<Record<string, unknown>> | undefined): Committed {
  const { segment, toByte } = body ?? {}
  return typeof segment === 'number' && typeof toByte === 'number' ? { segment, toByte } : { segment: 0, toByte: 0 }
}
