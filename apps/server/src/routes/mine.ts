import { eraseData, readEpisodes, withdrawReceipt, type Reemit, type Store } from '@overt/data'
import { parser, type Episode } from '@overt/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'

import { refuse } from '../http/refusal.ts'
import type { SignIn } from '../http/sign-in.ts'
import { agreementsOf, lookedAt, ownPermits, ownSessions } from '../mine.ts'

/** What the person's own pages need. */
export interface MineContext {
  readonly store: Store
  readonly signedIn: SignIn
  readonly reemit: Reemit | undefined
}

type Answer = (person: string, request: FastifyRequest, reply: FastifyReply) => Promise<object>

const longestMs = 366 * 86_400_000
const Erasure = Type.Union([
  Type.Object({ session: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
  Type.Object({ lastMs: Type.Number({ minimum: 1, maximum: longestMs }) }, { additionalProperties: false }),
  Type.Object({ all: Type.Literal(true) }, { additionalProperties: false }),
])
const Withdrawal = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false })

/** What the signed-in person sees and does with their own recordings. There is no route that names another person. */
export function mineRoutes(server: FastifyInstance, context: MineContext): void {
  const { store, signedIn } = context
  const own = (answer: Answer) => (request: FastifyRequest, reply: FastifyReply) => {
    const person = signedIn.personOf(request)
    return person === undefined ? refuse(reply, 'signed-out') : answer(person, request, reply)
  }
  server.get(
    '/v1/mine/sessions',
    own((person) => ownSessions(store, person)),
  )
  server.get(
    '/v1/mine/sessions/:session',
    own((person, request, reply) => episodesOf(store, person, request, reply)),
  )
  server.get(
    '/v1/mine/reads',
    own((person) => lookedAt(store, person)),
  )
  server.get(
    '/v1/mine/agreements',
    own((person) => Promise.resolve({ agreements: agreementsOf(store, person) })),
  )
  server.post('/v1/mine/erasures', own(erasing(context)))
  server.post('/v1/mine/withdrawals', own(withdrawing(store)))
}

async function episodesOf(store: Store, person: string, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { session = '' } = request.params as { session?: string } // as: the route has this parameter
  const episodes: Episode[] = []
  for await (const permit of ownPermits(store, person))
    for await (const episode of readEpisodes(permit, store, { session, reader: 'person' })) episodes.push(episode)
  return episodes.length > 0 || store.rows({ person, session }).length > 0 ? { episodes } : refuse(reply, 'not-found')
}

function erasing({ store, reemit }: MineContext): Answer {
  const parse = parser(Erasure)
  return async (person, request, reply) => {
    const parsed = parse(request.body)
    if (!parsed.ok) return refuse(reply, 'malformed', parsed.reason)
    const subject = 'all' in parsed.value ? { person } : { person, ...parsed.value }
    return eraseData(store, subject, reemit === undefined ? {} : { reemit })
  }
}

function withdrawing(store: Store): Answer {
  const parse = parser(Withdrawal)
  return async (person, request, reply) => {
    const parsed = parse(request.body)
    if (!parsed.ok) return refuse(reply, 'malformed', parsed.reason)
    if (!agreementsOf(store, person).some((agreement) => agreement.id === parsed.value.id)) return refuse(reply, 'not-found')
    const withdrawn = await withdrawReceipt(store, { id: parsed.value.id })
    return withdrawn.ok ? { withdrawn: withdrawn.value } : refuse(reply, 'not-found', withdrawn.explain)
  }
}
