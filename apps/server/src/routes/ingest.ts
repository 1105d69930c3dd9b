import { ingestBatch, type Ingest } from '@overt/data'
import { Batch, Difference } from '@overt/schema'
import { FirstBatch } from '@overt/schema/told'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'

import { operation, serve, type Operation } from '../http/operation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Gives back the room that a signed request's body takes. */
    giveRoom: () => void
  }
}

/** What ingest takes: a body that says more is turned away by its head, one that says nothing is cut off here. */
const bodyLimitBytes = 8 * 1024 * 1024

/** `POST /v1/batches`: bytes and headers to the data package, its answer back. */
export function ingestOperation(ingest: Ingest): Operation {
  return operation({
    method: 'POST',
    path: '/v1/batches',
    summary: 'Stores a batch; answers once it is on disk.',
    by: 'device',
    body: Type.Union([Batch, FirstBatch, Difference]),
    bodyLimitBytes,
    parameters: [{ name: 'content-encoding', in: 'header', schema: { enum: ['gzip', 'zstd', 'identity'] } }],
    answers: { 200: { description: 'It is on disk.', schema: Type.Object({ acked: Type.String(), duplicate: Type.Boolean() }) } },
    async answer({ request, reply }) {
      const answer = await ingestBatch(ingest, signedPart(request))
      letGo(request)
      return reply.code(answer.status).headers(answer.headers).header('overt-watch', '1').send(answer.body)
    },
  })
}

/** Serves them apart from the others: a body stays bytes, since the device signed those, and is read only where there is room for it. */
export async function serveSigned(server: FastifyInstance, ingest: Ingest, operations: readonly Operation[]): Promise<void> {
  await server.register((scope, _options, ready) => {
    scope.decorateRequest('giveRoom')
    scope.addHook('onRequest', (request, reply, next) => {
      const head = ingest.head(request.headers)
      if (typeof head !== 'function') return void reply.code(head.status).headers(head.headers).send(head.body)
      request.giveRoom = head
      reply.raw.once('close', head)
      next()
    })
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) => parsed(null, body))
    serve(scope, operations, () => undefined)
    ready()
  })
}

/** Who signed a request that is no batch, and what. However long the answer takes, its body is let go of here. */
export async function readSigned(
  ingest: Ingest,
  request: FastifyRequest,
  may?: Parameters<Ingest['signed']>[1],
): ReturnType<Ingest['signed']> {
  const signed = await ingest.signed(signedPart(request), may)
  letGo(request)
  return signed
}

function letGo(request: FastifyRequest): void {
  request.body = undefined
  request.giveRoom()
}

/** What a device signed, without the framework. */
function signedPart(request: FastifyRequest): Parameters<typeof ingestBatch>[1] {
  return { headers: request.headers, body: request.body instanceof Uint8Array ? request.body : new Uint8Array() }
}
