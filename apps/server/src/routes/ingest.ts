import { ingestBatch, type Ingest } from '@overt/data'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Larger than what ingest takes, so that it is ingest that says why a body is too large. */
const bodyLimitBytes = 16 * 1024 * 1024

/** `POST /v1/batches`: bytes and headers to the data package, its answer back. */
export async function ingestRoutes(server: FastifyInstance, ingest: Ingest): Promise<void> {
  await server.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) => parsed(null, body))
    scope.post('/v1/batches', { bodyLimit: bodyLimitBytes }, async (request, reply) => {
      const answer = await ingestBatch(ingest, { headers: headersOf(request), body: bytesOf(request.body) })
      return reply
        .code(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body)
    })
    ready()
  })
}

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]))
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}
