import type { FastifyInstance, FastifyReply } from 'fastify'

import { refuse } from './refusal.ts'

/** Where the server and the tool it records are reached, filled once the ports are known, and whose pages have devices that may send here. */
export interface Addresses {
  readonly own: () => string
  readonly tool: () => string | null
  readonly sends: (origin: string) => boolean
}

/** Paths that pages of another origin may call, and whose: they are authenticated by what is in the request, never by a cookie. */
const openPaths: ReadonlyMap<string, 'tool' | 'senders' | 'extensions'> = new Map([
  ['/v1/batches', 'senders'],
  ['/v1/erasures', 'senders'],
  ['/v1/ledger', 'senders'],
  ['/v1/watch', 'senders'],
  ['/v1/devices', 'tool'],
  ['/v1/consent', 'tool'],
  // By a cookie, which the browser adds for none but an extension that its person let see this server: that one could ask from our own page as well.
  ['/v1/enrolments', 'extensions'],
])

/** Host check (DNS rebinding), origin check (CSRF), CORS for the pages that are recorded, and the security headers of every answer. */
export function guard(server: FastifyInstance, addresses: Addresses): void {
  // Known once the ports are, and asked for by every request.
  const headersFor = lastOf(securityHeaders)
  const hostsAt = lastOf(hostsOf)
  const originsAt = lastOf(originsOf)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headersFor(addresses.tool()))
    if (!hostsAt(addresses.own()).includes(request.headers.host ?? '')) return refuse(reply, 'wrong-host')
    const { origin } = request.headers
    const openTo = openPaths.get(request.url.split('?')[0] ?? '')
    if (openTo !== undefined && origin !== undefined && mayCall(openTo, origin, addresses)) {
      reply
        .header('access-control-allow-origin', origin)
        .header('access-control-expose-headers', 'retry-after, overt-watch, overt-base')
        .header('vary', 'origin')
      if (request.method === 'OPTIONS') return preflight(reply)
      return
    }
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    // A device outside of any page sends no Origin; a page always does on a request that changes something.
    const needsOwn = changes && !(origin === undefined && openTo !== undefined && openTo !== 'extensions')
    if (needsOwn && !originsAt(addresses.own()).includes(origin ?? '')) return refuse(reply, 'wrong-origin')
  })
}

/** A function that works out an answer again only where it is asked another question. */
function lastOf<Q, A>(answer: (question: Q) => A): (question: Q) => A {
  let last: { readonly question: Q; readonly answer: A } | undefined
  return (question) => {
    if (last?.question !== question) last = { question, answer: answer(question) }
    return last.answer
  }
}

function mayCall(openTo: 'tool' | 'senders' | 'extensions', origin: string, { tool, sends }: Addresses): boolean {
  return isExtension(origin) || (openTo !== 'extensions' && origin === tool()) || (openTo === 'senders' && sends(origin))
}

/** A browser extension is no page: no site can make one send, and what it sends is signed by its device. */
function isExtension(origin: string): boolean {
  return /^(chrome|moz)-extension:\/\/[\w-]+$/.test(origin)
}

function preflight(reply: FastifyReply) {
  return reply
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'authorization, content-type, content-encoding')
    .header('access-control-max-age', '600')
    .code(204)
    .send()
}

function hostsOf(own: string): readonly string[] {
  return originsOf(own).map((origin) => new URL(origin).host)
}

/** Loopback has two names; a link may use either. */
function originsOf(own: string): readonly string[] {
  const url = new URL(own)
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') return [url.origin]
  return ['127.0.0.1', 'localhost'].map((name) => `${url.protocol}//${name}${url.port === '' ? '' : `:${url.port}`}`)
}

/** No page of ours runs a foreign script, is framed, or tells another site where its visitor came from. */
function securityHeaders(toolOrigin: string | null): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${toolOrigin ?? "'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  }
}
