import type { Batch } from '@overt/schema'

import { numberOf, textOf } from './column.ts'
import type { Database } from './database.ts'

/** What a check said of a picture: nothing was found in it, something was, or it could not be read. */
export type Verdict = 'clear' | 'found' | 'unread'

/** Verdicts on pictures. They lie with the record's key, so that whatever destroys that takes them along. */
export const pictureTable = `CREATE TABLE pictures (
  record TEXT NOT NULL REFERENCES records ON DELETE CASCADE, picture INTEGER NOT NULL, verdict TEXT NOT NULL,
  PRIMARY KEY (record, picture)) STRICT, WITHOUT ROWID`

/** Keeps a verdict; nothing of a record that has no key. What was found once stays found. */
export function putVerdict(database: Database, idHash: string, picture: number, verdict: Verdict): void {
  const sql = `INSERT INTO pictures SELECT id_hash, ?2, ?3 FROM records WHERE id_hash = ?1
    ON CONFLICT DO UPDATE SET verdict = excluded.verdict WHERE verdict <> 'found'`
  database.prepare(sql).run(idHash, picture, verdict)
}

/** Verdicts on the pictures of one record, by the pictures' ids. */
export function selectVerdicts(database: Database, idHash: string): ReadonlyMap<number, Verdict> {
  const rows = database.prepare('SELECT picture, verdict FROM pictures WHERE record = ?').all(idHash)
  return new Map(rows.map((row) => [numberOf(row, 'picture'), textOf(row, 'verdict') as Verdict])) // as: written by putVerdict alone
}

/** A batch without the pictures that no check has cleared, which are counted. Its `pictured` still says that they were taken. */
export function withoutHeld(batch: Batch, verdicts: ReadonlyMap<number, Verdict>): Batch {
  const { pictures = [], ...rest } = batch
  const clear = pictures.filter(({ id }) => verdicts.get(id) === 'clear')
  if (clear.length === pictures.length) return batch
  const counters = { ...batch.counters, 'pictures-held': pictures.length - clear.length }
  return { ...rest, ...(clear.length === 0 ? {} : { pictures: clear }), counters }
}
