import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { keyOf } from '../store/cipher.ts'
import { openControl } from '../store/control.ts'
import { DataError } from '../store/error.ts'
import { openTenantKey } from '../store/key-file.ts'
import { KeyStore } from '../store/keys.ts'
import { namesUnder } from '../store/names.ts'
import { lockFolder } from '../store/lock.ts'
import { openStore } from '../store/open-store.ts'
import { type Replayed, replayErasures } from '../store/replay.ts'
import { Tombstones } from '../store/tombstone.ts'
import { forgetMaking } from '../store/unfinished.ts'
import { filesIn, hashOf } from './backup.ts'
import { type BackupNote, noteIn, noteName } from './backup-note.ts'
import { beginDraft, clearDraft, draftOf, endDraft, forgetDraft, placeDraft, syncDraft, unreadKeys } from './draft.ts'
import { keyCopyDays, rememberKeyCopies, tenantOf } from './key-copy.ts'
import { type Since, learnSince, sinceOf, sincesIn, tellApart } from './since.ts'
import { syncPath } from './sync-path.ts'

/** What to restore, and where to. */
export interface RestoreRequest {
  /** The two halves of a backup; the keys may be of a later one. */
  readonly data: string
  readonly keys: string
  /** A folder that is not there yet, or empty. */
  readonly dir: string
  /** A data folder, damaged perhaps, whose erasures and withdrawals since the backup are to hold too. */
  readonly erasedIn?: string
  readonly nowEpochMs?: () => number
}

/** What a restore brought back, and what it did not. */
export interface RestoreReport {
  readonly dir: string
  /** Where the copy of the keys lies that it was made of. */
  readonly keys: string
  readonly records: number
  readonly dataAtEpochMs: number
  readonly keysAtEpochMs: number
  /** Keys that were destroyed again. */
  readonly erased: Replayed
  /** Where what an earlier restore left lay, which was killed: it is removed. Null where none was. */
  readonly cleared: string | null
}

type Made = Omit<RestoreReport, 'cleared'>
type Notes = { readonly data: BackupNote; readonly keys: BackupNote }

/** Makes a folder of a backup. What was erased or withdrawn since is destroyed and ended again before anything is served; the folder appears whole or not at all. */
export async function restore(request: RestoreRequest): Promise<RestoreReport> {
  const { nowEpochMs = Date.now } = request
  const [data, keys, dir] = [resolve(request.data), resolve(request.keys), resolve(request.dir)]
  const notes = { data: readNote(data, 'data'), keys: readNote(keys, 'keys') }
  assertUsable(notes, nowEpochMs(), dir)
  const cleared = await clearDraft(dir)
  return { ...(await make({ ...request, data, keys, dir, nowEpochMs }, notes)), cleared }
}

type Making = Required<Omit<RestoreRequest, 'erasedIn'>> & Pick<RestoreRequest, 'erasedIn'>

/** Under one lock from the draft's first byte until it is in its place. */
async function make(request: Making, notes: Notes): Promise<Made> {
  const { dir } = request
  const unlock = beginDraft(dir)
  try {
    const made = await placed(request, notes)
    forgetDraft(dir)
    return made
  } finally {
    unlock()
  }
}

async function placed(request: Making, notes: Notes): Promise<Made> {
  const draft = draftOf(request.dir)
  try {
    const made = await fill(draft, request, notes)
    placeDraft(request.dir)
    return made
  } catch (cause) {
    // What failed first explains what fails now.
    await endDraft(draft).catch(() => undefined)
    throw cause
  }
}

async function fill(draft: string, request: Making, notes: Notes): Promise<Made> {
  const { data, keys, dir, erasedIn, nowEpochMs } = request
  syncDraft(draft)
  const erased = closed(draft, () => {
    for (const from of [data, keys]) cpSync(from, draft, { recursive: true, mode: 0, filter: (path) => !left.test(path) })
    cpSync(join(keys, 'keys.sqlite'), join(draft, unreadKeys))
    const replayed = replay(draft, { keys, keysAtEpochMs: notes.keys.atEpochMs, erasedIn })
    renameSync(join(draft, unreadKeys), join(draft, 'keys.sqlite'))
    return replayed
  })
  const times = { dataAtEpochMs: notes.data.atEpochMs, keysAtEpochMs: notes.keys.atEpochMs }
  const records = await enter(draft, { ...times, ...erased }, nowEpochMs)
  closed(draft, () => {
    // Who opens a lock and closes it lets go of it.
    const paths = filesIn(draft)
      .filter((name) => !name.startsWith('lock'))
      .map((name) => join(draft, name))
    for (const path of [...paths, ...new Set(paths.map((path) => dirname(path)))]) syncPath(path)
  })
  return { dir, keys, records, ...times, erased }
}

