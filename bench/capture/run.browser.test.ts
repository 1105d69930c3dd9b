import { describe, expect, test } from 'vitest'

import type { Recorder } from './recorders.ts'
import { runCaptureBench } from './run.ts'

/** A recorder that is known to cost 5 ms a press, and sends 1,000 bytes that no compression makes smaller. */
const burn: Recorder = {
  name: 'burn',
  source: `globalThis.benchRecorder = { start({ origin }) {
    addEventListener('click', () => { const until = performance.now() + 5; while (performance.now() < until); }, true)
    void fetch(origin + '/ingest', { method: 'POST', body: crypto.getRandomValues(new Uint8Array(1000)) }) } }`,
  pipeline: 'none',
}

describe('the capture benchmark', () => {
  test('a recorder that burns 5 ms an act, and sends 1,000 bytes, is seen to', async () => {
    const bench = await runCaptureBench({ repetitions: 1, workloads: ['nodes-1k'], recorders: ['none', 'burn'], more: [burn] })
    expect(bench.failed).toEqual([])
    const row = bench.rows.find(({ recorder }) => recorder === 'burn')
    expect(row?.scriptMsPerAction).toBeGreaterThan(4)
    expect(row?.profilerMsPerAction).toBeGreaterThan(4)
    // The middle one: the slowest of five is the machine's on a busy day, with a recorder and without.
    expect(row?.handlerMs.p50).toBeGreaterThan(4)
    expect(row?.gzipBytes).toBeGreaterThan(1_000)
    expect(row?.listeners).toBe(1)
    expect(row?.actionsFinished).toBe(5)
  })
})
