import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { DataError } from './error.ts'

/** Makes a folder and those above it, for their owner alone where no other mode is given. Throws where it can't: `mkdir` with `recursive` tries for ever where a folder that is there takes no other (/proc). */
export function makeFolder(path: string, mode = 0o700): void {
  try {
    mkdirSync(path, { mode })
  } catch (cause) {
    if (isCode(cause, 'EEXIST') && statSync(path).isDirectory()) return
    const above = dirname(path)
    if (!isCode(cause, 'ENOENT') || existsSync(above)) throw cause
    makeFolder(above, mode)
    makeFolder(path, mode)
  }
}

/** Makes a folder that somebody named to be written into. Throws `DataError` where that place takes none. */
export function makeNamedFolder(path: string, mode?: number): void {
  try {
    makeFolder(path, mode)
  } catch (cause) {
    throw inWords(path, cause)
  }
}

/** Makes a folder at a place that somebody named, for its owner alone; false where something lies there. Of two that ask at once one makes it. */
export function makeNewFolder(path: string): boolean {
  makeNamedFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
    return true
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false
    throw inWords(path, cause)
  }
}

function inWords(path: string, cause: unknown): unknown {
  if (isCode(cause, 'ENOSPC')) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new DataError('invalid', `${path} can't be made as a folder: ${why}. Name another place.`, cause)
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
