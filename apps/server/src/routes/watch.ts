import { permitFor, type Ingest } from '@overt/data'
import { parser, Purpose } from '@overt/schema'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'
import { readSigned } from './ingest.ts'

const Watched = Type.Object({ receipt: Type.String({ maxLength: 64 }), purpose: Purpose }, { additionalProperties: false })
const readWatched = parser(Watched)
/** Shorter than what proxies let a request wait. */
const usualHoldMs = 50_000
/** Requests held at once, over all devices. */
const mostHeld = 20_000

/** `POST /v1/watch`: a recording device is told the moment its person's agreement ends, wherever they ended it. */
export function watchOperation(ingest: Ingest, holdMs = usualHoldMs): Operation {
  const { store } = ingest
  let held = 0
  return operation({
    method: 'POST',
    path: '/v1/watch',
    summary: 'Waits until a receipt no longer allows a purpose, or for a while.',
    by: 'device',
    body: Watched,
    answers: { 200: { description: 'It still does: ask again.', schema: Type.Object({ live: Type.Literal(true) }) } },
    refusals: ['malformed', 'no-consent', 'busy'],
    async answer({ request, reply }) {
      const signed = await readSigned(ingest, request)
      if ('refusal' in signed) return reply.code(signed.refusal.status).headers(signed.refusal.headers).send(signed.refusal.body)
      const watched = readWatched(signed.document)
      if (!watched.ok) return refuse(reply, 'malformed', `Send a receipt's id and a purpose: ${watched.reason}.`)
      const { receipt, purpose } = watched.value
      const live = await permitFor(store, receipt, purpose)
      if (!live.ok) return refuse(reply, refusalOf(live.reason))
      if (live.value.person !== signed.person) return refuse(reply, 'no-consent')
      if (held >= mostHeld) return refuse(reply, 'busy')
      held += 1
      await untilEnded(live.value.signal, request, holdMs).finally(() => (held -= 1))
      const still = await permitFor(store, receipt, purpose)
      return still.ok ? { live: true as const } : refuse(reply, refusalOf(still.reason))
    },
  })
}

/** A stop for everybody may be lifted; an agreement that has ended is over. */
function refusalOf(reason: string): 'stopped' | 'no-consent' {
  return reason === 'stopped' ? 'stopped' : 'no-consent'
}

/** Resolves when the permit ends, when the device has gone, or after a while. */
async function untilEnded(ended: AbortSignal, { raw }: FastifyRequest, holdMs: number): Promise<void> {
  const over = new AbortController()
  const done = new Promise<void>((resolve) => {
    over.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const end = (): void => over.abort()
  ended.addEventListener('abort', end, { once: true })
  raw.socket.once('close', end)
  const timer = setTimeout(end, holdMs)
  if (ended.aborted) end()
  await done
  clearTimeout(timer)
  raw.socket.off('close', end)
  ended.removeEventListener('abort', end)
}
