import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

/** `overt receipt withdraw`: everything that rests on the receipt stops at once. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const receipt = textFlag(flags, 'receipt')
  const subject = receipt === undefined ? { person: requireFlag(flags, 'person', 'who takes the yes back') } : { receipt }
  const ended = await inFolder(terminal, 'withdraw', subject)
  terminal.result(ended, [`${ended.withdrawn} withdrawn. What was recorded is kept; \`overt erase --person P\` erases it.`])
}
