import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

import { createFarEnd } from './far-end.ts'

/** A loopback site with pages, scripts, and an endpoint that takes what every recorder sends and counts it. */
export interface Site {
  readonly origin: string
  serve(path: string, body: string, type?: string): string
  /** Bytes taken since the last call: gzip as sent, or made here where a recorder sends plain text. */
  takeBytes(): { readonly gzip: number; readonly requests: number }
  close(): Promise<void>
}

/** Cross-origin isolation gives the page's clock its full resolution: 5 instead of 100 microseconds. */
const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cache-control': 'no-store' }

/** Starts the site; whoever opens it closes it. */
export async function openSite(): Promise<Site> {
  const files = new Map<string, { readonly body: string; readonly type: string }>()
  let gzip = 0
  let requests = 0
  const farEnd = createFarEnd()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback')
    if (pathname.startsWith('/ingest'))
      return void answer(request, response, farEnd, (bytes) => {
        gzip += bytes
        requests += 1
      })
    const file = files.get(pathname)
    response.writeHead(file === undefined ? 404 : 200, { ...headers, 'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8` })
    response.end(file?.body ?? '')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    origin,
    serve: (path, body, type = 'text/html') => {
      files.set(path, { body, type })
      return origin + path
    },
    takeBytes: () => {
      const taken = { gzip, requests }
      gzip = 0
      requests = 0
      return taken
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  farEnd: ReturnType<typeof createFarEnd>,
  count: (gzipBytes: number) => void,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://loopback').pathname
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)) // as: no encoding was set
  const body = Buffer.concat(chunks)
  // Settings and starts are no recording; PostHog's recording goes to /s/, the rest of it is switched off.
  if (request.method === 'POST' && !/\/(flags|start|e|i\/v0\/e)\/?$/.test(path)) count(isGzip(body) ? body.length : gzipSync(body).length)
  // A server that remembers no batch is sent each of them whole.
  const ours = path.endsWith('/v1/batches') && !path.startsWith('/ingest/forgets/') ? farEnd(body) : {}
  response
    .writeHead(ours === null ? 409 : 200, { ...headers, ...ours, 'content-type': 'application/json' })
    .end(JSON.stringify(replyTo(path)))
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

/** What the peers' own servers would answer, so that they record. */
function replyTo(path: string): object {
  if (path.endsWith('/config'))
    return { sessionRecording: { endpoint: '/s/' }, hasFeatureFlags: false, supportedCompression: ['gzip-js', 'gzip'] }
  if (path.endsWith('/v1/web/start'))
    return {
      token: 'bench',
      userUUID: '00000000-0000-4000-8000-000000000000',
      projectID: '1',
      sessionID: '1',
      delay: 0,
      beaconSizeLimit: 1_000_000,
      compressionThreshold: 20_000,
      startTimestamp: Date.now(),
    }
  if (path.includes('/v1/web/')) return { tags: [] }
  return { status: 1, accepted: 1 }
}
