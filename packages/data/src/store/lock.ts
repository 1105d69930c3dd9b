import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { DataError } from './error.ts'

/** Takes the folder for this process and returns its undo. The operating system lets go of the lock when its process dies, however it dies: there is nothing stale to clean up. */
export function lockFolder(dir: string): () => void {
  const owner = join(dir, 'lock.pid')
  const unlock = lockFile(join(dir, 'lock'), (cause) => inUse(dir, owner, cause))
  writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 })
  return () => {
    writeFileSync(owner, '')
    unlock()
  }
}

/** Takes a lock by a file that holds nothing, made where it is missing; returns its undo, which leaves the file. `held` tells that another has it. Who opens the file otherwise in this process, and closes it, lets go of the lock. */
export function lockFile(path: string, held: (cause: unknown) => DataError): () => void {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if (isBusy(cause)) throw held(cause)
    throw new DataError(
      'damaged',
      `The lock ${path} can't be taken: ${String(cause)}. It holds nothing: delete it where no process uses the folder.`,
      cause,
    )
  }
  return () => database.close()
}

/** SQLITE_BUSY: another process holds it. */
function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'errcode' in cause && cause.errcode === 5
}

function inUse(dir: string, owner: string, cause: unknown): DataError {
  const pid = readOwner(owner)
  return new DataError('locked', `The data folder ${dir} is in use by process ${pid === '' ? '(unknown)' : pid}.`, cause)
}

function readOwner(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw cause
  }
}
