import { describe, expect, test } from 'vitest'

import { chartOf } from './chart.ts'
import { reportOf } from './report.ts'
import type { CaptureRow } from './rows.ts'
import { targetsOf } from './targets.ts'

const row = (recorder: string, scriptMsPerAction: number, gzipBytes: number): CaptureRow => ({
  workload: 'form',
  recorder,
  repetitions: 5,
  scriptMsPerAction,
  scriptSpread: [scriptMsPerAction, scriptMsPerAction],
  taskMsPerAction: 3,
  profilerMsPerAction: scriptMsPerAction,
  gzipBytes,
  startCpuMs: 4,
  heapBytes: 5_000,
  listeners: 6,
  handlerMs: { p50: 0.01, p95: 0.5, p99: 5 },
  inpMs: 16,
  actionsFinished: 300,
})
const bench = {
  rows: [row('rrweb', 2, 100_000), row('clarity', 1, 50_000), row('ours', 0.4, 4_000), row('ours+text', 0.5, 5_000)],
  bundles: [{ name: 'rrweb', gzipBytes: 23_000, brotliBytes: 20_000 }],
  machine: { cpu: 'a chip', cpus: 2, node: 'v24', chromium: '140', revision: 'abc' },
  load: [0.5, 1],
  pipelines: { rrweb: 'its guide' },
  failed: ['grid posthog: did not start'],
} as const
const target = (what: string) => targetsOf(bench).find((one) => one.what === what)

describe('the report of the capture benchmark', () => {
  test('a target is judged on the ratio in this run', () => {
    expect(target('script CPU, form, to rrweb')).toMatchObject({ measured: 0.2, holds: true })
    expect(target('gzip bytes, form without text, to rrweb')).toMatchObject({ measured: 0.04, holds: false })
    expect(target('added handler latency p99, form, ms')).toMatchObject({ measured: 5, holds: false })
  })

  test('what was not measured does not hold', () => {
    expect(target('gzip bytes, live grid, to rrweb')).toMatchObject({ measured: null, holds: false })
    expect(target('actions finished on the live grid')?.holds).toBe(false)
  })

  test('machine, revision, load, number and failed trials stand in it', () => {
    const text = reportOf(bench)
    for (const part of ['2 x a chip', 'revision abc', 'load 0.5 before and 1 after', 'n >= 5', 'did not start', 'falls short'])
      expect(text).toContain(part)
    expect(text).toContain('| gzip bytes, live grid, to rrweb | <= 0.005 | - | not measured |')
  })

  test('the chart has a bar for every recorder that was measured, and none for a page without one', () => {
    const chart = chartOf([...bench.rows, row('none', 1, 0)])
    expect(chart.match(/>ours\+text</g)).toHaveLength(2)
    expect(chart).not.toContain('>none<')
  })
})
