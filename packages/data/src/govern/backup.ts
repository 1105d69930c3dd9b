import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

import { sha256Hex } from '../store/cipher.ts'
import { copyDatabase } from '../store/database.ts'
import { DataError } from '../store/error.ts'
import { makeNamedFolder } from '../store/make-folder.ts'
import { segmentName } from '../store/segment.ts'
import type { Store } from '../store/store.ts'
import { type BackupNote, noteName, putNote } from './backup-note.ts'
import { type KeyCopy, forgetKeyCopy, keyCopyDays, keyFiles, keysIn, rememberKeyCopies, removeKeyCopy, tenantOf } from './key-copy.ts'
import { syncPath } from './sync-path.ts'

/** A backup that was made. */
export interface BackupReport {
  readonly atEpochMs: number
  readonly data: string
  readonly keys: string
  readonly files: number
  readonly sizeBytes: number
  /** Until when the keys may be used. */
  readonly keysUntilEpochMs: number
}

/**
 * Copies the folder while it is in use: what was recorded into one new folder, the keys into another, to be kept apart. Neither opens without the other.
 * The order makes them fit: checkpoints vouch for lines that are copied after them, and keys come last, so that every record has its own.
 */
export async function backUp(store: Store, to: { readonly data: string; readonly keys: string }): Promise<BackupReport> {
  const places = { data: resolve(to.data), keys: resolve(to.keys) }
  assertApart(store, places)
  const copy = { path: places.keys, atEpochMs: store.nowEpochMs() }
  const { atEpochMs } = copy
  // First: a crash leaves no keys anywhere that are not on record (ADR 0019).
  await store.ledger.append('backup', { atEpochMs })
  try {
    await store.ledger.checkpoint()
    // Another one may have begun there meanwhile.
    assertApart(store, places)
    // Before its first byte lies there: an erasure reaches what a crash leaves of it.
    rememberKeyCopies(store.control, [copy])
  } catch (cause) {
    await tellFailed(store, copy)
    throw cause
  }
  const sealed = await copyOrNothing(store, copy, () => copyBoth(store, places, atEpochMs))
  const sum = (count: (one: { files: number; sizeBytes: number }) => number): number => sealed.reduce((total, one) => total + count(one), 0)
  const keysUntilEpochMs = atEpochMs + keyCopyDays * 86_400_000
  return { atEpochMs, ...places, files: sum(({ files }) => files), sizeBytes: sum(({ sizeBytes }) => sizeBytes), keysUntilEpochMs }
}

type Sealed = ReturnType<typeof seal>

function copyBoth(store: Store, places: { readonly data: string; readonly keys: string }, atEpochMs: number): readonly Sealed[] {
  makeNamedFolder(join(places.data, 'ledger'))
  makeNamedFolder(places.keys)
  for (const name of ['checkpoints', 'checkpoint', 'leaves.sha256', 'entries.jsonl'])
    copyFileSync(join(store.dir, 'ledger', name), join(places.data, 'ledger', name))
  copyLog(store, join(places.data, 'log'))
  copyDatabase(store.control, join(places.data, 'control.sqlite'))
  for (const name of keyFiles(store.dir))
    writeFileSync(join(places.keys, name), readFileSync(join(store.dir, name)), { mode: 0o600, flag: 'wx' })
  store.keys.copyTo(keysIn({ path: places.keys }))
  const tenant = tenantOf(store.control)
  return (['data', 'keys'] as const).map((part) => seal(places[part], { v: 1, part, tenant, atEpochMs }))
}

/** Of a copy of the keys that fails nothing is left to know of; what can't be removed stays known, and its entry as it is. */
async function copyOrNothing<T>(store: Store, copy: KeyCopy, make: () => T): Promise<T> {
  try {
    return make()
  } catch (cause) {
    removeKeyCopy(store.dir, copy)
    forgetKeyCopy(store.control, copy)
    await tellFailed(store, copy)
    throw cause
  }
}

/** Enters that a backup which is on record was not made. What failed first explains what fails now. */
async function tellFailed({ ledger }: Store, { atEpochMs }: KeyCopy): Promise<void> {
  await ledger.append('backup', { atEpochMs, state: 'failed' }).catch(() => undefined)
}

function assertApart(store: Store, { data, keys }: { readonly data: string; readonly keys: string }): void {
  for (const [place, others] of [
    [data, [keys, resolve(store.dir)]],
    [keys, [data, resolve(store.dir)]],
  ] as const) {
    if (existsSync(place) && readdirSync(place).length > 0)
      throw new DataError('invalid', `${place} is not empty: a backup goes into a new folder.`)
    if (others.some((other) => !relative(other, place).startsWith('..')))
      throw new DataError(
        'invalid',
        `${place} lies in ${others.join(' or ')}: the keys are kept apart from what they open, and both from the folder.`,
      )
  }
}

/** Each file of the log is whole at every moment, also while it is compacted; what is being written beside one is no part of it. */
function copyLog(store: Store, to: string): void {
  const from = join(store.dir, 'log')
  mkdirSync(to, { mode: 0o700 })
  const { segment, toByte } = store.logEnd
  for (const name of readdirSync(from)) if (name.endsWith('.seg')) copyFileSync(join(from, name), join(to, name))
  // Behind what was acknowledged lies only room that was made ahead.
  truncateSync(join(to, segmentName(segment)), toByte)
}

function seal(place: string, note: Omit<BackupNote, 'files'>): { readonly files: number; readonly sizeBytes: number } {
  const names = filesIn(place)
  const hashed = names.filter((name) => name !== 'keys.sqlite').map((name) => [name, hashOf(join(place, name))] as const)
  putNote(place, { ...note, files: Object.fromEntries(hashed) })
  const paths = [...names, noteName].map((name) => join(place, name))
  for (const path of [...paths, ...new Set(paths.map((path) => dirname(path))), dirname(place)]) syncPath(path)
  return { files: names.length, sizeBytes: paths.reduce((sum, path) => sum + statSync(path).size, 0) }
}

/** Paths of the files in a folder, relative to it, sorted. */
export function filesIn(place: string): readonly string[] {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).sort()
  return names.filter((name) => statSync(join(place, name)).isFile())
}

/** SHA-256 of a file. */
export function hashOf(path: string): string {
  return sha256Hex(readFileSync(path))
}
