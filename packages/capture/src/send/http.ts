import type { Batch } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { request, toJson } from '../natives.ts'
import type { Delivery, Transport } from './delivery.ts'
import type { DeviceKey } from './token.ts'

/** All keepalive requests of a page together, by the Fetch standard; the page may want some of it. */
const keepaliveBytes = 48 * 1024
const requestMs = 20_000

/** A batch as it is signed, and on its way to be as it is sent. */
interface Ready {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly gzipped: Promise<Uint8Array<ArrayBuffer>>
}

/** Sends batches to `POST {endpoint}/v1/batches`; an endpoint that already names the path is taken as it is. */
export function httpTransport(endpoint: string, key: DeviceKey, nowEpochMs: () => number): Transport {
  const url = /\/v1\/batches\/?$/.test(endpoint) ? endpoint : `${endpoint.replace(/\/$/, '')}/v1/batches`
  let aliveBytes = 0
  const ready = new WeakMap<Batch, Ready>()
  const readyOf = (batch: Batch): Ready => {
    const known = ready.get(batch)
    if (known !== undefined) return known
    // A page may have given arrays a toJSON of its own.
    const text = [{}, [], '', 0, true].some((value) => 'toJSON' in Object(value)) ? canonicalJson(batch) : toJson(batch)
    const bytes = new TextEncoder().encode(text)
    const made = { bytes, gzipped: gzip(bytes) }
    ready.set(batch, made)
    return made
  }
  return {
    prepare: (batch) => void readyOf(batch).gzipped.catch(() => {}),
    deliver: async (batch, unloading) => {
      let reserved = 0
      try {
        const { bytes, gzipped } = readyOf(batch)
        const token = await key.tokenFor(bytes, nowEpochMs())
        const room = keepaliveBytes - aliveBytes
        const plain = unloading && bytes.byteLength <= room
        const body = plain ? bytes : await gzipped
        const encoding = plain ? 'identity' : 'gzip'
        const headers = { authorization: `Device ${token}`, 'content-type': 'application/json', 'content-encoding': encoding }
        const keepalive = body.byteLength <= room
        aliveBytes += reserved = keepalive ? body.byteLength : 0
        const signal = AbortSignal.timeout(requestMs)
        return await judge(await request(url, { method: 'POST', headers, body, keepalive, signal, credentials: 'omit', mode: 'cors' }))
      } catch {
        return { kind: 'retry', reason: 'network', afterMs: null }
      } finally {
        aliveBytes -= reserved
      }
    },
  }
}

async function judge(response: Response): Promise<Delivery> {
  const { status } = response
  // Read to its end: until then the browser counts the request as under way, and refuses keepalive once there are 64 KB of them.
  const said = await response.text().catch(() => '')
  if (status >= 200 && status < 300) return { kind: 'done' }
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
