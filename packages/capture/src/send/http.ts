import type { Batch, Observation } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { request, requestLater, toJson } from '../natives.ts'
import { createBases } from './bases.ts'
import type { Delivery, Transport } from './delivery.ts'
import type { DeviceKey } from './token.ts'

/** All keepalive requests of a page together, by the Fetch standard; the page may want some of it. */
const keepaliveBytes = 48 * 1024
const requestMs = 20_000

const unreached: Delivery = { kind: 'retry', reason: 'network', afterMs: null }

/** A batch as it is signed. `seen`: its observations, where they were told. */
interface Ready {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly seen: readonly Observation[] | undefined
  gzipped?: Promise<Uint8Array<ArrayBuffer>>
  /** The same once it is there: a page that goes away waits for nothing. */
  zipped?: Uint8Array<ArrayBuffer>
}

/** Sends batches to `POST {endpoint}/v1/batches`; an endpoint that already names the path is taken as it is. */
export function httpTransport(endpoint: string, key: DeviceKey, nowEpochMs: () => number): Transport {
  const base = endpoint.replace(/(\/v1\/batches)?\/?$/, '')
  const post: Post = async (path, signed, encoding, init, last) => {
    const authorization = `Device ${await key.tokenFor(signed, nowEpochMs())}`
    const headers = { authorization, 'content-type': 'application/json', 'content-encoding': encoding }
    const whole = { method: 'POST', headers, credentials: 'omit', ...init } as const
    const ask = async (): Promise<Delivery> => {
      const response = await request(base + path, whole)
      watches ||= response.headers.has('overt-watch')
      return judge(response)
    }
    if (last !== true) return ask()
    try {
      requestLater(base + path, whole)
      return unreached
    } catch {
      // It goes as any request, and may end with its page.
      return ask()
    }
  }
  let watches = false
  let underWay = 0
  let failing = false
  const bases = createBases()
  const ready = new WeakMap<Batch, Ready>()
  const readyOf = (batch: Batch, seen?: readonly Observation[]): Ready => {
    const one = ready.get(batch) ?? { bytes: bytesOf(batch), seen }
    ready.set(batch, one)
    return one
  }
  const send = createCarrier(post)
  const tell = async (batch: Batch, unloading: boolean): Promise<Delivery> => {
    const one = readyOf(batch)
    const { seen } = one
    // A page that goes away has no time to send anything again: it tells nothing that needs another batch.
    const told = unloading || seen === undefined ? null : await bases.tell(batch, seen, one.bytes)
    const said = await send(told === null ? one : { bytes: bytesOf(told), seen }, unloading)
    if (said.kind === 'done' && said.base === true) bases.keep(batch, seen ?? [])
    if (told === null || said.kind !== 'refused' || said.reason === 'erased') return said
    bases.drop(batch)
    return { kind: 'retry', reason: 'base', afterMs: null }
  }
  return {
    prepare: (batch, seen) => {
      const one = readyOf(batch, seen)
      // What goes next goes as a difference, if it can; what waits may have to go with the page.
      if (failing || underWay > 0 || !bases.has(batch)) zipAhead(one)
    },
    deliver: async (batch, unloading) => {
      underWay += 1
      const said = await tell(batch, unloading).catch(() => unreached)
      underWay -= 1
      failing = said.kind === 'retry'
      if (failing) zipAhead(ready.get(batch))
      return said
    },
    watch: ({ receipt, purpose }, signal) => {
      const body = bytesOf({ receipt, purpose })
      // Asked only of a server that said it answers this.
      return watches ? post('/v1/watch', body, 'identity', { body, signal }).catch(() => unreached) : Promise.resolve(unreached)
    },
  }
}

/** `last`: the page is gone before it could be answered. */
type Post = (path: string, signed: Uint8Array<ArrayBuffer>, encoding: string, init: RequestInit, last?: boolean) => Promise<Delivery>

/** Sends a body within the room that is left for those which outlive their page. */
function createCarrier(post: Post): (one: Ready, unloading: boolean) => Promise<Delivery> {
  let aliveBytes = 0
  const fits = ({ byteLength }: Uint8Array): boolean => aliveBytes + byteLength <= keepaliveBytes
  return async (one, unloading) => {
    const { bytes, zipped } = one
    const plain = unloading && zipped === undefined && fits(bytes)
    const body = plain ? bytes : (zipped ?? (await zip(one)))
    // Asked when it goes: others may have taken the room meanwhile.
    const keepalive = fits(body)
    const reserved = keepalive ? body.byteLength : 0
    aliveBytes += reserved
    const signal = AbortSignal.timeout(requestMs)
    try {
      return await post('/v1/batches', bytes, plain ? 'identity' : 'gzip', { body, keepalive, signal }, unloading && !keepalive)
    } finally {
      aliveBytes -= reserved
    }
  }
}

function zip(one: Ready): Promise<Uint8Array<ArrayBuffer>> {
  return (one.gzipped ??= gzip(one.bytes).then((body) => (one.zipped = body)))
}

function zipAhead(one: Ready | undefined): void {
  if (one !== undefined) zip(one).catch(() => {})
}

/** A page may have given arrays a toJSON of its own: what is signed is what was captured. */
function bytesOf(document: object): Uint8Array<ArrayBuffer> {
  const safe = [{}, [], '', 0, true].every((value) => !('toJSON' in Object(value)))
  return new TextEncoder().encode(safe ? toJson(document) : canonicalJson(document))
}

async function judge(response: Response): Promise<Delivery> {
  const { status } = response
  // Read to its end: until then the browser counts the request as under way, and refuses keepalive once there are 64 KB of them.
  const said = await response.text().catch(() => '')
  if (status >= 200 && status < 300) return { kind: 'done', base: Number(response.headers.get('overt-base')) > 2 }
  // Its person erased that time: this batch is over, and the agreement is not.
  if (status === 403 && said.includes('"erased"')) return { kind: 'refused', reason: 'erased' }
  if (status === 401 || status === 403) return { kind: 'stop', reason: `http.${status}` }
  if (status === 429 || status >= 500) return { kind: 'retry', reason: `http.${status}`, afterMs: retryAfterMs(response) }
  return { kind: 'refused', reason: `http.${status}` }
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  // What goes wrong here is told to whoever reads.
  void writer.write(bytes).then(
    () => writer.close(),
    () => {},
  )
  return new Uint8Array(await new Response(readable).arrayBuffer())
}
