import Type from 'typebox'

import { operation, type Operation } from '../http/operation.ts'

/** `counters`: counts since the start, by what happened; `gauges`: levels as they stand, which fall again. None is kept per person or device. */
export interface Metrics {
  readonly counters: Readonly<Record<string, number>>
  readonly gauges: Readonly<Record<string, number>>
}

const Ok = Type.Object({ ok: Type.Boolean() })

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthOperations(ready: () => boolean, metrics: () => Metrics): readonly Operation[] {
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
      summary: 'Counters and gauges, for Prometheus. None is per person or device.',
      by: 'anyone',
      answers: { 200: { description: 'Text.', type: 'text/plain' } },
      answer: ({ reply }) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(metrics())),
    }),
  ]
}

function metricsText({ counters, gauges }: Metrics): string {
  const samples = [
    ...Object.entries(counters).map(([name, count]) => [`${metricName(name)}_total`, 'counter', count] as const),
    ...Object.entries(gauges).map(([name, level]) => [metricName(name), 'gauge', level] as const),
  ]
  return samples.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('')
}

function metricName(name: string): string {
  return `overt_${name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}`
}
