import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { lengthMs } from '../terminal/value.ts'

/** `overt erase`: prints what it reached, then a receipt. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const empty = ['person', 'session'].find((name) => textFlag(flags, name) === '')
  if (empty !== undefined)
    throw new CliError('OVT-1705', exitCode.usage, `--${empty} names nothing: it is empty.`, 'Write a name after it, or leave it out.')
  const last = textFlag(flags, 'last')
  const request = {
    person: textFlag(flags, 'person') ?? null,
    session: textFlag(flags, 'session') ?? null,
    lastMs: last === undefined ? null : lengthMs(last),
  }
  if (request.person === null && request.session === null && request.lastMs === null) {
    throw new CliError(
      'OVT-1705',
      exitCode.usage,
      'Nothing is named: whose work, which session, or how much of the last time.',
      'Add --person P, --session ID or --last 10m.',
    )
  }
  const { reached, left, receipt } = await inFolder(terminal, 'erase', request)
  terminal.result({ reached, left, receipt }, [
    `Erased: ${counted(reached.events, 'event')}, ${counted(reached.frames, 'picture')}, ${counted(reached.episodes, 'episode')}. Revoked: ${counted(reached.datasets, 'dataset')}, ${counted(reached.models, 'model')}.`,
    ...left.map((what) => `Not reached: ${what}`),
    `Receipt: ${receipt.entries.map(({ index }) => `entry ${index}`).join(', ')} of the ledger.`,
  ])
}
