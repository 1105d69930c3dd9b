import type { Ingest, Store } from '@overt/data'
import { ownLedger } from '@overt/data/ledger'
import { parser } from '@overt/schema'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'
import { readSigned } from './ingest.ts'

const yearS = 31_536_000
const Name = Type.String({ pattern: '^[0-9a-f]{64}$' })
const OwnRequest = Type.Object(
  {
    fromIndex: Type.Integer({ minimum: 0 }),
    /** Names of the person in the ledger from before an erasure. */
    names: Type.Array(Name, { maxItems: 64 }),
    /** Batches that the server shall try to open. */
    batches: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 1_000 }),
  },
  { additionalProperties: false },
)
const readRequest = parser(OwnRequest)
const OwnAnswer = Type.Object({
  log: Type.String(),
  who: Type.Union([Name, Type.Null()]),
  lines: Type.Array(Type.String()),
  opened: Type.Array(Type.String()),
})

/** The log as C2SP tlog-tiles serves it, to anyone: its leaves tell about nobody. And to a person their own part of it. */
export function ledgerOperations(store: Store): readonly Operation[] {
  return [checkpoint(store), tile(store), own(store)]
}

function checkpoint(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/checkpoint',
    summary: 'The newest checkpoint of the ledger, a signed note (C2SP tlog-checkpoint).',
    by: 'anyone',
    answers: { 200: { description: 'A note.', type: 'text/plain' } },
    answer: async ({ reply }) => reply.type('text/plain; charset=utf-8').send(await store.ledger.latest()),
  })
}

function tile(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/tile/{tile*}',
    summary: 'Hashes (`0/000`, `1/000.p/7`) and entries (`entries/000`) of the ledger (C2SP tlog-tiles); the path has slashes.',
    by: 'anyone',
    answers: { 200: { description: 'Bytes that never change.', type: 'application/octet-stream' } },
    refusals: ['not-found'],
    async answer({ request, reply }) {
      const { '*': path = '' } = request.params as { '*'?: string } // as: the path ends in a wildcard
      return sendTile(reply, await store.ledger.tile(`tile/${path}`))
    },
  })
}

function sendTile(reply: FastifyReply, bytes: Uint8Array | undefined): FastifyReply {
  if (bytes === undefined) return refuse(reply, 'not-found', 'The ledger has no such tile, or one that is shown to nobody.')
  return reply.type('application/octet-stream').header('cache-control', `public, max-age=${yearS}, immutable`).send(Buffer.from(bytes))
}

function own(store: Store): Operation {
  return operation({
    method: 'POST',
    path: '/v1/mine/ledger',
    summary: 'Your entries of the ledger, and which of your batches can be opened still.',
    by: 'person',
    why: 'own',
    body: OwnRequest,
    answers: { 200: { description: 'To be held against `/checkpoint` and `/tile/`.', schema: OwnAnswer } },
    answer: ({ person, body }) => ownLedger(store, person, body),
  })
}

/** `POST /v1/ledger`: the same for a device, signed like a batch. */
export function deviceLedgerOperation(ingest: Ingest): Operation {
  return operation({
    method: 'POST',
    path: '/v1/ledger',
    summary: 'The entries of the ledger that are about the device’s person, and which batches can be opened still.',
    by: 'device',
    body: OwnRequest,
    answers: { 200: { description: 'To be held against `/checkpoint` and `/tile/`.', schema: OwnAnswer } },
    refusals: ['malformed'],
    async answer({ request, reply }) {
      // What a device has sent, and that it has ended, its person may hold against the log for good.
      const signed = await readSigned(ingest, request, { ended: true })
      if ('refusal' in signed) return reply.code(signed.refusal.status).headers(signed.refusal.headers).send(signed.refusal.body)
      const asked = readRequest(signed.document)
      return asked.ok ? ownLedger(ingest.store, signed.person, asked.value) : refuse(reply, 'malformed', asked.reason)
    },
  })
}
