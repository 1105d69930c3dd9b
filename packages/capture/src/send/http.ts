import type { Delivery, Transport } from './delivery.ts'
import type { DeviceKey } from './token.ts'

/** All keepalive requests of a page together, by the Fetch standard. */
const keepaliveBytes = 64 * 1024
const requestMs = 20_000

/** Sends batches to `POST {endpoint}/v1/batches`; an endpoint that already names the path is taken as it is. */
export function httpTransport(endpoint: string, key: DeviceKey, nowEpochMs: () => number): Transport {
  const url = /\/v1\/batches\/?$/.test(endpoint) ? endpoint : `${endpoint.replace(/\/$/, '')}/v1/batches`
  const { fetch: send } = globalThis
  return {
    deliver: async (batch, unloading) => {
      try {
        const bytes = new TextEncoder().encode(JSON.stringify(batch))
        const token = await key.tokenFor(bytes, nowEpochMs())
        const body = unloading ? bytes : await gzip(bytes)
        const headers = {
          authorization: `Device ${token}`,
          'content-type': 'application/json',
          ...(unloading ? {} : { 'content-encoding': 'gzip' }),
        }
        const keepalive = body.byteLength < keepaliveBytes
        const signal = AbortSignal.timeout(requestMs)
        return judge(await send(url, { method: 'POST', headers, body, keepalive, signal, credentials: 'omit', mode: 'cors' }))
      } catch {
        return { kind: 'retry', reason: 'network', afterMs: null }
      }
    },
  }
}

function judge(response: Response): Delivery {
  const { status } = response
  if (status >= 200 && status < 300) return { kind: 'done' }
  if (status === 401 || status === 403) return { kind: 'stop', reason: `http.${status}` }
  if (status === 429 || status >= 500) return { kind: 'retry', reason: `http.${status}`, afterMs: retryAfterMs(response) }
  return { kind: 'refused', reason: `http.${status}` }
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
