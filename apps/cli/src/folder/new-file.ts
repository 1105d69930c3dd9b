import { DataError } from '@overt/data'
import { existsSync } from 'node:fs'

/** Refuses a file that is there, before anything is read or entered for it: it may be all that somebody else has. `what`: what is never written over, with its article. */
export function requireNewFile(path: string, what: string): void {
  if (existsSync(path)) throw new DataError('invalid', `${path} is there already: name a new file, ${what} is never overwritten`)
}
