import { isFolderInUse } from '@overt/data'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Refuses a place where no data folder is, and one where nothing but an operator's key is yet. */
export function requireFolder(dataDir: string): void {
  if (isFolderInUse(dataDir)) return
  const place = resolve(dataDir)
  // Throws where another's folder may not be looked into: that is no place without one.
  const begun = statSync(join(place, 'operator.json'), { throwIfNoEntry: false }) !== undefined
  throw new CliError(
    'OVT-1720',
    exitCode.notFound,
    begun
      ? `The data folder at ${place} has its operator’s key, and nothing else yet: nobody was asked and nothing was recorded.`
      : `There is no data folder at ${place}.`,
    begun ? 'Begin with `overt up` or `overt receipt grant`, or name another with --data DIR.' : 'Name it with --data DIR.',
  )
}
