import { existsSync, lstatSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { DataError } from '../store/error.ts'
import { lockFile, lockFolder } from '../store/lock.ts'
import { makeNewFolder } from '../store/make-folder.ts'
import { overwrite } from '../store/overwrite.ts'
import { keyFiles } from './key-copy.ts'
import { syncPath } from './sync-path.ts'

/** Where a restore makes a folder before that takes its place. */
export const draftOf = (dir: string): string => `${dir}.restoring`

/** The keys in a draft until what was erased since is destroyed in them: one that a crash leaves opens nothing. */
export const unreadKeys = 'keys.sqlite.unread'

/**
 * The file that makes a folder a draft, and its lock from its first byte until it is in its place. It names the draft: one that a crash leaves in a folder that is in
 * its place marks that as nothing. No key and no part of a folder is named so, hence no backup has it.
 */
const markIn = (folder: string, draft: string): string => join(folder, `lock.${basename(draft)}`)

/** Makes the draft of a restore into `dir`, for that one alone: nobody else works in it until the undo is called. Throws `DataError` (`locked`) where another restore is making one. */
export function beginDraft(dir: string): () => void {
  const draft = draftOf(dir)
  if (!makeNewFolder(draft)) throw inUse(draft)
  return lockFile(markIn(draft, draft), (cause) => inUse(draft, cause))
}

/** Returns once a draft lies on the device as one: before that no key lies in it. */
export function syncDraft(draft: string): void {
  for (const path of [draft, dirname(draft)]) syncPath(path)
}

/** Puts a draft in its place. It is a draft until it is there, so that a crash leaves none that nobody knows as one. */
export function placeDraft(dir: string): void {
  if (existsSync(dir)) rmdirSync(dir)
  renameSync(draftOf(dir), dir)
}

/** Forgets, on the device, that what is in its place was a draft. */
export function forgetDraft(dir: string): void {
  syncPath(dirname(dir))
  const mark = markIn(dir, draftOf(dir))
  for (const path of [mark, `${mark}-journal`]) rmSync(path, { force: true })
  syncPath(dir)
}

/**
 * Removes what a restore that was killed left beside `dir`, its keys first and overwritten: no erasure reaches them there, nor do seven days end them.
 * Returns where it lay; null where nothing does. Throws `DataError` (`locked`) where a restore is making it still, and (`invalid`) where no restore did.
 */
export async function clearDraft(dir: string): Promise<string | null> {
  const draft = draftOf(dir)
  if (!existsSync(draft)) return null
  if (!isDraft(draft)) throw new DataError('invalid', `${draft} is not what a restore left: move it away.`)
  const unlock = lockDraft(draft)
  if (unlock === null) return null
  try {
    await endDraft(draft)
  } finally {
    unlock()
  }
  return draft
}

/** Null where it came into its place, or was cleared away, before its lock could be taken. */
function lockDraft(draft: string): (() => void) | null {
  const mark = markIn(draft, draft)
  try {
    return lockFile(mark, (cause) => inUse(draft, cause))
  } catch (cause) {
    if (!existsSync(mark)) return null
    throw cause
  }
}

/** Removes a draft, whose lock is held: its keys first, and what marks it last. */
export async function endDraft(draft: string): Promise<void> {
  const unlock = lockFolder(draft)
  try {
    const keys = readdirSync(draft).filter((name) => name.startsWith('keys.sqlite'))
    for (const name of new Set([...keys, ...keyFiles(draft)])) await end(join(draft, name))
  } finally {
    unlock()
  }
  const mark = markIn(draft, draft)
  const others = readdirSync(draft).map((name) => join(draft, name))
  for (const path of others) if (path !== mark) rmSync(path, { recursive: true })
  rmSync(mark)
  rmdirSync(draft)
}

async function end(path: string): Promise<void> {
  await overwrite(path)
  rmSync(path)
}

/** A data folder of that name is none, and nor is a folder in which nothing lies. */
function isDraft(draft: string): boolean {
  return lstatSync(draft, { throwIfNoEntry: false })?.isDirectory() === true && existsSync(markIn(draft, draft))
}

function inUse(draft: string, cause?: unknown): DataError {
  return new DataError('locked', `${draft} is in use: a restore is making it still, or it is being cleared away.`, cause)
}
