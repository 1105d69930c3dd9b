import { DemoCommand, parser } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

import type { FeedRelay } from '../feed.ts'
import { refuse } from '../http/refusal.ts'
import type { SignIn } from '../http/sign-in.ts'
import type { Streams } from '../http/sse.ts'

/** The walk-through: its events to the page, the page's buttons to `overt demo`. */
export function demoRoutes(
  server: FastifyInstance,
  context: { relay: FeedRelay; signedIn: SignIn; streams: Streams; toolUrl: () => string | null },
): void {
  const { relay, signedIn, streams, toolUrl } = context
  const parseCommand = parser(DemoCommand)
  server.get('/v1/demo', (request, reply) =>
    signedIn.personOf(request) === undefined ? refuse(reply, 'signed-out') : { toolUrl: toolUrl() },
  )
  server.get('/v1/demo/events', (request, reply) => {
    if (signedIn.personOf(request) === undefined) return refuse(reply, 'signed-out')
    const stream = streams.open(reply)
    stream.closed.addEventListener('abort', relay.follow(stream.send), { once: true })
    return reply
  })
  server.post('/v1/demo/commands', (request, reply) => {
    if (signedIn.personOf(request) === undefined) return refuse(reply, 'signed-out')
    const parsed = parseCommand(request.body)
    if (!parsed.ok) return refuse(reply, 'malformed', parsed.reason)
    relay.command(parsed.value)
    return reply.code(204).send()
  })
}
