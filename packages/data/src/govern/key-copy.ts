import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { putSetting, setting } from '../store/control.ts'
import type { Database } from '../store/database.ts'
import { noteIn, noteName } from './backup-note.ts'

/** A copy of the keys may be used for so many days, and is then deleted. */
export const keyCopyDays = 7

/** A copy of the folder's keys that was made by a backup, or that the folder was restored from. */
export interface KeyCopy {
  readonly path: string
  readonly atEpochMs: number
}

/** Where the keys lie in a copy of them. */
export const keysIn = ({ path }: Pick<KeyCopy, 'path'>): string => join(path, 'keys.sqlite')

/** The copies that a folder knows of, in the order in which it came to know them. */
export function keyCopiesOf(control: Database): readonly KeyCopy[] {
  return JSON.parse(setting(control, 'key-copies', () => '[]')) as KeyCopy[] // as: written by keepKeyCopies alone
}

/** Remembers where copies of the keys lie, so that erasures and withdrawals reach them. */
export function rememberKeyCopies(control: Database, copies: readonly KeyCopy[]): void {
  keepKeyCopies(control, [...othersThan(control, copies), ...copies])
}

/** Forgets a copy that is no more. */
export function forgetKeyCopy(control: Database, copy: KeyCopy): void {
  keepKeyCopies(control, othersThan(control, [copy]))
}

function othersThan(control: Database, copies: readonly KeyCopy[]): readonly KeyCopy[] {
  return keyCopiesOf(control).filter((one) => !copies.some(({ path, atEpochMs }) => path === one.path && atEpochMs === one.atEpochMs))
}

/** Knows of these copies and of no others. */
export function keepKeyCopies(control: Database, copies: readonly KeyCopy[]): void {
  putSetting(control, 'key-copies', JSON.stringify(copies))
}

/** Whether it is this very copy that lies at its path: another one may have taken its place. */
export function isKeyCopyThere(control: Database, copy: KeyCopy): boolean {
  const note = noteIn(copy.path)
  if (note !== undefined) return note.part === 'keys' && note.tenant === tenantOf(control) && note.atEpochMs === copy.atEpochMs
  // One that was cut off has no note. A copy goes into an empty folder, so it is the last that was to lie there.
  const last = keyCopiesOf(control).findLast(({ path }) => path === copy.path)
  return existsSync(keysIn(copy)) && last?.atEpochMs === copy.atEpochMs
}

/** The name under which a folder's ciphertexts are bound to it, and a backup to the folder. */
export function tenantOf(control: Database): string {
  return setting(control, 'tenant', () => '')
}

/** Keys, and what may hold some: all that lies at the top of a folder but these. */
const notKeys = /^(control\.sqlite.*|keys\.sqlite.*|lock.*|control\.sock|backup\.json|.*\.(new|[0-9a-f]{12}))$/

/** Names of the files of a folder that are copied with its keys. */
export function keyFiles(dir: string): readonly string[] {
  return readdirSync(dir).filter((name) => !notKeys.test(name) && statSync(join(dir, name)).isFile())
}

/** What lies in every copy. */
const always = /^(keys\.sqlite.*|backup\.json.*|since.*\.json.*)$/

/** Deletes the files of a copy of the keys of the folder `dir`, and nothing that came to lie beside them. What says that it is there goes last. */
export function removeKeyCopy(dir: string, { path }: KeyCopy): void {
  if (!existsSync(path)) return
  const note = noteIn(path)
  const own = new Set(note === undefined ? keyFiles(dir) : Object.keys(note.files))
  const last = note === undefined ? 'keys.sqlite' : noteName
  const names = readdirSync(path).filter((name) => name !== last && (always.test(name) || own.has(name)))
  for (const name of [...names, last]) rmSync(join(path, name), { force: true })
}
