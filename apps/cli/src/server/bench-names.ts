import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { listFlag } from '../terminal/value.ts'

/** The names of a list flag, as an option of a benchmark; none where the flag was not given. */
export function namedIn(flags: Flags, flag: string): Readonly<Record<string, readonly string[]>> {
  if (textFlag(flags, flag) === undefined) return {}
  const names = listFlag(flags, flag)
  if (names.length > 0) return { [flag]: names }
  throw new CliError('OVT-1705', exitCode.usage, `--${flag} names none.`, 'See `overt bench --help`; names are separated by commas.')
}

/** What a benchmark has against a name, or a file, is the person's to mend. */
export function asUsage(error: unknown): never {
  if (!(error instanceof RangeError)) throw error
  throw new CliError('OVT-1705', exitCode.usage, `${error.message}.`, 'See `overt bench --help`; names are separated by commas.', error)
}
