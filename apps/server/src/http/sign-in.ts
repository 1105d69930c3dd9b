import { randomBytes } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { oneTime } from './one-time.ts'
import { refuse } from './refusal.ts'

const sessionMs = 12 * 3_600_000

/** Where a sign-in link may lead. */
export type Door = '/mine' | '/demo'

/** Who is signed in, by a one-time link and a cookie that no script can read. */
export interface SignIn {
  /** A path with a new one-time token. */
  link(to: Door): string
  /** The person behind a request. */
  personOf(request: FastifyRequest): string | undefined
}

/** Adds `/sign-in` and `/v1/sign-out`. Sessions live in memory: a restart signs everyone out. */
export function signIn(server: FastifyInstance, person: string, port: () => number, nowEpochMs: () => number): SignIn {
  const links = oneTime<Door>(nowEpochMs)
  const sessions = new Map<string, number>()
  // Cookies don't tell ports apart, so two servers on one machine need two names.
  const cookieName = () => `overt_${port()}`
  const secretOf = (request: FastifyRequest) => cookieOf(request.headers.cookie ?? '', cookieName())
  const live = (secret: string) => (sessions.get(secret) ?? 0) > nowEpochMs()

  server.get<{ Querystring: { token?: string } }>('/sign-in', (request, reply) => {
    const to = links.take(request.query.token ?? '')
    if (to === undefined) return refuse(reply, 'link-used')
    const secret = randomBytes(32).toString('base64url')
    sessions.set(secret, nowEpochMs() + sessionMs)
    return welcome(
      reply.header('set-cookie', `${cookieName()}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${sessionMs / 1000}`),
      to,
    )
  })
  server.post('/v1/sign-out', (request, reply) => {
    sessions.delete(secretOf(request))
    return reply.header('set-cookie', `${cookieName()}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`).code(204).send()
  })
  return {
    link: (to) => `/sign-in?token=${links.issue(to)}`,
    personOf: (request) => (live(secretOf(request)) ? person : undefined),
  }
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
