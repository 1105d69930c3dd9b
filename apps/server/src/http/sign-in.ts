import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Account } from '../access/role.ts'
import type { Sessions } from '../access/session.ts'
import { oneTime } from './one-time.ts'
import { operation, type Operation } from './operation.ts'
import { refuse } from './refusal.ts'

/** Where a sign-in link may lead. */
export type Door = '/mine' | '/demo'

/** Signing in by a link that works once, which whoever runs the server hands out. */
export interface SignIn {
  /** A path with a new one-time token. */
  link(to: Door, account: Account): string
  readonly operations: readonly Operation[]
}

/** `/sign-in` and `/v1/sign-out`. */
export function signIn(sessions: Sessions, nowEpochMs: () => number): SignIn {
  const links = oneTime<{ readonly to: Door; readonly account: Account }>(nowEpochMs)
  const enter = operation({
    method: 'GET',
    path: '/sign-in',
    summary: 'Signs in by a link that works once, and moves on to a page.',
    by: 'anyone',
    parameters: [{ name: 'token', in: 'query', schema: { type: 'string' } }],
    answers: { 200: { description: 'Sets the cookie.', type: 'text/html' } },
    refusals: ['link-used'],
    answer({ request, reply }) {
      const link = links.take(tokenOf(request))
      if (link === undefined) return refuse(reply, 'link-used')
      return welcome(sessions.begin(request, reply, link.account), link.to)
    },
  })
  const leave = operation({
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'Ends the session.',
    by: 'anyone',
    answers: { 204: { description: 'Takes the cookie back.' } },
    answer: ({ request, reply }) => sessions.end(request, reply).code(204).send(),
  })
  return { link: (to, account) => `/sign-in?token=${links.issue({ to, account })}`, operations: [enter, leave] }
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown } // as: a parsed query is an object
  return typeof token === 'string' ? token : ''
}

/** A page of our own that moves on: after a redirect from elsewhere the browser would keep a strict cookie back. */
export function welcome(reply: FastifyReply, to: Door): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta http-equiv="refresh" content="0;url=${to}"><title>Overt</title><a href="${to}">Continue</a>`,
    )
}
