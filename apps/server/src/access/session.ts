import { randomBytes } from 'node:crypto'

import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Account } from './role.ts'

const lifeMs = 12 * 3_600_000
/** How long the touch of a passkey counts. */
export const steppedUpMs = 5 * 60_000

/** One browser that is signed in. */
export interface Session {
  readonly account: Account
  readonly sinceEpochMs: number
  steppedUpAtEpochMs: number | null
  /** What its passkey has to sign next; used once. */
  challenge: string | null
}

/** Sessions of one server, in memory: a restart signs everyone out. */
export interface Sessions {
  /** Begins a session under a secret that nobody knew before, and ends the one that the browser came with. */
  begin(request: FastifyRequest, reply: FastifyReply, account: Account): FastifyReply
  /** A session that no browser holds, for the server's own trial of its routes: the cookie, and how to end it. */
  open(account: Account): { readonly cookie: string; readonly end: () => void }
  readonly of: (request: FastifyRequest) => Session | undefined
  end(request: FastifyRequest, reply: FastifyReply): FastifyReply
  /** Hears of every session that somebody ended. */
  onEnd(listen: () => void): void
  isSteppedUp(session: Session | undefined): boolean
}

/** `url`: where the server is reached; over https its cookies go nowhere else. */
export function openSessions(url: () => string, nowEpochMs: () => number): Sessions {
  const sessions = new Map<string, Session>()
  const listeners: (() => void)[] = []
  const drop = (secret: string): void => {
    if (sessions.delete(secret)) for (const listen of listeners) listen()
  }
  const name = () => cookieNameOf(url())
  const secretOf = ({ headers }: FastifyRequest) => (headers.cookie === undefined ? '' : cookieOf(headers.cookie, name()))
  const isLive = ({ sinceEpochMs }: Session) => sinceEpochMs + lifeMs > nowEpochMs()
  const add = (account: Account): string => {
    for (const [secret, session] of sessions) if (!isLive(session)) sessions.delete(secret)
    const secret = randomBytes(32).toString('base64url')
    sessions.set(secret, { account, sinceEpochMs: nowEpochMs(), steppedUpAtEpochMs: null, challenge: null })
    return secret
  }
  return {
    open(account) {
      const secret = add(account)
      return { cookie: `${name()}=${secret}`, end: () => drop(secret) }
    },
    begin(request, reply, account) {
      drop(secretOf(request))
      const secret = add(account)
      return reply.header('set-cookie', cookie(url(), { name: name(), value: secret, seconds: lifeMs / 1000, sameSite: 'Strict' }))
    },
    of(request) {
      const session = sessions.get(secretOf(request))
      return session !== undefined && isLive(session) ? session : undefined
    },
    end(request, reply) {
      drop(secretOf(request))
      return reply.header('set-cookie', cookie(url(), { name: name(), value: '', seconds: 0, sameSite: 'Strict' }))
    },
    onEnd: (listen) => void listeners.push(listen),
    isSteppedUp: (session) => (session?.steppedUpAtEpochMs ?? -Infinity) + steppedUpMs > nowEpochMs(),
  }
}

/** The cookie of a server: cookies don't tell ports apart, so two servers on one machine need two names. Over https the browser holds it to this very host. */
export function cookieNameOf(url: string): string {
  const { protocol, port } = new URL(url)
  return protocol === 'https:' ? '__Host-overt' : `overt_${port}`
}

/** A cookie that no script reads. */
export function cookie(
  url: string,
  {
    name,
    value,
    seconds,
    sameSite,
  }: { readonly name: string; readonly value: string; readonly seconds: number; readonly sameSite: 'Strict' | 'Lax' },
): string {
  const secure = new URL(url).protocol === 'https:' ? '; Secure' : ''
  return `${name}=${value}; HttpOnly; SameSite=${sameSite}; Path=/; Max-Age=${seconds}${secure}`
}

/** The value of a cookie in a request's header; '' where there is none. */
export function cookieOf(header: string, name: string): string {
  const pair = header.split('; ').find((part) => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}
