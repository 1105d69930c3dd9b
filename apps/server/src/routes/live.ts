import { permitFor, type Store } from '@overt/data'
import type { Permit } from '@overt/privacy'
import { LiveStep, type Batch } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

import { operation, type Operation } from '../http/operation.ts'
import type { Stream, Streams } from '../http/sse.ts'
import { openLive, type Live } from '../live.ts'

/** Tells the open live views of every batch that was stored. */
export interface LiveViews {
  readonly operations: readonly Operation[]
  readonly onStored: (batch: Batch) => void
  /** Whether anyone watches this person's batches now: the person. */
  readonly follow: (person: string) => boolean
}

interface View {
  readonly person: string
  readonly stream: Stream
  look: Look | undefined
}

/** What a view knows of its person's work. It is forgotten whenever their consent ends or work of theirs is erased: some of it may be that work. */
interface Look {
  readonly live: Live
  readonly permits: Map<string, Promise<Permit | null>>
}

/** `GET /v1/live`: the signed-in person's own steps as they arrive. There is no such view of anybody else. */
export function liveViews(server: FastifyInstance, { store, streams }: { readonly store: Store; readonly streams: Streams }): LiveViews {
  const views = new Set<View>()
  const watch = operation({
    method: 'GET',
    path: '/v1/live',
    summary: 'Your own steps as they arrive.',
    by: 'person',
    why: 'own',
    answers: { 200: { description: 'One step a message.', schema: LiveStep, type: 'text/event-stream' } },
    answer({ person, reply }) {
      const view: View = { person, stream: streams.open(reply), look: undefined }
      views.add(view)
      view.stream.closed.addEventListener('abort', () => views.delete(view), { once: true })
      return reply
    },
  })
  return {
    operations: [watch],
    follow: (person) => views.values().some((view) => view.person === person),
    onStored(batch) {
      for (const view of views)
        if (view.person === batch.person)
          show(store, view, batch).catch((error: unknown) => server.log.error({ error }, 'a live view failed'))
    },
  }
}

async function show(store: Store, view: View, batch: Batch): Promise<void> {
  const { live, permits } = (view.look ??= begin(store, view))
  const permit = permits.get(batch.receipt) ?? decideOnce(store, batch)
  permits.set(batch.receipt, permit)
  const decided = await permit
  if (decided === null || decided.signal.aborted) return void permits.delete(batch.receipt)
  for (const step of live.add(decided, batch)) view.stream.send(step)
}

function begin(store: Store, view: View): Look {
  const forget = (): void => {
    view.look = undefined
  }
  store.consent.signal(view.person).addEventListener('abort', forget, { once: true, signal: view.stream.closed })
  return { live: openLive(view.person), permits: new Map() }
}

/** One look, one entry: not one for every batch. */
async function decideOnce(store: Store, batch: Batch): Promise<Permit | null> {
  const decision = await permitFor(store, batch.receipt, batch.purpose)
  if (!decision.ok) return null
  await store.ledger.append('read', { what: 'live', why: batch.purpose, reader: 'person', session: null }, batch.person)
  return decision.value
}
