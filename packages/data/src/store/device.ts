import type { Database } from './database.ts'
import { type SqlRow, numberOf, optionalNumberOf, textOf } from './column.ts'
import { selectReceipt } from './documents.ts'

/** How far a device's clock may be from the server's. */
export const maxSkewMs = 5 * 60_000

/** A device that may send a person's batches. */
export interface Device {
  readonly id: string
  readonly person: string
  /** Ed25519, 32 raw bytes in base64url. */
  readonly publicKey: string
  readonly enrolledAtEpochMs: number
  /** When it ended, for good; null while it may send. */
  readonly revokedAtEpochMs: number | null
}

/** Keeps a device; an id is used once. */
export function insertDevice(database: Database, device: Device): void {
  database
    .prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?)')
    .run(device.id, device.person, device.publicKey, device.enrolledAtEpochMs, device.revokedAtEpochMs)
}

/** A device by its id. */
export function selectDevice(database: Database, id: string): Device | undefined {
  const row = database.prepare('SELECT * FROM devices WHERE id = ?').get(id)
  return row === undefined ? undefined : toDevice(row)
}

/** Whether a device of this person was ever enrolled. */
export function hasDevice(database: Database, person: string): boolean {
  return database.prepare('SELECT 1 FROM devices WHERE person = ?').get(person) !== undefined
}

/** All devices that were ever enrolled for a person, oldest first. */
export function selectDevices(database: Database, person: string): Device[] {
  return database.prepare('SELECT * FROM devices WHERE person = ? ORDER BY enrolled_ms, id').all(person).map(toDevice)
}

/** The device of this name: its id, or that of a receipt that its key signed. */
export function selectDeviceNamed(database: Database, name: string): Device | undefined {
  const device = selectDevice(database, name)
  if (device !== undefined) return device
  const receipt = selectReceipt(database, name)?.receipt
  return receipt && selectDeviceByKey(database, receipt.publicKey, receipt.person)
}

/** Ends a device for good, by its key, which may have been enrolled under several ids; false where it had ended already, or is not there. */
export function revokeDevice(database: Database, id: string, nowEpochMs: number): boolean {
  const sql = `UPDATE devices SET revoked_ms = ? WHERE public_key = (SELECT public_key FROM devices WHERE id = ?) AND revoked_ms IS NULL`
  return database.prepare(sql).run(nowEpochMs, id).changes > 0
}

/** Ends all devices of a person. */
export function revokeDevices(database: Database, person: string, nowEpochMs: number): void {
  database.prepare('UPDATE devices SET revoked_ms = ? WHERE person = ? AND revoked_ms IS NULL').run(nowEpochMs, person)
}

/** Every device that has ended. */
export function selectRevoked(database: Database): Device[] {
  return database.prepare('SELECT * FROM devices WHERE revoked_ms IS NOT NULL ORDER BY id').all().map(toDevice)
}

/** Ends a device that has ended in another folder. One that was never enrolled here is kept too: its key must not be enrolled again. */
export function mergeRevoked(database: Database, device: Device): void {
  const { id, revokedAtEpochMs } = device
  if (selectDevice(database, id) === undefined) insertDevice(database, device)
  database.prepare('UPDATE devices SET revoked_ms = ? WHERE id = ? AND revoked_ms IS NULL').run(revokedAtEpochMs, id)
}

/** Whether this key was ever a device's, whosever. */
export function isDeviceKey(database: Database, publicKey: string): boolean {
  return database.prepare('SELECT 1 FROM devices WHERE public_key = ?').get(publicKey) !== undefined
}

/** Whether a device of this key has ended, whosever it was. */
export function isEndedKey(database: Database, publicKey: string): boolean {
  return database.prepare('SELECT 1 FROM devices WHERE public_key = ? AND revoked_ms IS NOT NULL').get(publicKey) !== undefined
}

/** The device of a person that has a key: the one enrolled last, if not all of them are revoked. */
function selectDeviceByKey(database: Database, publicKey: string, person: string): Device | undefined {
  const row = database
    .prepare('SELECT * FROM devices WHERE public_key = ? AND person = ? ORDER BY revoked_ms IS NOT NULL, enrolled_ms DESC LIMIT 1')
    .get(publicKey, person)
  return row === undefined ? undefined : toDevice(row)
}

function toDevice(row: SqlRow): Device {
  return {
    id: textOf(row, 'id'),
    person: textOf(row, 'person'),
    publicKey: textOf(row, 'public_key'),
    enrolledAtEpochMs: numberOf(row, 'enrolled_ms'),
    revokedAtEpochMs: optionalNumberOf(row, 'revoked_ms'),
  }
}
