import type { KeyStore, SessionName } from './keys.ts'
import type { Naming } from './names.ts'
import type { Tombstones } from './tombstone.ts'

/** What a replay destroyed. */
export interface Replayed {
  readonly persons: number
  readonly records: number
}

/** A subject whose tombstones cover rows by one of their times. */
interface Subject {
  readonly hash: string
  readonly time: 'atEpochMs' | 'receivedAtEpochMs'
}

type SubjectsOf = (session: SessionName) => readonly Subject[]

/** Destroys the keys of records that a tombstone covers: those of an erasure that a crash cut off. */
export function finishErasures(keys: KeyStore, tombstones: Tombstones, name: Naming): Replayed {
  return { persons: 0, records: destroy(keys, tombstones, (session) => recorded(session, name)) }
}

/**
 * Destroys in a copy of the keys, made at `copiedAtEpochMs`, all that was erased here before or since: nothing of it may be read again.
 * A copy holds no work of after its own time, so whatever reached this machine before the erasure of it goes too, whatever its own clock said.
 */
export function replayErasures(keys: KeyStore, tombstones: Tombstones, name: Naming, copiedAtEpochMs: number): Replayed {
  const gone = keys.persons().filter((person) => tombstones.coversAll(name('person', person), copiedAtEpochMs))
  for (const person of gone) keys.destroyPerson(person)
  const subjectsOf: SubjectsOf = (session) => [...recorded(session, name), ...received(session, name)]
  return { persons: gone.length, records: destroy(keys, tombstones, subjectsOf) }
}

/** By session: a name costs more than a row, and most sessions have no tombstone. */
function destroy(keys: KeyStore, tombstones: Tombstones, subjectsOf: SubjectsOf): number {
  if (tombstones.empty) return 0
  const covered = keys.sessions().flatMap((session) => {
    const subjects = subjectsOf(session).filter(({ hash }) => tombstones.has(hash))
    if (subjects.length === 0) return []
    return keys.rows(session).filter((row) => subjects.some(({ hash, time }) => tombstones.covers(hash, row[time])))
  })
  const names = covered.map(({ idHash }) => idHash).toArray()
  if (names.length > 0) keys.destroyRecords(names)
  return names.length
}

function recorded({ person, session }: SessionName, name: Naming): readonly Subject[] {
  return [name('person', person), name('session', person, session)].map((hash) => ({ hash, time: 'atEpochMs' }))
}

function received({ person, session }: SessionName, name: Naming): readonly Subject[] {
  return [name('received', person), name('received', person, session)].map((hash) => ({ hash, time: 'receivedAtEpochMs' }))
}
