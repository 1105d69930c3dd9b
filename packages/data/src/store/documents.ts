import type { Manifest, Receipt, TrustedKey } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import type { Database } from './database.ts'
import { type SqlRow, optionalNumberOf, textOf } from './column.ts'

/** A receipt as the store keeps it. */
export interface StoredReceipt {
  readonly receipt: Receipt
  readonly withdrawnAtEpochMs: number | null
}

/** Keeps a signed manifest under its hash; new signatures replace older ones. */
export function insertManifest(database: Database, sha256: string, manifest: Manifest, nowEpochMs: number): void {
  database.prepare('INSERT OR REPLACE INTO manifests VALUES (?, ?, ?, ?)').run(sha256, manifest.id, canonicalJson(manifest), nowEpochMs)
}

/** A manifest by its hash; the caller checks it again. */
export function selectManifest(database: Database, sha256: string): Manifest | undefined {
  const row = database.prepare('SELECT document FROM manifests WHERE sha256 = ?').get(sha256)
  return row === undefined ? undefined : (JSON.parse(textOf(row, 'document')) as Manifest) // as: checked when it was put, and again by decide()
}

/** All manifests, newest first. */
export function selectManifests(database: Database): Manifest[] {
  const rows = database.prepare('SELECT document FROM manifests ORDER BY put_ms DESC, sha256').all()
  return rows.map((row) => JSON.parse(textOf(row, 'document')) as Manifest) // as: checked when it was put
}

/** Manifests that somebody with an enrolled device has answered, whatever became of the answer. */
export function selectAnsweredManifests(database: Database): Manifest[] {
  const sql = `SELECT DISTINCT m.document FROM manifests m JOIN receipts r ON r.manifest_sha256 = m.sha256
    JOIN devices d ON d.person = r.person`
  const rows = database.prepare(sql).all()
  return rows.map((row) => JSON.parse(textOf(row, 'document')) as Manifest) // as: checked when it was put
}

/** Keeps a receipt; false where one of that id is there already. */
export function insertReceipt(database: Database, receipt: Receipt): boolean {
  const { changes } = database
    .prepare('INSERT OR IGNORE INTO receipts VALUES (?, ?, ?, ?, ?, ?, NULL)')
    .run(receipt.id, receipt.person, receipt.manifestSha256, receipt.follows, canonicalJson(receipt), receipt.decidedAtEpochMs)
  return changes === 1
}

/** A receipt by its id. */
export function selectReceipt(database: Database, id: string): StoredReceipt | undefined {
  const row = database.prepare('SELECT document, withdrawn_ms FROM receipts WHERE id = ?').get(id)
  return row === undefined ? undefined : toReceipt(row)
}

/** Receipts of a person, or of all, newest decision first. */
export function selectReceipts(database: Database, person: string | null): StoredReceipt[] {
  const sql = 'SELECT document, withdrawn_ms FROM receipts WHERE ?1 IS NULL OR person = ?1 ORDER BY decided_ms DESC, id'
  return database.prepare(sql).all(person).map(toReceipt)
}

/** Marks receipts as withdrawn. */
export function withdrawReceipts(database: Database, ids: readonly string[], nowEpochMs: number): void {
  const update = database.prepare('UPDATE receipts SET withdrawn_ms = ? WHERE id = ? AND withdrawn_ms IS NULL')
  for (const id of ids) update.run(nowEpochMs, id)
}

/** Trusts a public key for manifests. */
export function insertTrustedKey(database: Database, key: TrustedKey): void {
  database.prepare('INSERT OR REPLACE INTO trusted_keys VALUES (?, ?, ?)').run(key.keyId, key.by, key.publicKey)
}

/** The public keys whose signatures on a manifest count. */
export function selectTrustedKeys(database: Database): TrustedKey[] {
  const rows = database.prepare('SELECT * FROM trusted_keys ORDER BY by, key_id').all()
  return rows.map((row) => ({
    keyId: textOf(row, 'key_id'),
    by: textOf(row, 'by') === 'council' ? 'council' : 'operator',
    publicKey: textOf(row, 'public_key'),
  }))
}

function toReceipt(row: SqlRow): StoredReceipt {
  const receipt = JSON.parse(textOf(row, 'document')) as Receipt // as: checked when it was put, and again by decide()
  return { receipt, withdrawnAtEpochMs: optionalNumberOf(row, 'withdrawn_ms') }
}