/** Nobody opens the draft as a data folder meanwhile. */
function closed<T>(draft: string, step: () => T): T {
  const unlock = lockFolder(draft)
  try {
    return step()
  } finally {
    unlock()
  }
}

/** Enters the restore while the folder is a draft: once it is in its place, nothing is owed. Returns how many records it holds. */
async function enter(draft: string, body: Readonly<Record<string, number>>, nowEpochMs: () => number): Promise<number> {
  const store = await openStore(draft, { nowEpochMs })
  try {
    await store.ledger.append('restore', body)
    return store.eachRow().reduce((count) => count + 1, 0)
  } finally {
    await store.close()
  }
}

/** What of a backup is no part of a folder, and the keys, which come by themselves. */
const left = /[\\/](backup|since(-[0-9a-f]{12})?)\.json$|[\\/]keys\.sqlite[^\\/]*$/

/** A link among the files would make a folder that reads, and writes, somewhere else. */
function assertPlain(place: string): void {
  const link = readdirSync(place, { recursive: true, withFileTypes: true }).find((entry) => !entry.isFile() && !entry.isDirectory())
  if (link !== undefined)
    throw new DataError('invalid', `${join(link.parentPath, link.name)} is no file: a backup has no links. Nothing was restored.`)
}

function readNote(place: string, part: BackupNote['part']): BackupNote {
  const note = noteIn(place)
  if (note === undefined) throw new DataError('unknown', `${join(place, noteName)} is not there: ${place} is not one half of a backup.`)
  assertPlain(place)
  if (note.part !== part) throw new DataError('invalid', `${place} holds the ${note.part} of a backup, not its ${part}.`)
  const changed = Object.entries(note.files).find(
    ([name, sha256]) => !existsSync(join(place, name)) || hashOf(join(place, name)) !== sha256,
  )
  if (changed !== undefined) throw new DataError('damaged', `${join(place, changed[0])} is not as it was backed up. Nothing was restored.`)
  return note
}

function assertUsable(notes: Notes, nowEpochMs: number, dir: string): void {
  const { data, keys } = notes
  if (data.tenant !== keys.tenant) throw new DataError('key', 'The data and the keys are of two different folders.')
  if (keys.atEpochMs < data.atEpochMs)
    throw new DataError(
      'key',
      'The keys are older than the data: what was recorded in between could not be read. Take the keys of the same backup, or later ones.',
    )
  if (nowEpochMs - keys.atEpochMs > keyCopyDays * 86_400_000)
    throw new DataError(
      'key',
      `This copy of the keys is older than ${keyCopyDays} days: it may hold keys of what was erased since. Take a newer one.`,
    )
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new DataError(
      'invalid',
      `${dir} is not empty: a backup is restored into a new folder. Move the old one away, and name it as the one whose erasures hold.`,
    )
}

interface Sources {
  readonly keys: string
  readonly keysAtEpochMs: number
  readonly erasedIn: string | undefined
}

function replay(draft: string, { keys, keysAtEpochMs, erasedIn }: Sources): Replayed {
  const tenantKey = keyOf(openTenantKey(draft))
  const control = openControl(join(draft, 'control.sqlite'))
  const store = new KeyStore(join(draft, unreadKeys), tenantOf(control), tenantKey)
  try {
    const tombstones = new Tombstones(control)
    for (const since of sincesIn(keys)) learnSince(control, tombstones, since)
    if (erasedIn !== undefined) learnSince(control, tombstones, sinceIn(erasedIn))
    forgetMaking(control)
    // It may be restored from once more: what is erased here is to reach it, and not to take back what others told it.
    rememberKeyCopies(control, [{ path: keys, atEpochMs: keysAtEpochMs }])
    tellApart(control)
    return replayErasures(store, tombstones, namesUnder(tenantKey), keysAtEpochMs)
  } finally {
    store.close()
    control.close()
  }
}

/** Of another folder's control tables, which are left as they are. */
function sinceIn(dir: string): Since {
  const path = join(dir, 'control.sqlite')
  if (!existsSync(path)) throw new DataError('unknown', `${path} is not there: nobody knows what was erased in ${dir}.`)
  const control = openControl(path)
  try {
    return sinceOf(control)
  } finally {
    control.close()
  }
}
