import { once } from 'node:events'
import { connect, isIP } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectSecure } from 'node:tls'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Facility 13 (log audit), severity 6 (informational). */
const priority = 13 * 8 + 6
const connectMs = 20_000

/** One event as a syslog message (RFC 5424), with its length before it (RFC 6587, section 3.4.1). The text is JSON in one line: no event can begin another. */
export function syslogFrame(json: string, atEpochMs: number, host: string): string {
  const name = host.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 255)
  const message = `<${priority}>1 ${new Date(atEpochMs).toISOString()} ${name === '' ? '-' : name} overt - ledger - ${json.replaceAll(/[\r\n]/g, ' ')}`
  return `${Buffer.byteLength(message)} ${message}`
}

/** Where a collector listens. */
export interface Collector {
  readonly address: string
  readonly secure: boolean
  readonly host: string
  readonly port: number
}

/** The collector of an address: `syslog+tls://host:6514`, or `syslog+tcp://` within one machine or a network of one's own. */
export function collectorOf(address: string): Collector {
  const { protocol, hostname: host, port } = URL.parse(address) ?? { protocol: '', hostname: '', port: '' }
  if (!['syslog+tls:', 'syslog+tcp:'].includes(protocol) || host === '')
    throw new CliError(
      'OVT-1744',
      exitCode.usage,
      `"${address}" is no address of a syslog collector.`,
      'Write syslog+tls://host:6514 or syslog+tcp://host:601.',
    )
  const secure = protocol === 'syslog+tls:'
  return { address, secure, host: host.replace(/^\[|\]$/g, ''), port: Number(port === '' ? (secure ? 6514 : 601) : port) }
}

/** Sends events to a collector. Resolves once all is handed over and the other side has closed in good order. */
export async function sendSyslog(
  { address, secure, host, port }: Collector,
  events: readonly { readonly json: string; readonly atEpochMs: number }[],
): Promise<void> {
  const own = hostname()
  try {
    // Only a name is told as one (RFC 6066, section 3); an address is held against the certificate all the same.
    const named = isIP(host) === 0 ? { servername: host } : {}
    const socket = secure ? connectSecure({ host, port, ...named }) : connect({ host, port })
    socket.setTimeout(connectMs, () => socket.destroy(new Error('no answer in time')))
    await once(socket, secure ? 'secureConnect' : 'connect')
    const closed = once(socket, 'close')
    socket.resume()
    socket.end(events.map(({ json, atEpochMs }) => syslogFrame(json, atEpochMs, own)).join(''))
    await closed
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(
      'OVT-1743',
      exitCode.unreachable,
      `The collector at ${address} can't be reached: ${why}.`,
      'Run the export again.',
      cause,
    )
  }
}
