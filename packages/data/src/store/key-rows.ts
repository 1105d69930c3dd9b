import type { Database } from './database.ts'
import { type SqlRow, bytesOf, numberOf, textOf } from './column.ts'
import type { RecordKind } from './record.ts'

/** Tables of the key store. Whose a record is stands only here, so that deleting rows here unlinks the log. */
export const keyTables = `
CREATE TABLE persons (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL, salt BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES persons ON DELETE CASCADE, session TEXT NOT NULL,
  device TEXT NOT NULL, mode TEXT NOT NULL, origin TEXT NOT NULL, wrapped BLOB NOT NULL, UNIQUE (person, session)) STRICT;
CREATE TABLE records (
  id_hash TEXT PRIMARY KEY, session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE, kind TEXT NOT NULL, id TEXT NOT NULL,
  receipt TEXT NOT NULL, form TEXT NOT NULL, wrapped BLOB NOT NULL, at_ms REAL NOT NULL, received_ms REAL NOT NULL,
  events INTEGER NOT NULL, observations INTEGER NOT NULL, tasks INTEGER NOT NULL, content TEXT NOT NULL DEFAULT '',
  pictures INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_session ON records (session)
`

/** From version 1: what a record was made of was known to its sender alone. */
export const knownContent = `ALTER TABLE records ADD COLUMN content TEXT NOT NULL DEFAULT ''`

/** From version 2: nothing recorded before had pictures. */
export const withPictures = 'ALTER TABLE records ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0'

/** What the key store knows of a record beside its key. */
export interface RecordRow {
  readonly idHash: string
  readonly kind: RecordKind
  /** Id of the batch or episode. */
  readonly id: string
  /** SHA-256 of the content as it was received; '' of what was stored before version 2. */
  readonly contentSha256: string
  readonly person: string
  readonly session: string
  readonly device: string
  readonly mode: string
  readonly origin: string
  readonly receipt: string
  /** Name and version of the plain text's format: `overt.batch/1`. */
  readonly form: string
  /** The device's clock when it was closed. */
  readonly atEpochMs: number
  readonly receivedAtEpochMs: number
  readonly events: number
  readonly observations: number
  /** Tasks begun in it; 1 for an imported episode. */
  readonly tasks: number
  readonly pictures: number
}

const columns = `r.id_hash, r.kind, r.id, s.person, s.session, s.device, s.mode, s.origin, r.receipt, r.form, r.at_ms, r.received_ms,
  r.events, r.observations, r.tasks, r.content, r.pictures`

/** Whose records, or of which session: all where neither is said. */
export interface Whose {
  readonly person?: string
  readonly session?: string
}

/** Records one at a time, in the order they were received or, which takes no sorting, in any. */
export function selectRecords(database: Database, { person, session }: Whose, order: 'received' | 'any'): IteratorObject<RecordRow> {
  // One statement for each case: `? IS NULL OR person = ?` would read the whole table.
  const wanted = [person === undefined ? [] : ['s.person = ?'], session === undefined ? [] : ['s.session = ?']].flat()
  const sql = `SELECT ${columns} FROM records r JOIN sessions s ON s.id = r.session
    ${wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`}`
  const given = [person, session].filter((value) => value !== undefined)
  return database.each(order === 'any' ? sql : `${sql} ORDER BY r.received_ms, r.at_ms, r.id`, ...given).map(toRow)
}

/** One record by its hash. */
export function selectRecord(database: Database, idHash: string): RecordRow | undefined {
  const row = database.prepare(`SELECT ${columns} FROM records r JOIN sessions s ON s.id = r.session WHERE r.id_hash = ?`).get(idHash)
  return row === undefined ? undefined : toRow(row)
}

/** A record's wrapped key. */
export function selectWrapped(database: Database, idHash: string): Uint8Array | undefined {
  const row = database.prepare('SELECT wrapped FROM records WHERE id_hash = ?').get(idHash)
  return row === undefined ? undefined : bytesOf(row, 'wrapped')
}

/** Inserts a record, or replaces one whose ciphertext a crash kept from the log. */
export function insertRecord(database: Database, row: RecordRow, sessionRow: number, wrapped: Uint8Array): void {
  database
    .prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      row.idHash,
      sessionRow,
      row.kind,
      row.id,
      row.receipt,
      row.form,
      wrapped,
      row.atEpochMs,
      row.receivedAtEpochMs,
      row.events,
      row.observations,
      row.tasks,
      row.contentSha256,
      row.pictures,
    )
}

function toRow(row: SqlRow): RecordRow {
  return {
    idHash: textOf(row, 'id_hash'),
    kind: textOf(row, 'kind') === 'episode' ? 'episode' : 'batch',
    id: textOf(row, 'id'),
    person: textOf(row, 'person'),
    session: textOf(row, 'session'),
    device: textOf(row, 'device'),
    mode: textOf(row, 'mode'),
    origin: textOf(row, 'origin'),
    receipt: textOf(row, 'receipt'),
    form: textOf(row, 'form'),
    atEpochMs: numberOf(row, 'at_ms'),
    receivedAtEpochMs: numberOf(row, 'received_ms'),
    events: numberOf(row, 'events'),
    observations: numberOf(row, 'observations'),
    tasks: numberOf(row, 'tasks'),
    contentSha256: textOf(row, 'content'),
    pictures: numberOf(row, 'pictures'),
  }
}
