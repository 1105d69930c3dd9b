import type { Batch } from '@overt/schema'

import { numberOf, textOf } from './column.ts'
import type { Database } from './database.ts'

/** What was said of a picture. A check: nothing was found in it, something was, or it could not be read; after it, somebody who may: it is released all the same. */
export type Verdict = 'clear' | 'found' | 'unread' | 'released'

/** What a check found in a picture: its kind and where it stands, never the text. */
export interface Finding {
  /** A kind of redaction, or `sought`. */
  readonly kind: string
  /** Left, top, width, height, in pixels of the picture. */
  readonly box: readonly [number, number, number, number]
}

/** A verdict and what it rests on. */
export interface Judgement {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
}

/** Verdicts on pictures. They lie with the record's key, so that whatever destroys that takes them along. */
export const pictureTable = `CREATE TABLE pictures (
  record TEXT NOT NULL REFERENCES records ON DELETE CASCADE, picture INTEGER NOT NULL, verdict TEXT NOT NULL,
  PRIMARY KEY (record, picture)) STRICT, WITHOUT ROWID`

/** From version 4: it was not kept what a verdict rests on. */
export const withFindings = `ALTER TABLE pictures ADD COLUMN findings TEXT NOT NULL DEFAULT '[]'`

const mostFindings = 100

/** Keeps a verdict; nothing of a record that has no key. What was found once stays found. */
export function putVerdict(database: Database, idHash: string, picture: number, { verdict, findings }: Judgement): void {
  const sql = `INSERT INTO pictures SELECT id_hash, ?2, ?3, ?4 FROM records WHERE id_hash = ?1
    ON CONFLICT DO UPDATE SET verdict = excluded.verdict, findings = excluded.findings WHERE verdict <> 'found'`
  database.prepare(sql).run(idHash, picture, verdict, JSON.stringify(findings.slice(0, mostFindings)))
}

/** Releases a picture that is held back; false where it is not. What was found in it stays known. */
export function releaseHeld(database: Database, idHash: string, picture: number): boolean {
  const sql = `UPDATE pictures SET verdict = 'released' WHERE record = ? AND picture = ? AND verdict IN ('found', 'unread')`
  return database.prepare(sql).run(idHash, picture).changes === 1
}

/** Takes the verdicts of one record over to the one that stands in its place, without some pictures. */
export function moveVerdicts(
  database: Database,
  { from, to, without }: { readonly from: string; readonly to: string; readonly without: readonly number[] },
): void {
  const sql = `INSERT OR REPLACE INTO pictures SELECT ?2, picture, verdict, findings FROM pictures
    WHERE record = ?1 AND picture NOT IN (SELECT value FROM json_each(?3))`
  database.prepare(sql).run(from, to, JSON.stringify(without))
}

/** What was said of the pictures of one record, by the pictures' ids. */
export function selectJudgements(database: Database, idHash: string): ReadonlyMap<number, Judgement> {
  const rows = database.prepare('SELECT picture, verdict, findings FROM pictures WHERE record = ?').all(idHash)
  return new Map(
    rows.map((row) => [
      numberOf(row, 'picture'),
      {
        verdict: textOf(row, 'verdict') as Verdict, // as: written by putVerdict and releaseHeld alone
        findings: JSON.parse(textOf(row, 'findings')) as readonly Finding[], // as: written by putVerdict alone
      },
    ]),
  )
}

/** A batch without the pictures that no check has cleared and nobody released, which are counted. Its `pictured` still says that they were taken. */
export function withoutHeld(batch: Batch, judgements: ReadonlyMap<number, Judgement>): Batch {
  const { pictures = [], ...rest } = batch
  const out = pictures.filter(({ id }) => ['clear', 'released'].includes(judgements.get(id)?.verdict ?? ''))
  if (out.length === pictures.length) return batch
  const counters = { ...batch.counters, 'pictures-held': pictures.length - out.length }
  return { ...rest, ...(out.length === 0 ? {} : { pictures: out }), counters }
}
