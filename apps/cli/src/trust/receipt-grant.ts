import { Manifest } from '@overt/schema'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { modalitiesFlag, momentMs, personFlag, purposesFlag, requireFlag } from '../terminal/value.ts'

/** `overt receipt grant`: prints the receipt. On the command line a yes is worth little, so it says `assurance: local`. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const manifest = await readJsonFile(requireFlag(flags, 'manifest', 'the manifest that is agreed to'), Manifest, 'manifest')
  const receipt = await inFolder(terminal, 'grant', {
    person: personFlag(flags, 'who agrees'),
    manifest,
    purposes: textFlag(flags, 'purposes') === undefined ? null : purposesFlag(flags),
    modalities: textFlag(flags, 'modalities') === undefined ? null : modalitiesFlag(flags),
    expiresAtEpochMs: momentMs(requireFlag(flags, 'expires', 'when the yes ends'), Date.now()),
    assurance: 'local',
    acknowledge: flags['acknowledge'] === true,
  })
  terminal.document(receipt)
}
