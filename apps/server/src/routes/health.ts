import type { FastifyInstance } from 'fastify'

/** Counts since the start, by what happened; none is kept per person or device. */
export type Counters = Readonly<Record<string, number>>

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoutes(server: FastifyInstance, ready: () => boolean, counters: () => Counters): void {
  server.get('/healthz', () => ({ ok: true }))
  server.get('/readyz', (_request, reply) => reply.code(ready() ? 200 : 503).send({ ok: ready() }))
  server.get('/metrics', (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(counters())))
}

function metricsText(counters: Counters): string {
  const lines = Object.entries(counters).map(([name, count]) => {
    const metric = `overt_${name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}_total`
    return `# TYPE ${metric} counter\n${metric} ${count}\n`
  })
  return lines.join('')
}
