import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Flow, Provider } from '../access/provider.ts'
import { cookie, cookieNameOf, cookieOf, type Sessions } from '../access/session.ts'
import { oneTime } from '../http/one-time.ts'
import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'
import { welcome } from '../http/sign-in.ts'

const flowSeconds = 600

/** Signing in through the organisation's provider: `/sign-in/start` goes there, `/sign-in/back` is where it sends the browser back to. */
export function providerOperations(context: {
  readonly provider: Provider
  readonly sessions: Sessions
  readonly url: () => string
  readonly nowEpochMs: () => number
}): readonly Operation[] {
  const { provider, sessions, url, nowEpochMs } = context
  const flows = oneTime<Flow>(nowEpochMs)
  const name = () => `${cookieNameOf(url())}_flow`
  // Lax: the way back is a navigation from another site, and this cookie alone ties it to the browser that left.
  const keep = (value: string, seconds: number) => cookie(url(), { name: name(), value, seconds, sameSite: 'Lax' })
  const failed = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    // The error itself may quote tokens.
    request.log.error({ reason: codeOf(error) }, 'a sign-in failed')
    return refuse(reply.header('set-cookie', keep('', 0)), 'provider')
  }
  const start = operation({
    method: 'GET',
    path: '/sign-in/start',
    summary: 'Goes to the organisation’s sign-in.',
    by: 'anyone',
    answers: { 303: { description: 'There.' } },
    refusals: ['provider'],
    async answer({ request, reply }) {
      try {
        const { to, flow } = await provider.start(`${url()}/sign-in/back`)
        return await reply.header('set-cookie', keep(flows.issue(flow), flowSeconds)).redirect(to, 303)
      } catch (error) {
        return failed(request, reply, error)
      }
    },
  })
  const back = operation({
    method: 'GET',
    path: '/sign-in/back',
    summary: 'Comes back from the organisation’s sign-in.',
    by: 'anyone',
    parameters: ['code', 'state', 'iss'].map((one) => ({ name: one, in: 'query' as const, schema: { type: 'string' } })),
    answers: { 200: { description: 'Sets the cookie.', type: 'text/html' } },
    refusals: ['provider'],
    async answer({ request, reply }) {
      const flow = flows.take(cookieOf(request.headers.cookie ?? '', name()))
      if (flow === undefined) return refuse(reply, 'provider')
      try {
        const account = await provider.finish(flow, new URL(request.url, url()))
        sessions.begin(request, reply, account).header('set-cookie', keep('', 0))
        return await welcome(reply, '/mine')
      } catch (error) {
        return failed(request, reply, error)
      }
    },
  })
  return [start, back]
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
