import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { DataError } from '../store/error.ts'
import { isFolderInUse } from '../store/folder-parts.ts'
import { lockFolder } from '../store/lock.ts'
import { overwrite } from '../store/overwrite.ts'
import { keyFiles } from './key-copy.ts'

/** Where a restore makes a folder before that takes its place. */
export const draftOf = (dir: string): string => `${dir}.restoring`

/** The keys in a draft until what was erased since is destroyed in them: one that a crash leaves opens nothing. */
export const unreadKeys = 'keys.sqlite.unread'

/**
 * Removes what a restore that was killed left beside `dir`, its keys first and overwritten: no erasure reaches them there, nor do seven days end them.
 * Returns where it lay; null where nothing does. Throws `DataError` (`locked`) where a restore is making it still, and (`invalid`) where no restore did.
 */
export async function clearDraft(dir: string): Promise<string | null> {
  const draft = draftOf(dir)
  if (!existsSync(draft)) return null
  if (!isDraft(draft)) throw new DataError('invalid', `${draft} is not what a restore left: move it away.`)
  const unlock = lockFolder(draft)
  try {
    const keys = readdirSync(draft).filter((name) => name.startsWith('keys.sqlite'))
    for (const name of new Set([...keys, ...keyFiles(draft)])) await end(join(draft, name))
  } finally {
    unlock()
  }
  rmSync(draft, { recursive: true, force: true })
  return draft
}

async function end(path: string): Promise<void> {
  await overwrite(path)
  rmSync(path)
}

function isDraft(draft: string): boolean {
  if (!lstatSync(draft).isDirectory()) return false
  const names = readdirSync(draft).filter((name) => !name.startsWith('lock'))
  return names.length === 0 || names.includes(unreadKeys) || isFolderInUse(draft)
}
