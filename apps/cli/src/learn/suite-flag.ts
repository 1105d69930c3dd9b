import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { requireFlag } from '../terminal/value.ts'

/** The suite of a flag; folders absolute, since the command may run inside a server with another working folder. */
export function suiteFlag(flags: Flags): string {
  const suite = requireFlag(flags, 'suite', 'own, miniwob:DIR, or a folder with suite.json')
  if (suite === 'own') return suite
  return suite.startsWith('miniwob:') ? `miniwob:${resolve(suite.slice('miniwob:'.length))}` : resolve(suite)
}
