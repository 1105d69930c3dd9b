import { textFlag, type Flags } from '../command.ts'
import { makeCouncilKey, trustCouncilKey } from '../folder/council-key.ts'
import { openOperator } from '../folder/operator.ts'
import { folderKeys } from '../folder/trusted.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest keys`: the public keys that this folder's clients trust. `--council` trusts a council's first, `--council-key` makes one. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  await openOperator(terminal.dataDir)
  const [given, made] = [textFlag(flags, 'council'), textFlag(flags, 'councilKey')]
  if (given !== undefined) await trustCouncilKey(terminal, given)
  if (made !== undefined) {
    const file = await makeCouncilKey(terminal, made)
    terminal.say(`A council’s key was made: ${file}. Give it to the council, or to the person whom those recorded elect, and keep no copy.`)
  }
  const keys = await folderKeys(terminal)
  terminal.result(
    { keys },
    keys.map(({ keyId, by, publicKey }) => `${keyId}  ${by}  ${publicKey}`),
  )
}
