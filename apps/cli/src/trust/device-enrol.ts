import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { personFlag, requireFlag } from '../terminal/value.ts'

/** `overt device enrol`: what a client needs to post batches to a server on this machine. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const endpoint = requireFlag(flags, 'endpoint', 'where the device will post')
  const enrolment = await inFolder(terminal, 'enrol', {
    person: personFlag(flags, 'whose device'),
    endpoint,
    origin: textFlag(flags, 'origin') ?? null,
  })
  terminal.document(enrolment)
  terminal.say('The device key is printed this once and kept nowhere.')
}
