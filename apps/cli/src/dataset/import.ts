import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { personFlag } from '../terminal/value.ts'

/** `overt import miniwob PATH...`: says what could not be mapped. */
export async function run(terminal: Terminal, [format = '', ...paths]: readonly string[], flags: Flags): Promise<void> {
  if (format !== 'miniwob')
    throw new CliError('OVT-1705', exitCode.usage, `"${format}" is not a format that can be imported.`, 'Choose from: miniwob.')
  const person = personFlag(flags, 'whom the recordings stand for')
  const imported = await inFolder(terminal, 'importMiniwob', { paths: paths.map((path) => resolve(path)), person })
  const lost = { ...imported.skipped, ...imported.dropped }
  terminal.result(imported, [
    `${counted(imported.files, 'file')}, ${counted(imported.demonstrations, 'demonstration')}: ${imported.stored} stored (${imported.duplicate} were there already), ${imported.successes} of them successful.`,
    `Not mapped: ${
      Object.keys(lost).length === 0
        ? 'nothing'
        : Object.entries(lost)
            .map(([reason, count]) => `${count} ${reason}`)
            .join(', ')
    }.`,
  ])
}
