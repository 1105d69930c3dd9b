import type { FastifyReply } from 'fastify'

const heartbeatMs = 15_000

/** One open event stream. */
export interface Stream {
  readonly send: (event: object) => void
  readonly closed: AbortSignal
}

/** Open event streams of one server, closed together with it. */
export interface Streams {
  open(reply: FastifyReply): Stream
  closeAll(): void
}

/** Server-sent events without a framework: one JSON object a message. */
export function openStreams(): Streams {
  const endings = new Set<() => void>()
  return {
    open(reply) {
      reply.hijack()
      const { raw } = reply
      const ending = new AbortController()
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
      raw.setHeader('content-type', 'text/event-stream; charset=utf-8')
      raw.flushHeaders()
      raw.write(':\n\n')
      const beat = setInterval(() => raw.write(':\n\n'), heartbeatMs)
      const end = () => {
        clearInterval(beat)
        endings.delete(end)
        ending.abort()
        raw.end()
      }
      endings.add(end)
      raw.on('close', end)
      return { send: (event) => void raw.write(`data: ${JSON.stringify(event)}\n\n`), closed: ending.signal }
    },
    closeAll: () => {
      for (const end of endings) end()
    },
  }
}
