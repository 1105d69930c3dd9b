import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { addressFlag } from '../terminal/address.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { personFlag } from '../terminal/value.ts'

/** `overt device enrol`: what a client needs to post batches to a server on this machine. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  addressFlag(flags, 'endpoint')
  const enrolment = await inFolder(terminal, 'enrol', {
    person: personFlag(flags, 'whose device'),
    endpoint: textFlag(flags, 'endpoint') ?? null,
    origin: addressFlag(flags, 'origin')?.origin ?? null,
  })
  terminal.document(enrolment)
  terminal.say('The device key is printed this once and kept nowhere.')
}
