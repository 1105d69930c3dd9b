import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag } from '../terminal/value.ts'

/** `overt backup`: what was recorded into one folder, the keys into another. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const report = await inFolder(terminal, 'backup', {
    data: pathFlag(flags, 'out', 'a new folder for what was recorded'),
    keys: pathFlag(flags, 'keys', 'a new folder for the keys, to be kept apart from the other'),
  })
  const until = new Date(report.keysUntilEpochMs).toISOString().slice(0, 10)
  terminal.result(report, [
    `Backed up: ${counted(report.files, 'file')}, ${(report.sizeBytes / 1e6).toFixed(1)} MB.`,
    `What was recorded: ${report.data}`,
    `The keys: ${report.keys}. Keep them apart from the other; they are refused after ${until}.`,
    'Leave the keys where they are, so that erasures reach them; one that does not says so.',
  ])
}
