import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

import { type SqlRow, numberOf } from './column.ts'
import { DataError } from './error.ts'

/** One of the folder's SQLite files. Statements are compiled once: compiling cost more than running them. */
export class Database {
  readonly #file: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #undo: (() => void)[] = []

  constructor(path: string) {
    this.#file = new DatabaseSync(path)
  }

  get isTransaction(): boolean {
    return this.#file.isTransaction
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#file.prepare(sql)
    this.#statements.set(sql, known)
    return known
  }

  /** Rows one at a time, by a statement of their own: another look may begin meanwhile. Nothing is to be awaited or written before the last one. */
  each(sql: string, ...given: readonly SQLInputValue[]): IteratorObject<SqlRow> {
    return this.#file.prepare(sql).iterate(...given)
  }

  exec(sql: string): void {
    this.#file.exec(sql)
  }

  /** Has what memory keeps of a table become again what it was, should the transaction that is open fail. Outside of one, what ran is on the device. */
  onRollback(undo: () => void): void {
    if (this.isTransaction) this.#undo.push(undo)
  }

  commit(): void {
    this.exec('COMMIT')
    this.#undo = []
  }

  /** Memory first: it must not stand for what is not there, whatever the file does. On a full disk, SQLite has rolled back already. */
  rollback(): void {
    for (const undo of this.#undo.splice(0).toReversed()) undo()
    if (this.isTransaction) this.exec('ROLLBACK')
  }

  close(): void {
    this.#statements.clear()
    this.#file.close()
  }
}

/**
 * Opens one of the folder's SQLite files: WAL, a full sync at every commit, deleted bytes overwritten; makes its tables where they are missing.
 * `upgrades[n]` leads from version n + 1 to the next; `tables` are those of the version after the last.
 */
export function openDatabase(path: string, tables: string, upgrades: readonly string[]): Database {
  const fresh = !existsSync(path)
  try {
    const database = new Database(path)
    chmodSync(path, 0o600)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON')
    prepare(database, path, { tables, upgrades, fresh })
    return database
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    throw new DataError(
      'damaged',
      `The file ${path} can't be opened as a database: ${String(cause)}. Nothing was changed. Restore it from a backup.`,
      cause,
    )
  }
}

function prepare(
  database: Database,
  path: string,
  { tables, upgrades, fresh }: { readonly tables: string; readonly upgrades: readonly string[]; readonly fresh: boolean },
): void {
  const version = upgrades.length + 1
  const found = numberOf(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version')
  if (found === version) return
  if (!fresh && (found < 0 || found > version))
    throw new DataError('version', `The file ${path} has version ${found}; this program reads version ${version}.`)
  const steps = found === 0 ? [tables] : upgrades.slice(found - 1)
  transact(database, () => database.exec(`${steps.join('; ')}; PRAGMA user_version = ${version}`))
}

/** Runs statements in one transaction, or in the one that is open; rolls back and rethrows where one fails. */
export function transact<T>(database: Database, body: () => T): T {
  if (database.isTransaction) return body()
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = body()
    database.commit()
    return result
  } catch (cause) {
    database.rollback()
    throw cause
  }
}

/** Writes a copy of a database, as it stands now, into a new file that only its owner reads. */
export function copyDatabase(database: Database, path: string): void {
  // SQLite takes an empty file for a new one, and would let everybody read one that it makes.
  closeSync(openSync(path, 'wx', 0o600))
  database.prepare('VACUUM INTO ?').run(path)
}

/** Rewrites deleted rows out of the files: folds the write-ahead log into the database and empties it. */
export function scrub(database: Database): void {
  const state = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
  if (numberOf(state, 'busy') !== 0) throw new DataError('sync', 'A reader holds the write-ahead log: deleted rows are still in it.')
}
