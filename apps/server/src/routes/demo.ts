import { DemoCommand, DemoEvent } from '@overt/schema'
import Type from 'typebox'

import type { FeedRelay } from '../feed.ts'
import { operation, type Operation } from '../http/operation.ts'
import type { Streams } from '../http/sse.ts'

/** The walk-through: its events to the page, the page's buttons to `overt demo`. */
export function demoOperations(context: {
  readonly relay: FeedRelay
  readonly streams: Streams
  readonly toolUrl: () => string | null
}): readonly Operation[] {
  const { relay, streams, toolUrl } = context
  return [
    operation({
      method: 'GET',
      path: '/v1/demo',
      summary: 'Where the bundled tool is.',
      by: 'person',
      why: 'own',
      answers: {
        200: { description: 'null where there is none.', schema: Type.Object({ toolUrl: Type.Union([Type.String(), Type.Null()]) }) },
      },
      answer: () => ({ toolUrl: toolUrl() }),
    }),
    operation({
      method: 'GET',
      path: '/v1/demo/events',
      summary: 'The walk-through.',
      by: 'person',
      why: 'own',
      answers: { 200: { description: 'One event a message.', schema: DemoEvent, type: 'text/event-stream' } },
      answer({ reply }) {
        const stream = streams.open(reply)
        stream.closed.addEventListener('abort', relay.follow(stream.send), { once: true })
        return reply
      },
    }),
    operation({
      method: 'POST',
      path: '/v1/demo/commands',
      summary: 'A button of the walk-through.',
      by: 'person',
      why: 'own',
      body: DemoCommand,
      answers: { 204: { description: 'It was passed on.' } },
      answer({ body, reply }) {
        relay.command(body)
        return reply.code(204).send()
      },
    }),
  ]
}
