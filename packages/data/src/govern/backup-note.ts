import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in `backup.json` of either half of a backup. */
export interface BackupNote {
  readonly v: 1
  readonly part: 'data' | 'keys'
  /** The folder that it is of. */
  readonly tenant: string
  readonly atEpochMs: number
  /** SHA-256 by path; the keys themselves are left out, since erasures go on changing them. */
  readonly files: Readonly<Record<string, string>>
}

/** Where it lies. */
export const noteName = 'backup.json'

/** What a half of a backup says of itself; undefined where nothing does. */
export function noteIn(place: string): BackupNote | undefined {
  const path = join(place, noteName)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BackupNote) : undefined // as: written by putNote alone
}

/** Says of a half what it is, whole or not at all. */
export function putNote(place: string, note: BackupNote): void {
  const path = join(place, noteName)
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
