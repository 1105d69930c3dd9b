import { makeFolder } from '@overt/data/govern'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Makes the folder that is to be a data folder, or to hold some. */
export function beginFolder(dataDir: string): void {
  try {
    makeFolder(dataDir)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliError(
      'OVT-1707',
      exitCode.configuration,
      `${dataDir} can't be a data folder: ${why}.`,
      'Name another with --data DIR.',
      error,
    )
  }
}
