import { cpSync } from 'node:fs'

/** A copy of an open folder as a crash would leave it now, beside it; nobody owns it. */
export function crashedCopy(dir: string, name = 'crashed'): string {
  const copy = `${dir}-${name}`
  cpSync(dir, copy, { recursive: true, filter: (path) => !path.endsWith('lock') && !path.endsWith('.sock') })
  return copy
}
