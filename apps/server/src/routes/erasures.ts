import { upkeep, type Ingest, type Reemit } from '@overt/data'
import { parser } from '@overt/schema'
import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'
import { readSigned } from './ingest.ts'

/** From when until when, both ends in it, in epoch ms of the device's clock. */
const Span = Type.Object(
  { fromEpochMs: Type.Number({ minimum: 0 }), untilEpochMs: Type.Number({ minimum: 0 }) },
  { additionalProperties: false },
)
const readSpan = parser(Span)
/** A device may take back a day at a time: a stolen one can't empty a person's work at once. */
const longestMs = 86_400_000
/** As far back as a device keeps what it could not send, and what it was asked to forget meanwhile. */
const oldestMs = 8 * 86_400_000
/** How far a device's clock may be from the server's. */
const skewMs = 300_000

/** `POST /v1/erasures`: a device takes back what its person recorded in a span of a day at most. */
export function erasureOperation(ingest: Ingest, reemit: Reemit | undefined): Operation {
  const { store } = ingest
  return operation({
    method: 'POST',
    path: '/v1/erasures',
    summary: 'Erases what was recorded in a span of a day at most.',
    by: 'device',
    body: Span,
    answers: {
      200: { description: 'It is gone.', schema: Type.Object({ events: Type.Integer({ minimum: 0 }), checkpoint: Type.String() }) },
    },
    refusals: ['malformed'],
    async answer({ request, reply }) {
      const signed = await readSigned(ingest, request)
      if ('refusal' in signed) return reply.code(signed.refusal.status).headers(signed.refusal.headers).send(signed.refusal.body)
      const span = readSpan(signed.document)
      if (!span.ok) return refuse(reply, 'malformed', `A span is two times in epoch ms: ${span.reason}.`)
      const { fromEpochMs, untilEpochMs } = span.value
      const nowEpochMs = store.nowEpochMs()
      const spanMs = untilEpochMs - fromEpochMs
      if (spanMs < 0 || spanMs > longestMs || fromEpochMs < nowEpochMs - oldestMs || untilEpochMs > nowEpochMs + skewMs)
        return refuse(reply, 'malformed', 'A device erases a day at most, of the last eight; its person erases the rest on their own page.')
      const subject = { person: signed.person, fromEpochMs, untilEpochMs }
      const { reached, receipt } = await upkeep.eraseData(store, subject, reemit === undefined ? {} : { reemit })
      return { events: reached.events, checkpoint: receipt.checkpoint }
    },
  })
}
