import { permitFor, type Store } from '@overt/data'
import type { Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

import { refuse } from '../http/refusal.ts'
import type { SignIn } from '../http/sign-in.ts'
import type { Stream, Streams } from '../http/sse.ts'
import { openLive, type Live } from '../live.ts'

/** Tells the open live views of every batch that was stored. */
export interface LiveViews {
  onStored(batch: Batch): void
}

interface View {
  readonly person: string
  readonly stream: Stream
  readonly live: Live
  readonly permits: Map<string, Promise<Permit | null>>
}

/** `GET /v1/live`: the signed-in person's own steps as they arrive. There is no such view of anybody else. */
export function liveRoutes(server: FastifyInstance, context: { store: Store; signedIn: SignIn; streams: Streams }): LiveViews {
  const { store, signedIn, streams } = context
  const views = new Set<View>()
  server.get('/v1/live', (request, reply) => {
    const person = signedIn.personOf(request)
    if (person === undefined) return refuse(reply, 'signed-out')
    const view: View = { person, stream: streams.open(reply), live: openLive(person), permits: new Map() }
    views.add(view)
    view.stream.closed.addEventListener('abort', () => views.delete(view), { once: true })
    return reply
  })
  return {
    onStored(batch) {
      for (const view of views)
        if (view.person === batch.person)
          show(store, view, batch).catch((error: unknown) => server.log.error({ error }, 'a live view failed'))
    },
  }
}

async function show(store: Store, view: View, batch: Batch): Promise<void> {
  const permit = view.permits.get(batch.receipt) ?? decideOnce(store, batch)
  view.permits.set(batch.receipt, permit)
  const decided = await permit
  if (decided === null) return
  for (const step of view.live.add(decided, batch)) view.stream.send(step)
}

/** One look, one entry: not one for every batch. */
async function decideOnce(store: Store, batch: Batch): Promise<Permit | null> {
  const decision = await permitFor(store, batch.receipt, batch.purpose)
  if (!decision.ok) return null
  await store.ledger.append('read', { what: 'live', why: batch.purpose, reader: 'person', session: null }, batch.person)
  return decision.value
}
