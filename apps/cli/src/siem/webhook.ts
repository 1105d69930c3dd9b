import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { BlockList } from 'node:net'

import { CliError, exitCode } from '../terminal/failure.ts'
import { checkHost, type Lookup } from './address.ts'

const answerMs = 20_000

/** Where to post, and how. */
export interface Webhook {
  readonly url: URL
  /** Networks beside the public ones that may be reached. */
  readonly opened: BlockList
  /** Sent as `authorization: Bearer`. */
  readonly token?: string
  readonly lookup?: Lookup
}

/** The address of a collector that takes posts. It is typed into a flag, so it holds no password: others see it run. */
export function webhookUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw refused(`${text} is no https address`)
  return url
}

/** Posts JSON lines. The host is resolved once, its addresses are checked, and the connection is made to the one that was checked; no redirect is followed. */
export async function postLines(webhook: Webhook, lines: string): Promise<void> {
  const { url } = webhook
  const checked = await checkHost(url.hostname, webhook.opened, webhook.lookup)
  if (!checked.ok) throw refused(checked.why)
  if (url.protocol === 'http:' && !checked.allowed) throw refused('only https goes to a public address')
  const status = await post(url, { address: checked.address, family: checked.family }, lines, webhook.token)
  if (status >= 300 && status < 400) throw refused(`it answered with a redirect (${status}), and none is followed`)
  if (status >= 300)
    throw new CliError('OVT-1742', exitCode.failed, `${url.origin} answered ${status}.`, 'Nothing counts as sent: run the export again.')
}

function post(
  url: URL,
  pinned: { readonly address: string; readonly family: 4 | 6 },
  body: string,
  token: string | undefined,
): Promise<number> {
  const headers = {
    'content-type': 'application/x-ndjson',
    'content-length': String(Buffer.byteLength(body)),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest
    const sent = send(
      url,
      {
        method: 'POST',
        headers,
        agent: false,
        signal: AbortSignal.timeout(answerMs),
        lookup: (_name, options, done) => (options.all === true ? done(null, [pinned]) : done(null, pinned.address, pinned.family)),
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    sent.once('error', (cause) =>
      reject(
        new CliError('OVT-1743', exitCode.unreachable, `${url.origin} can't be reached: ${cause.message}.`, 'Run the export again.', cause),
      ),
    )
    sent.end(body)
  })
}

function refused(why: string): CliError {
  return new CliError(
    'OVT-1741',
    exitCode.refused,
    `Nothing was sent: ${why}.`,
    'Give the address of your collector; open a network of yours with --allow 10.1.0.0/16.',
  )
}
