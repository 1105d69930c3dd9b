import { textFlag, type Flags } from '../command.ts'
import type { Reading } from '../folder/reading.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { purposesFlag, requireFlag } from '../terminal/value.ts'

/** Why and whose: a reading without a purpose does not happen. */
export function readingFlags(flags: Flags): Reading {
  requireFlag(flags, 'purpose', 'every read has one, and it stands in the ledger')
  const [purpose] = purposesFlag(flags, 'purpose')
  if (purpose === undefined) throw new CliError('OVT-1705', exitCode.usage, '--purpose names none.', 'Choose one purpose.')
  return { purpose, person: textFlag(flags, 'person') ?? null }
}
