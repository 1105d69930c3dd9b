import { type Database, openDatabase } from './database.ts'
import { unfinishedTable } from './unfinished.ts'

const models = `CREATE TABLE models (
  hash TEXT NOT NULL, path TEXT NOT NULL, dataset TEXT NOT NULL, registered_ms REAL NOT NULL, revoked_ms REAL, retrain_by_ms REAL,
  PRIMARY KEY (hash, path)) STRICT, WITHOUT ROWID`

const datasets = `CREATE TABLE datasets (
  hash TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, purpose TEXT NOT NULL, registered_ms REAL NOT NULL,
  revoked_ms REAL, replaced_by TEXT, PRIMARY KEY (hash, path)) STRICT, WITHOUT ROWID;
CREATE TABLE dataset_episodes (
  dataset TEXT NOT NULL, episode TEXT NOT NULL, person TEXT NOT NULL, session TEXT NOT NULL,
  PRIMARY KEY (dataset, episode)) STRICT, WITHOUT ROWID;
CREATE INDEX dataset_episodes_by_person ON dataset_episodes (person)`

/** From version 4: a release had one folder, the last that it was written to. */
const manyFolders = `ALTER TABLE datasets RENAME TO datasets_4; ALTER TABLE dataset_episodes RENAME TO dataset_episodes_4;
DROP INDEX dataset_episodes_by_person; ${datasets};
INSERT INTO datasets SELECT hash, path, name, purpose, registered_ms, revoked_ms, replaced_by FROM datasets_4;
INSERT INTO dataset_episodes SELECT * FROM dataset_episodes_4; DROP TABLE dataset_episodes_4; DROP TABLE datasets_4`

/** From version 1: a model had one file, the last that it was written to. */
const manyFiles = `ALTER TABLE models RENAME TO models_1; ${models}; INSERT INTO models SELECT * FROM models_1; DROP TABLE models_1`

/** From version 2: nobody could restrict the use of their work. */
const restrictions = 'CREATE TABLE restrictions (subject TEXT PRIMARY KEY, turns INTEGER NOT NULL) STRICT, WITHOUT ROWID'

const tables = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE trusted_keys (key_id TEXT NOT NULL, by TEXT NOT NULL, public_key TEXT NOT NULL, PRIMARY KEY (key_id, by)) STRICT, WITHOUT ROWID;
CREATE TABLE manifests (sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL, put_ms REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipts (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, follows TEXT, document TEXT NOT NULL,
  decided_ms REAL NOT NULL, withdrawn_ms REAL) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_by_person ON receipts (person);
CREATE INDEX receipts_by_follows ON receipts (follows);
CREATE TABLE devices (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, public_key TEXT NOT NULL, enrolled_ms REAL NOT NULL, revoked_ms REAL) STRICT, WITHOUT ROWID;
${datasets};
${models};
CREATE TABLE tombstones (subject TEXT NOT NULL, from_ms REAL NOT NULL, erased_ms REAL NOT NULL, PRIMARY KEY (subject, erased_ms)) STRICT, WITHOUT ROWID;
${restrictions};
${unfinishedTable}
`

/** Opens the control tables: everything the folder knows that is neither recorded work nor a key. */
export function openControl(path: string): Database {
  return openDatabase(path, tables, [manyFiles, restrictions, unfinishedTable, manyFolders])
}

/** A setting, made on first use. */
export function setting(database: Database, name: string, make: () => string): string {
  database.prepare('INSERT OR IGNORE INTO settings VALUES (?, ?)').run(name, make())
  const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(name)
  return String(row?.['value'])
}

/** Gives a setting a value, whatever it had. */
export function putSetting(database: Database, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(name, value)
}

/** Whether a setting was made. */
export function hasSetting(database: Database, name: string): boolean {
  return database.prepare('SELECT 1 FROM settings WHERE name = ?').get(name) !== undefined
}
