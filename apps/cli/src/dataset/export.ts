import { resolve } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag } from '../terminal/value.ts'

/** `overt dataset export DIR`: the release in another format, with `loss.json` beside it. */
export async function run(terminal: Terminal, [dir = '']: readonly string[], flags: Flags): Promise<void> {
  const format = textFlag(flags, 'format')
  if (format !== 'hf' && format !== 'jsonl')
    throw new CliError('OVT-1705', exitCode.usage, `"${format ?? ''}" is not a format that is written yet.`, 'Choose from: hf, jsonl.')
  const report = await inFolder(terminal, 'copy', { dir: resolve(dir), format, outDir: pathFlag(flags, 'out', 'the folder to write') })
  terminal.result(report, [`Written as ${format}; loss.json says what the format could not hold.`])
}
