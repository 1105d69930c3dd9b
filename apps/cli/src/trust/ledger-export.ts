import { appendFile } from 'node:fs/promises'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { openedNetworks } from '../siem/address.ts'
import { sendSyslog } from '../siem/syslog.ts'
import { postLines } from '../siem/webhook.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, requireFlag, wholeFlag } from '../terminal/value.ts'

type Exported = Awaited<ReturnType<typeof inFolder<'siem'>>>

/** Every way out of the ledger, by its name. */
const ways: Readonly<Record<string, (flags: Flags, exported: Exported) => Promise<void>>> = {
  file: async (flags, exported) => appendFile(pathFlag(flags, 'out', 'the file to write to'), linesOf(exported)),
  webhook: async (flags, exported) => {
    const opened = openedNetworks(textFlag(flags, 'allow') ?? '')
    if (opened === undefined)
      throw new CliError('OVT-1705', exitCode.usage, '--allow is not a list of networks.', 'Write 10.1.0.0/16,fd00::/8.')
    const token = process.env['OVERT_SIEM_TOKEN']
    await postLines(
      { url: requireFlag(flags, 'url', 'where to post'), opened, ...(token === undefined ? {} : { token }) },
      linesOf(exported),
    )
  },
  syslog: async (flags, { events }) =>
    sendSyslog(
      requireFlag(flags, 'url', 'the collector'),
      events.map((event) => ({ json: JSON.stringify(event), atEpochMs: event.time })),
    ),
}

function linesOf({ events }: Exported): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

/** `overt ledger export`: what was done with the data, for a security team; never who takes part. `next` is what `--from` takes the next time. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const to = textFlag(flags, 'to') ?? ''
  const send = Object.hasOwn(ways, to) ? ways[to] : undefined
  if (send === undefined || textFlag(flags, 'format') !== 'ocsf')
    throw new CliError(
      'OVT-1705',
      exitCode.usage,
      'The ledger goes out as --format ocsf, --to file, webhook or syslog.',
      'See `overt ledger export --help`.',
    )
  const exported = await inFolder(terminal, 'siem', { fromIndex: wholeFlag(flags, 'from', 0) })
  if (exported.events.length > 0) await send(flags, exported)
  const { events, next } = exported
  terminal.result({ sent: events.length, next }, [`Sent ${events.length} events; next time --from ${next}.`])
}
