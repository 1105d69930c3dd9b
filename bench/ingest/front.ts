import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** Keeps a batch under its id; resolves once it is durable. */
export type Keep = (id: string, packed: Buffer) => Promise<unknown>

/** The least that an ingest over a peer does: reads, decompresses and parses a body, has the peer keep it, answers. No sender is asked for, nothing is checked, masked or encrypted. */
export async function openFront(keep: Keep): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response, keep))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    port: (server.address() as AddressInfo).port, // as: it listens on a port
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, keep: Keep): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)) // as: no encoding was set
  const packed = Buffer.concat(chunks)
  try {
    const { id }: { readonly id: string } = JSON.parse(gunzipSync(packed).toString('utf8'))
    await keep(id, packed)
    end(response, 200, { acked: id })
  } catch (error) {
    end(response, 503, { reason: String(error) })
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
}
