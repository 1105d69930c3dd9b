import { sha256Hex } from './cipher.ts'
import { textOf } from './column.ts'
import type { Database } from './database.ts'
import { DataError } from './error.ts'
import type { RecordRow } from './key-rows.ts'
import type { KeyStore } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { Naming } from './names.ts'
import type { RecordIndex } from './record-index.ts'
import type { SegmentLog } from './segment-log.ts'

/** Records that stand in another one's place, by its name. */
export const replacedTable = `CREATE TABLE replaced (
  record TEXT PRIMARY KEY REFERENCES records ON DELETE CASCADE, replaces TEXT NOT NULL) STRICT, WITHOUT ROWID`

/** Writes down in whose place a record stands. */
export function putReplaced(database: Database, record: string, replaces: string): void {
  database.prepare('INSERT OR REPLACE INTO replaced VALUES (?, ?)').run(record, replaces)
}

/** By the name of each record that stands in another one's place, that one's. */
export function selectReplaced(database: Database): ReadonlyMap<string, string> {
  const rows = database.prepare('SELECT record, replaces FROM replaced').all()
  return new Map(rows.map((row) => [textOf(row, 'record'), textOf(row, 'replaces')]))
}

/** What a replacement works on. */
export interface ReplaceParts {
  readonly log: SegmentLog
  readonly keys: KeyStore
  readonly ledger: Ledger
  readonly index: RecordIndex
  readonly name: Naming
  /** Runs a step while nothing is appended. */
  readonly between: <T>(step: () => Promise<T>) => Promise<T>
}

/** What stands in a record's place. */
export interface Replacement {
  readonly bytes: Uint8Array
  /** How many pictures it has. */
  readonly pictures: number
  /** The pictures that it has no more; nothing is said of those any longer. */
  readonly without: readonly number[]
}

/**
 * Puts less in a record's place: it is written anew under a key of its own, and the old key is destroyed once that lies on the device.
 * A crash leaves the one or, when the folder is opened again, the other. What was received stays known by the old name, so that it is not taken anew.
 */
export function replaceRecord(
  { between, ...parts }: ReplaceParts,
  idHash: string,
  change: (opened: Buffer) => Replacement | undefined,
): Promise<boolean> {
  return between(async () => {
    const old = await opened(parts, idHash)
    const replacement = change(old.bytes)
    if (replacement === undefined) return false
    await write(parts, old, replacement)
    return true
  })
}

type Parts = Omit<ReplaceParts, 'between'>

interface Opened {
  readonly row: RecordRow
  readonly contentHash: string
  readonly bytes: Buffer
}

async function opened({ log, keys, index }: Parts, idHash: string): Promise<Opened> {
  const record = await log.read(() => index.position(idHash))
  const found = record === undefined ? undefined : keys.open(idHash, record.sealed)
  if (record === undefined || found === undefined)
    throw new DataError('unknown', 'There is no such record, or it was erased: nothing was changed.')
  return { ...found, contentHash: record.contentHash }
}

async function write({ log, keys, ledger, index, name }: Parts, old: Opened, replacement: Replacement): Promise<void> {
  const { bytes, pictures, without } = replacement
  const row = { ...old.row, idHash: name('replaced', old.row.idHash), pictures }
  const sealed = keys.sealInPlace({ row, bytes }, { replaces: old.row.idHash, without })
  const record = { kind: row.kind, idHash: row.idHash, contentHash: old.contentHash, sealed }
  const positions = await log.append([record])
  // In one turn: no read finds both, or none.
  for (const position of positions) index.put(record, position)
  keys.destroyRecords([old.row.idHash])
  await ledger.append('stored', { ...log.end(), records: 1, sha256: sha256Hex(sealed) })
}

/** A crash may have come between a record that stands in another one's place and the end of that one's key. */
export function finishReplacing(keys: KeyStore): void {
  const over = [...keys.replaced().values()].filter((idHash) => keys.hasRecord(idHash))
  if (over.length > 0) keys.destroyRecords(over)
}
