import { parser, Purpose } from '@overt/schema'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { refuse, type Refusal } from '../http/refusal.ts'
import type { Policy, Question } from './policy.ts'
import type { Session, Sessions } from './session.ts'

/** Why a route is called. `asked`: the caller says for which of the seven purposes, in the query. */
export type Why = 'own' | 'oversee' | 'operate' | 'asked' | 'none'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What an operation says of itself; a page says nothing. */
    readonly why?: Why
    readonly signed?: boolean
  }
}

const readPurpose = parser(Purpose)

/** Asks the policies before any route answers, pages and routes that nobody thought of included: what is not permitted is refused. Returns how to ask again, of a request whose answer goes on: by its session and account as they are then. */
export function gate(
  server: FastifyInstance,
  context: { readonly policy: Policy; readonly sessions: Sessions; readonly isStopped: () => boolean },
): (request: FastifyRequest) => boolean {
  const { policy, sessions, isStopped } = context
  const questionOf = (request: FastifyRequest, session: Session | undefined): Question =>
    pick({
      route: routeOf(request.method, request.routeOptions.url ?? ''),
      who: request.routeOptions.config.signed === true ? 'device' : (session?.account ?? 'visitor'),
      purpose: purposeOf(request),
      steppedUp: sessions.isSteppedUp(session),
      stopped: isStopped(),
    })
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return
    const session = sessions.of(request)
    const question = questionOf(request, session)
    if (!policy.allows(question)) return refuse(reply, refusalOf(policy, question, session))
  })
  return (request) => policy.allows(questionOf(request, sessions.of(request)))
}

/** A route as the policies and the description spell it: `GET /v1/mine/sessions/{session}`. */
export function routeOf(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`
}

/** Of an account, what the policies know: its roles, and how it signed in. */
function pick(question: Question): Question {
  const { who } = question
  return { ...question, who: typeof who === 'string' ? who : { roles: who.roles, by: who.by } }
}

/** Says why, as far as it helps: what would have to be otherwise. */
function refusalOf(policy: Policy, question: Question, session: Session | undefined): Refusal {
  if (policy.allows({ ...question, steppedUp: true })) return 'step-up'
  if (policy.allows({ ...question, steppedUp: true, stopped: false })) return 'stopped'
  return session === undefined ? 'signed-out' : 'not-allowed'
}

function purposeOf(request: FastifyRequest): string {
  const { why = 'none' } = request.routeOptions.config
  if (why !== 'asked') return why
  const { purpose } = request.query as { purpose?: unknown } // as: a parsed query is an object
  const named = readPurpose(purpose)
  return named.ok ? named.value : 'none'
}
