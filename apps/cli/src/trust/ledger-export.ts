import { appendFile } from 'node:fs/promises'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { openedNetworks } from '../siem/address.ts'
import { collectorOf, sendSyslog } from '../siem/syslog.ts'
import { postLines, webhookUrl } from '../siem/webhook.ts'
import { counted } from '../terminal/counted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, requireFlag, wholeFlag } from '../terminal/value.ts'

type Exported = Awaited<ReturnType<typeof inFolder<'siem'>>>

/** Every way out of the ledger, by its name. What a way needs is asked for before the ledger is: today there may be nothing to send. */
const ways: Readonly<Record<string, (flags: Flags) => (exported: Exported) => Promise<void>>> = {
  file: (flags) => {
    const out = pathFlag(flags, 'out', 'the file to write to')
    return (exported) => appendFile(out, linesOf(exported))
  },
  webhook: (flags) => {
    const url = webhookUrl(requireFlag(flags, 'url', 'where to post, such as https://siem.example/overt'))
    const opened = openedNetworks(textFlag(flags, 'allow') ?? '')
    if (opened === undefined)
      throw new CliError('OVT-1705', exitCode.usage, '--allow is not a list of networks.', 'Write 10.1.0.0/16,fd00::/8.')
    const token = process.env['OVERT_SIEM_TOKEN']
    return (exported) => postLines({ url, opened, ...(token === undefined ? {} : { token }) }, linesOf(exported))
  },
  syslog: (flags) => {
    const collector = collectorOf(requireFlag(flags, 'url', 'the collector, such as syslog+tls://host:6514'))
    return ({ events }) =>
      sendSyslog(
        collector,
        events.map((event) => ({ json: JSON.stringify(event), atEpochMs: event.time })),
      )
  },
}

function linesOf({ events }: Exported): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

/** `overt ledger export`: what was done with the data, for a security team; never who takes part. `next` is what `--from` takes the next time. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const to = textFlag(flags, 'to') ?? ''
  const way = Object.hasOwn(ways, to) ? ways[to] : undefined
  if (way === undefined || textFlag(flags, 'format') !== 'ocsf')
    throw new CliError(
      'OVT-1705',
      exitCode.usage,
      'The ledger goes out as --format ocsf, --to file, webhook or syslog.',
      'See `overt ledger export --help`.',
    )
  const send = way(flags)
  const exported = await inFolder(terminal, 'siem', { fromIndex: wholeFlag(flags, 'from', 0) })
  if (exported.events.length > 0) await send(exported)
  const { events, next } = exported
  terminal.result({ sent: events.length, next }, [`Sent ${counted(events.length, 'event')}; next time --from ${next}.`])
}
