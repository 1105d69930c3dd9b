import type { DatabaseSync } from 'node:sqlite'

/** Marks what a subject recorded from `fromEpochMs` to `erasedAtEpochMs` as erased, so that late uploads of it and restored backups are refused. `subject` is a keyed hash: a tombstone names no one. */
export function putTombstone(database: DatabaseSync, subject: string, fromEpochMs: number, erasedAtEpochMs: number): void {
  database.prepare('INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)').run(subject, fromEpochMs, erasedAtEpochMs)
}

/** Whether what any of the subjects recorded at this time was erased. */
export function isErased(database: DatabaseSync, subjects: readonly string[], atEpochMs: number): boolean {
  const find = database.prepare('SELECT 1 FROM tombstones WHERE subject = ?1 AND from_ms <= ?2 AND erased_ms >= ?2')
  return subjects.some((subject) => find.get(subject, atEpochMs) !== undefined)
}
