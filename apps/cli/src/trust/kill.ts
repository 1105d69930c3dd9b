import { signBytes } from '@overt/privacy'

import { textFlag, type Flags } from '../command.ts'
import { makeCouncilKey } from '../folder/council-key.ts'
import { inFolder } from '../folder/folder.ts'
import { openOperator, readKeyFile } from '../folder/operator.ts'
import type { StopState } from '../folder/stopping.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt kill`: stops every recorder and freezes every read; `--status` tells, `--lift` turns a key. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  if (flags['status'] === true) return tell(terminal, await inFolder(terminal, 'stopState', undefined))
  if (flags['lift'] === true) return tell(terminal, await lift(terminal, textFlag(flags, 'key')))
  const { council } = await inFolder(terminal, 'stopState', undefined)
  if (!council) await giveCouncilKey(terminal, textFlag(flags, 'councilKey'))
  const state = await inFolder(terminal, 'kill', { why: textFlag(flags, 'why') ?? 'no reason was given' })
  tell(terminal, state, state.left)
  if (state.before)
    terminal.say(
      'It was stopped already, and stays so as the ledger has it: by whom and why are of the stop that holds, not of this command.',
    )
}

/** The key itself stays in this process: its holder may sit at another terminal than the server. */
async function lift(terminal: Terminal, file: string | undefined): Promise<StopState> {
  const key = file === undefined ? await openOperator(terminal.dataDir) : await readKeyFile(file)
  const { lift: text } = await inFolder(terminal, 'stopState', undefined)
  const signature = await signBytes(key.privateKey, new TextEncoder().encode(text))
  return inFolder(terminal, 'turnKey', { keyId: key.keyId, signature })
}

/** A stop that nobody could lift would not be thrown: where no council's key is known, one is made before. */
async function giveCouncilKey(terminal: Terminal, named: string | undefined): Promise<void> {
  const file = await makeCouncilKey(terminal, named, ' Nothing is stopped yet.')
  terminal.say(
    `Two keys lift a stop, and no council’s was known here. One was made: ${file}. Give it to the council, or to the person whom those recorded elect, and keep no copy.`,
  )
}

function tell(terminal: Terminal, { stop }: StopState, left: readonly string[] = []): void {
  if (stop === null) return terminal.result({ stopped: false }, ['Nothing is stopped.'])
  const { by, why, atEpochMs, turned } = stop
  terminal.result({ stopped: true, by, why, atEpochMs, turned, ...(left.length === 0 ? {} : { left }) }, [
    `Stopped since ${new Date(atEpochMs).toISOString()} by ${by}: ${why}. Nothing is recorded, nothing is read.`,
    `Keys turned: ${turned.length === 0 ? 'none' : turned.join(', ')}. Two lift it, one of them the council’s: \`overt kill --lift\`, and \`overt kill --lift --key FILE\`.`,
    ...left.map((what) => `Not reached: ${what}`),
  ])
}
