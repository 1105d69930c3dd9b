import { ingestBatch, type Ingest } from '@overt/data'
import { Batch } from '@overt/schema'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'

import { operation, serve, type Operation } from '../http/operation.ts'

/** Larger than what ingest takes, so that it is ingest that says why a body is too large. */
const bodyLimitBytes = 16 * 1024 * 1024

/** `POST /v1/batches`: bytes and headers to the data package, its answer back. */
export function ingestOperation(ingest: Ingest): Operation {
  return operation({
    method: 'POST',
    path: '/v1/batches',
    summary: 'Stores a batch; answers once it is on disk.',
    by: 'device',
    body: Batch,
    bodyLimitBytes,
    parameters: [{ name: 'content-encoding', in: 'header', schema: { enum: ['gzip', 'zstd', 'identity'] } }],
    answers: { 200: { description: 'It is on disk.', schema: Type.Object({ acked: Type.String(), duplicate: Type.Boolean() }) } },
    async answer({ request, reply }) {
      const answer = await ingestBatch(ingest, { headers: headersOf(request), body: bytesOf(request.body) })
      return reply.code(answer.status).headers(answer.headers).send(answer.body)
    },
  })
}

/** Serves it apart from the others: its body stays bytes, since the device signed those. */
export async function serveIngest(server: FastifyInstance, one: Operation): Promise<void> {
  await server.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) => parsed(null, body))
    serve(scope, [one], () => undefined)
    ready()
  })
}

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]))
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}
