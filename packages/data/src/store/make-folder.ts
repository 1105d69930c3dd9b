import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a folder and those above it, for their owner alone. Throws where it can't: `mkdir` with `recursive` tries for ever where a folder that is there takes no other (/proc). */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (cause) {
    if (isCode(cause, 'EEXIST') && statSync(path).isDirectory()) return
    const above = dirname(path)
    if (!isCode(cause, 'ENOENT') || existsSync(above)) throw cause
    makeFolder(above)
    makeFolder(path)
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
