import type { Database } from './database.ts'
import { type SqlRow, numberOf, optionalNumberOf, textOf } from './column.ts'

/** A device that may send a person's batches. */
export interface Device {
  readonly id: string
  readonly person: string
  /** Ed25519, 32 raw bytes in base64url. */
  readonly publicKey: string
  readonly enrolledAtEpochMs: number
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

/** The device that has a key: the one enrolled last, if not all of them are revoked. */
export function selectDeviceByKey(database: Database, publicKey: string): Device | undefined {
  const row = database
    .prepare('SELECT * FROM devices WHERE public_key = ? ORDER BY revoked_ms IS NOT NULL, enrolled_ms DESC LIMIT 1')
    .get(publicKey)
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
