import { inFolder } from '../folder/folder.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt ledger show`: every entry, in order; with `--json` also the signed checkpoint over them, to be kept elsewhere, and the public key of the log. */
export async function run(terminal: Terminal, _args: readonly string[], _flags: Flags): Promise<void> {
  const { entries, checkpoint, log } = await inFolder(terminal, 'entries', undefined)
  terminal.result(
    { entries, checkpoint, log },
    entries.map(
      ({ index, atEpochMs, kind, who, body }) =>
        `${index}  ${new Date(atEpochMs).toISOString()}  ${kind}  ${who?.slice(0, 12) ?? '-'}  ${JSON.stringify(body)}`,
    ),
  )
}
