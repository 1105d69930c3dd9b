import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

/** `overt restrict`: begins or lifts a restriction, or tells whether one holds. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const person = requireFlag(flags, 'person', 'whose recordings')
  const to = flags['status'] === true ? null : flags['lift'] !== true
  const turned = await inFolder(terminal, 'restrict', { person, to })
  const holds = turned.restricted ? 'Restricted: the recordings are kept and used for nothing.' : 'Not restricted.'
  const entries = 'receipt' in turned ? turned.receipt.entries.map(({ index }) => `Receipt: entry ${index} of the ledger.`) : []
  const left = 'left' in turned ? turned.left.map((what) => `Not reached: ${what}`) : []
  terminal.result(turned, [holds, ...entries, ...left])
}
