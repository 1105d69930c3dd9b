import { Manifest } from '@overt/schema'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { modalitiesFlag, momentMs, personFlag, purposesFlag, requireFlag } from '../terminal/value.ts'

/** `overt receipt grant`: prints the receipt. On the command line a yes is worth little, so it says `assurance: local`. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const manifest = await readJsonFile(requireFlag(flags, 'manifest', 'the manifest that is agreed to'), Manifest, 'manifest')
  const until = textFlag(flags, 'expires')
  const expiresAtEpochMs = momentMs(until ?? '90d', Date.now())
  const receipt = await inFolder(terminal, 'grant', {
    person: personFlag(flags, 'who agrees'),
    manifest,
    purposes: textFlag(flags, 'purposes') === undefined ? null : purposesFlag(flags),
    modalities: textFlag(flags, 'modalities') === undefined ? null : modalitiesFlag(flags),
    expiresAtEpochMs,
    assurance: 'local',
    acknowledge: flags['acknowledge'] === true,
  })
  terminal.document(receipt)
  // The document says it too, by its own `expiresAtEpochMs`: it is the receipt, and holds nothing else.
  if (until !== undefined && receipt.expiresAtEpochMs < expiresAtEpochMs)
    terminal.say(`The yes ends sooner than was asked for, with its manifest: on ${new Date(receipt.expiresAtEpochMs).toISOString()}.`)
}
