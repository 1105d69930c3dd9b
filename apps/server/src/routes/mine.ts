import { ownPermitsFor, upkeep, readEpisodes, withdrawReceipt, type Reemit, type Store } from '@overt/data'
import { Episode, MineAgreement, MinePicture, MineRead, MineSession } from '@overt/schema'
import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'
import { agreementsOf, lookedAt, ownSessions } from '../mine.ts'

/** What the person's own pages need. */
export interface MineContext {
  readonly store: Store
  readonly reemit: Reemit | undefined
}

const longestMs = 366 * 86_400_000
const Erasure = Type.Union([
  Type.Object({ session: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
  Type.Object({ lastMs: Type.Number({ minimum: 1, maximum: longestMs }) }, { additionalProperties: false }),
  Type.Object({ all: Type.Literal(true) }, { additionalProperties: false }),
])
const Count = Type.Integer({ minimum: 0 })
const Receipt = Type.Object({
  atEpochMs: Type.Number(),
  entries: Type.Array(Type.Object({ index: Count, who: Type.String() })),
  checkpoint: Type.String(),
})
const Erased = Type.Object({
  reached: Type.Object({ events: Count, frames: Count, episodes: Count, datasets: Count, models: Count }),
  left: Type.Array(Type.String()),
  receipt: Receipt,
})
const Turned = Type.Object({ restricted: Type.Boolean(), left: Type.Array(Type.String()), receipt: Receipt })
const Restricted = Type.Object({ restricted: Type.Boolean() }, { additionalProperties: false })
const Withdrawal = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false })
const Log = Type.Object({ ok: Type.Boolean(), size: Count, firstBad: Type.Union([Count, Type.Null()]) })

/** What the signed-in person sees and does with their own recordings. There is no operation that names another person. */
export function mineOperations(context: MineContext): readonly Operation[] {
  const { store } = context
  return [sessions(store), episodes(store), reads(store), agreements(store), erasures(context), withdrawals(store), ...restrictions(store)]
}

function sessions(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/mine/sessions',
    summary: 'Your recordings.',
    by: 'person',
    why: 'own',
    answers: {
      200: {
        description: 'Newest first; `closed` is how many are left of an agreement that has ended.',
        schema: Type.Object({ sessions: Type.Array(MineSession), closed: Count }),
      },
    },
    answer: ({ person }) => ownSessions(store, person),
  })
}

function episodes(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/mine/sessions/{session}',
    summary: 'The steps of one recording.',
    by: 'person',
    why: 'own',
    answers: { 200: { description: 'Its episodes.', schema: Type.Object({ episodes: Type.Array(Episode) }) } },
    refusals: ['not-found'],
    async answer({ person, request, reply }) {
      const { session = '' } = request.params as { session?: string } // as: the path has this parameter
      const found: Episode[] = []
      for await (const permit of ownPermitsFor(store, person))
        for await (const episode of readEpisodes(permit, store, { session, reader: 'person' })) found.push(episode)
      return found.length > 0 || store.rows({ person, session }).length > 0 ? { episodes: found } : refuse(reply, 'not-found')
    },
  })
}

function reads(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/mine/reads',
    summary: 'Who looked.',
    by: 'person',
    why: 'own',
    answers: {
      200: {
        description: 'Newest first, with what became of your pictures in quarantine, and whether the log that says so is whole.',
        schema: Type.Object({ reads: Type.Array(MineRead), pictures: Type.Array(MinePicture), log: Log }),
      },
    },
    answer: ({ person }) => lookedAt(store, person),
  })
}

function agreements(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/mine/agreements',
    summary: 'What you agreed to.',
    by: 'person',
    why: 'own',
    answers: { 200: { description: 'Newest first.', schema: Type.Object({ agreements: Type.Array(MineAgreement) }) } },
    answer: ({ person }) => ({ agreements: agreementsOf(store, person) }),
  })
}

function erasures({ store, reemit }: MineContext): Operation {
  return operation({
    method: 'POST',
    path: '/v1/mine/erasures',
    summary: 'Erases one recording, the last minutes, or all.',
    by: 'person',
    why: 'own',
    body: Erasure,
    answers: { 200: { description: 'What it reached.', schema: Erased } },
    answer({ person, body }) {
      const subject = 'all' in body ? { person } : { person, ...body }
      return upkeep.eraseData(store, subject, reemit === undefined ? {} : { reemit })
    },
  })
}

function withdrawals(store: Store): Operation {
  return operation({
    method: 'POST',
    path: '/v1/mine/withdrawals',
    summary: 'Ends an agreement.',
    by: 'person',
    why: 'own',
    body: Withdrawal,
    answers: { 200: { description: 'It has ended.', schema: Type.Object({ withdrawn: Count }) } },
    refusals: ['not-found'],
    async answer({ person, body, reply }) {
      if (!agreementsOf(store, person).some(({ id }) => id === body.id)) return refuse(reply, 'not-found')
      const withdrawn = await withdrawReceipt(store, { id: body.id })
      return withdrawn.ok ? { withdrawn: withdrawn.value } : refuse(reply, 'not-found', withdrawn.explain)
    },
  })
}

/** A restriction begins and is lifted by one act each. */
function restrictions(store: Store): readonly Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/mine/restriction',
      summary: 'Whether you have restricted the use of your recordings.',
      by: 'person',
      why: 'own',
      answers: { 200: { description: 'Whether they are kept and used for nothing.', schema: Restricted } },
      answer: ({ person }) => ({ restricted: store.isRestricted(person) }),
    }),
    operation({
      method: 'POST',
      path: '/v1/mine/restriction',
      summary: 'Restricts the use of your recordings, or lifts that.',
      by: 'person',
      why: 'own',
      body: Restricted,
      answers: { 200: { description: 'What holds now.', schema: Turned } },
      refusals: ['not-found'],
      async answer({ person, body, reply }) {
        const turned = await upkeep.restrictUse(store, person, body.restricted)
        return turned.ok ? turned.value : refuse(reply, 'not-found', turned.explain)
      },
    }),
  ]
}
