import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

import type { CustomFetch } from 'openid-client'

/** Whether an address outside may also be one inside the organisation's network, or this machine. */
export type Reach = 'public' | 'private'

/** All addresses of a name. */
export type Resolve = (host: string, found: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void

/** What an issuer publishes is a few kilobytes. */
const largestBytes = 1024 * 1024

/** Addresses that no configuration reaches: link-local with the metadata services of clouds, "this host", multicast, reserved. */
const never = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'fe80::/10',
  'ff00::/8',
  '::/128',
  'fd00:ec2::254/128',
])
/** Addresses of this machine and of private networks. */
const inside = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1/128',
  'fc00::/7',
  '64:ff9b::/96',
])

/** Fetches for the sign-in, and nowhere that the configuration did not mean: the address is judged that is then connected to, so a name that changes its mind gains nothing, and no redirect is followed. */
export function outgoing(reach: Reach, resolve: Resolve = resolveAll): CustomFetch {
  const judge = (address: string): boolean => isReachable(address, reach)
  const lookup = guardedLookup(judge, resolve)
  return (url, { method, headers, body, signal }) =>
    new Promise((answer, fail) => {
      const { protocol, hostname } = new URL(url)
      const literal = hostname.replace(/^\[|\]$/g, '')
      if (isIP(literal) !== 0 && !judge(literal)) return fail(blocked(literal))
      if (protocol !== 'https:' && reach === 'public') return fail(new Error(`${url} is not https`))
      const send = protocol === 'https:' ? secureRequest : plainRequest
      const sent = send(url, { method, headers, lookup, ...(signal === undefined ? {} : { signal }) }, (response) => {
        wholeOf(response).then(answer, fail)
      })
      // What the sign-in posts is a form.
      sent.on('error', fail).end(body instanceof URLSearchParams || typeof body === 'string' ? body.toString() : undefined)
    })
}

/** Whether an IP address may be connected to. */
export function isReachable(address: string, reach: Reach): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || never.check(address, family)) return false
  return reach === 'private' || !inside.check(address, family)
}

function guardedLookup(judge: (address: string) => boolean, resolve: Resolve): LookupFunction {
  return (host, options, found) =>
    resolve(host, (error, addresses) => {
      if (error !== null) return found(error, '')
      const [first] = addresses
      if (first === undefined) return found(new Error(`${host} has no address`), '')
      const bad = addresses.find(({ address }) => !judge(address))
      if (bad !== undefined) return found(blocked(bad.address), '')
      return options.all === true ? found(null, [...addresses]) : found(null, first.address, first.family)
    })
}

function resolveAll(host: string, found: Parameters<Resolve>[1]): void {
  systemLookup(host, { all: true }, found)
}

async function wholeOf(response: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const body = response as AsyncIterable<Uint8Array> // as: no encoding is set, so its chunks are bytes
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > largestBytes) throw new Error(`the answer is larger than ${largestBytes} bytes`)
    chunks.push(chunk)
  }
  const headers = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
  const status = response.statusCode ?? 500
  return new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers })
}

function blocked(address: string): Error {
  return new Error(`${address} is an address that the sign-in may not reach`)
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/')
    list.addSubnet(net, Number(bits), isIP(net) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
