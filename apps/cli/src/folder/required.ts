import { isFolderInUse } from '@overt/data'
import { resolve } from 'node:path'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Refuses a place where no data folder is. */
export function requireFolder(dataDir: string): void {
  if (!isFolderInUse(dataDir))
    throw new CliError('OVT-1720', exitCode.notFound, `There is no data folder at ${resolve(dataDir)}.`, 'Name it with --data DIR.')
}
