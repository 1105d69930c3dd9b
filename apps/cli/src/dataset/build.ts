import { DatasetSpec, parser } from '@overt/schema'
import { parse } from 'yaml'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { misfitOf } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readTextFile } from '../terminal/text-file.ts'
import { pathFlag } from '../terminal/value.ts'
import { tell } from './report.ts'

/** `overt dataset build SPEC`: episodes to a release. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const given = yaml(await readTextFile(file), file)
  const spec = parser(DatasetSpec)(given)
  if (!spec.ok)
    throw new CliError(
      'OVT-1706',
      exitCode.configuration,
      `${file} is not a dataset spec: ${misfitOf(given, spec)}.`,
      'The least is "purpose: ground"; see docs/spec/dataset.md for the rest.',
    )
  tell(terminal, await inFolder(terminal, 'build', { spec: spec.value, outDir: pathFlag(flags, 'out', 'the folder of the release') }))
}

function yaml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new CliError(
      'OVT-1706',
      exitCode.configuration,
      `${file} is neither YAML nor JSON: ${String(error instanceof Error ? error.message : error)}.`,
      'Correct that line.',
      error,
    )
  }
}
