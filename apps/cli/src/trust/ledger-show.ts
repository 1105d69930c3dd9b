import { inFolder } from '../folder/folder.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt ledger show`: every entry, in order. */
export async function run(terminal: Terminal, _args: readonly string[], _flags: Flags): Promise<void> {
  const { entries } = await inFolder(terminal, 'entries', undefined)
  terminal.result(
    { entries },
    entries.map(
      ({ index, atEpochMs, kind, who, body }) =>
        `${index}  ${new Date(atEpochMs).toISOString()}  ${kind}  ${who?.slice(0, 12) ?? '-'}  ${JSON.stringify(body)}`,
    ),
  )
}
