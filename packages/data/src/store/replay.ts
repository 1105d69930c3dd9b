import type { RecordRow } from './key-rows.ts'
import type { KeyStore } from './keys.ts'
import type { Naming } from './names.ts'
import type { Tombstones } from './tombstone.ts'

/** What a replay destroyed. */
export interface Replayed {
  readonly persons: number
  readonly records: number
}

/** Destroys the keys of records that a tombstone covers: those of an erasure that a crash cut off. */
export function finishErasures(keys: KeyStore, tombstones: Tombstones, name: Naming): Replayed {
  if (tombstones.empty) return { persons: 0, records: 0 }
  return { persons: 0, records: destroy(keys, (row) => isRecordedWhileErased(row, tombstones, name)) }
}

/**
 * Destroys in a copy of the keys, made at `copiedAtEpochMs`, all that was erased here before or since: nothing of it may be read again.
 * A copy holds no work of after its own time, so whatever reached this machine before the erasure of it goes too, whatever its own clock said.
 */
export function replayErasures(keys: KeyStore, tombstones: Tombstones, name: Naming, copiedAtEpochMs: number): Replayed {
  if (tombstones.empty) return { persons: 0, records: 0 }
  const gone = keys.persons().filter((person) => tombstones.coversAll(name('person', person), copiedAtEpochMs))
  for (const person of gone) keys.destroyPerson(person)
  const covered = (row: RecordRow): boolean => isRecordedWhileErased(row, tombstones, name) || isReceivedWhileErased(row, tombstones, name)
  return { persons: gone.length, records: destroy(keys, covered) }
}

function destroy(keys: KeyStore, covered: (row: RecordRow) => boolean): number {
  const rows = keys.rows().filter(covered)
  if (rows.length > 0) keys.destroyRecords(rows.map((row) => row.idHash))
  return rows.length
}

function isRecordedWhileErased({ person, session, atEpochMs }: RecordRow, tombstones: Tombstones, name: Naming): boolean {
  return tombstones.covers(name('person', person), atEpochMs) || tombstones.covers(name('session', person, session), atEpochMs)
}

function isReceivedWhileErased({ person, session, receivedAtEpochMs }: RecordRow, tombstones: Tombstones, name: Naming): boolean {
  const subjects = [name('received', person), name('received', person, session)]
  return subjects.some((subject) => tombstones.covers(subject, receivedAtEpochMs))
}
