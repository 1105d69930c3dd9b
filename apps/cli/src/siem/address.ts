import { lookup as systemLookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Resolves a name to all of its addresses. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string }[]>

/** An address that may be connected to, or why there is none. */
export type Checked =
  | { readonly ok: true; readonly address: string; readonly family: 4 | 6; readonly allowed: boolean }
  | { readonly ok: false; readonly why: string }

const subnets: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  // RFC 6890 and its successors: this network, private, shared, loopback, link-local (cloud metadata), documentation, benchmarks, multicast, reserved.
  ...(
    [
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
      ['192.0.0.0', 24],
      ['192.0.2.0', 24],
      ['192.88.99.0', 24],
      ['192.168.0.0', 16],
      ['198.18.0.0', 15],
      ['198.51.100.0', 24],
      ['203.0.113.0', 24],
      ['224.0.0.0', 3],
    ] as const
  ).map(([net, prefix]) => [net, prefix, 'ipv4'] as const),
  // Of version 6 only 2000::/3 is public, and of that not what carries another address inside, or is for documents.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]

/** Of one family alone: a list of both takes each address of version 4 for the one of version 6 that holds it. */
function closedNetworks(family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix, kind] of subnets) if (kind === family) list.addSubnet(net, prefix, kind)
  return list
}

/** Networks that an owner has opened, as `10.1.0.0/16,::1/128`; undefined where a text is none. */
export function openedNetworks(text: string): BlockList | undefined {
  const list = new BlockList()
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [net = '', prefix = ''] = part.trim().split('/')
    const family = isIP(net)
    if (family === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return undefined
    list.addSubnet(net, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** Resolves a host once, and refuses it where any of its addresses is not public and not opened. Who connects must use the address that is given back: a second lookup may say something else. */
export async function checkHost(
  host: string,
  opened: BlockList,
  lookup: Lookup = (name) => systemLookup(name, { all: true }),
): Promise<Checked> {
  const name = host.replace(/^\[|\]$/g, '')
  const found = isIP(name) === 0 ? await lookup(name).catch(() => []) : [{ address: name }]
  const judged = found.map(({ address }) => {
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const allowed = opened.check(address, kind)
    return {
      address,
      family: kind === 'ipv6' ? (6 as const) : (4 as const),
      allowed,
      ok: allowed || (isIP(address) !== 0 && !closedNetworks(kind).check(address, kind)),
    }
  })
  const bad = judged.find(({ ok }) => !ok)
  if (bad !== undefined) return { ok: false, why: `${host} is at ${bad.address}, which is not a public address` }
  const [first] = judged
  return first === undefined ? { ok: false, why: `${host} has no address` } : { ...first, ok: true }
}
