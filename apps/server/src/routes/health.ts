import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'

/** Counts since the start, by what happened; none is kept per person or device. */
export type Counters = Readonly<Record<string, number>>

const Ok = Type.Object({ ok: Type.Boolean() })

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthOperations(ready: () => boolean, counters: () => Counters): readonly Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/healthz',
      summary: 'The process lives.',
      by: 'anyone',
      answers: { 200: { description: 'Yes.', schema: Ok } },
      answer: () => ({ ok: true }),
    }),
    operation({
      method: 'GET',
      path: '/readyz',
      summary: 'It can take batches.',
      by: 'anyone',
      answers: { 200: { description: 'Yes.', schema: Ok }, 503: { description: 'Its disk has failed: start it anew.', schema: Ok } },
      answer: ({ reply }) => reply.code(ready() ? 200 : 503).send({ ok: ready() }),
    }),
    operation({
      method: 'GET',
      path: '/metrics',
      summary: 'Counters, for Prometheus. None is per person or device.',
      by: 'anyone',
      answers: { 200: { description: 'Text.', type: 'text/plain' } },
      answer: ({ reply }) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(counters())),
    }),
  ]
}

function metricsText(counters: Counters): string {
  const lines = Object.entries(counters).map(([name, count]) => {
    const metric = `overt_${name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}_total`
    return `# TYPE ${metric} counter\n${metric} ${count}\n`
  })
  return lines.join('')
}
