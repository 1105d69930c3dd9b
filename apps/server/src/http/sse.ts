import type { FastifyReply, FastifyRequest } from 'fastify'

const heartbeatMs = 15_000

/** One open event stream. */
export interface Stream {
  readonly send: (event: object) => void
  readonly closed: AbortSignal
}

/** Open event streams of one server, closed together with it. */
export interface Streams {
  open(reply: FastifyReply): Stream
  /** Ends those that would be refused by now. */
  closeRefused(): void
  closeAll(): void
}

/** Server-sent events without a framework: one JSON object a message. A stream ends where its request would be refused by now, and nothing more is sent. */
export function openStreams(isAllowed: (request: FastifyRequest) => boolean): Streams {
  const endings = new Map<() => void, FastifyRequest>()
  const closeRefused = (): void => {
    for (const [end, request] of endings) if (!isAllowed(request)) end()
  }
  return {
    closeRefused,
    open(reply) {
      reply.hijack()
      const { raw, request } = reply
      const ending = new AbortController()
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
      raw.setHeader('content-type', 'text/event-stream; charset=utf-8')
      raw.flushHeaders()
      raw.write(':\n\n')
      const end = () => {
        clearInterval(beat)
        endings.delete(end)
        ending.abort()
        raw.end()
      }
      const write = (text: string): void => {
        if (!isAllowed(request)) end()
        else if (!raw.writableEnded) raw.write(text)
      }
      const beat = setInterval(() => write(':\n\n'), heartbeatMs)
      endings.set(end, request)
      raw.on('close', end)
      return { send: (event) => write(`data: ${JSON.stringify(event)}\n\n`), closed: ending.signal }
    },
    closeAll: () => {
      for (const end of endings.keys()) end()
    },
  }
}
