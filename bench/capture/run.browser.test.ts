import { describe, expect, test } from 'vitest'

import { type Recorder, recorders } from './recorders.ts'
import { runCaptureBench } from './run.ts'

/** A recorder that is known to cost more than 5 ms a press, by work and not by a clock that runs while others have the processor, and sends 1,000 bytes that no compression makes smaller. */
const burn: Recorder = {
  name: 'burn',
  source: `globalThis.benchRecorder = { start({ origin }) {
    addEventListener('click', () => { let x = 1; for (let turn = 0; turn < 4e6; turn += 1) x = (x * 48271) % 2147483647; globalThis.burnt = x }, true)
    void fetch(origin + '/ingest', { method: 'POST', body: crypto.getRandomValues(new Uint8Array(1000)) }) } }`,
  pipeline: 'none',
}

/** Ours, in many small batches, to a server that remembers none: each begins with the whole page. */
const often = recorders
  .filter(({ name }) => name === 'ours')
  .map((one): Recorder => ({
    ...one,
    name: 'often',
    source: one.source.replace("'/ingest'", "'/ingest/forgets'").replace('deviceKey })', 'deviceKey, flushMs: 100 })'),
  }))

describe('the capture benchmark', () => {
  test('a recorder that burns over 5 ms an act, and sends 1,000 bytes, is seen to', async () => {
    const bench = await runCaptureBench({ repetitions: 1, workloads: ['nodes-1k'], recorders: ['none', 'burn'], more: [burn] })
    expect(bench.failed).toEqual([])
    const row = bench.rows.find(({ recorder }) => recorder === 'burn')
    expect(row?.scriptMsPerAction).toBeGreaterThan(4)
    expect(row?.profilerMsPerAction).toBeGreaterThan(4)
    // With what the bare page takes put back: a difference of times says nothing on a busy machine, but no press can take less than the burn.
    const bare = bench.rows.find(({ recorder }) => recorder === 'none')
    expect((row?.handlerMs.p99 ?? 0) + (bare?.handlerMs.p99 ?? 0)).toBeGreaterThan(4.9)
    expect(row?.gzipBytes).toBeGreaterThan(1_000)
    expect(row?.listeners).toBe(1)
    expect(row?.actionsFinished).toBe(5)
  })

  test('ours sends all that it records in one go: 300 acts, and more than the browser lets be under way at once', async () => {
    const bench = await runCaptureBench({ repetitions: 1, workloads: ['form-quiet'], recorders: ['often'], more: often })
    expect(bench.failed).toEqual([])
    expect(bench.rows.find(({ recorder }) => recorder === 'often')?.gzipBytes).toBeGreaterThan(64_000)
  })
})
