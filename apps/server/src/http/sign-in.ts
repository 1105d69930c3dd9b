import { randomBytes } from 'node:crypto'

import type { FastifyReply, FastifyRequest } from 'fastify'

import { oneTime } from './one-time.ts'
import { operation, type Operation } from './operation.ts'
import { refuse } from './refusal.ts'

const sessionMs = 12 * 3_600_000

/** Where a sign-in link may lead. */
export type Door = '/mine' | '/demo'

/** Who is signed in, by a one-time link and a cookie that no script can read. */
export interface SignIn {
  /** A path with a new one-time token. */
  link(to: Door): string
  /** The person behind a request. */
  readonly personOf: (request: FastifyRequest) => string | undefined
  readonly operations: readonly Operation[]
}

/** `/sign-in` and `/v1/sign-out`. Sessions live in memory: a restart signs everyone out. */
export function signIn(person: string, port: () => number, nowEpochMs: () => number): SignIn {
  const links = oneTime<Door>(nowEpochMs)
  const sessions = new Map<string, number>()
  const cookie = (secret: string, seconds: number) =>
    `${cookieNameOf(port())}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}`
  const secretOf = (request: FastifyRequest) => cookieOf(request.headers.cookie ?? '', cookieNameOf(port()))
  const live = (secret: string) => (sessions.get(secret) ?? 0) > nowEpochMs()

  const enter = operation({
    method: 'GET',
    path: '/sign-in',
    summary: 'Signs in by a link that works once, and moves on to a page.',
    by: 'anyone',
    parameters: [{ name: 'token', in: 'query', schema: { type: 'string' } }],
    answers: { 200: { description: 'Sets the cookie.', type: 'text/html' } },
    refusals: ['link-used'],
    answer({ request, reply }) {
      const to = links.take(tokenOf(request))
      if (to === undefined) return refuse(reply, 'link-used')
      const secret = randomBytes(32).toString('base64url')
      sessions.set(secret, nowEpochMs() + sessionMs)
      return welcome(reply.header('set-cookie', cookie(secret, sessionMs / 1000)), to)
    },
  })
  const leave = operation({
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'Ends the session.',
    by: 'anyone',
    answers: { 204: { description: 'Takes the cookie back.' } },
    answer({ request, reply }) {
      sessions.delete(secretOf(request))
      return reply.header('set-cookie', cookie('', 0)).code(204).send()
    },
  })
  return {
    link: (to) => `/sign-in?token=${links.issue(to)}`,
    personOf: (request) => (live(secretOf(request)) ? person : undefined),
    operations: [enter, leave],
  }
}

/** The cookie of a server: cookies don't tell ports apart, so two servers on one machine need two names. */
export function cookieNameOf(port: number): string {
  return `overt_${port}`
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown } // as: a parsed query is an object
  return typeof token === 'string' ? token : ''
}

/** A page of our own that moves on: after a redirect from elsewhere the browser would keep a strict cookie back. */
function welcome(reply: FastifyReply, to: Door): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta http-equiv="refresh" content="0;url=${to}"><title>Overt</title><a href="${to}">Continue</a>`,
    )
}

function cookieOf(header: string, name: string): string {
  const pair = header.split('; ').find((part) => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}
