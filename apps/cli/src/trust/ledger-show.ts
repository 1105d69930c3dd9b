import { inFolder } from '../folder/folder.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt ledger show`: every entry, in order; with `--json` also the signed checkpoint over them, to be kept elsewhere. */
export async function run(terminal: Terminal, _args: readonly string[], _flags: Flags): Promise<void> {
  const { entries, checkpoint } = await inFolder(terminal, 'entries', undefined)
  terminal.result(
    { entries, checkpoint },
    entries.map(
      ({ index, atEpochMs, kind, who, body }) =>
        `${index}  ${new Date(atEpochMs).toISOString()}  ${kind}  ${who?.slice(0, 12) ?? '-'}  ${JSON.stringify(body)}`,
    ),
  )
}
