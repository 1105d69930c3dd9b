import { describe, expect, test } from 'vitest'

import { attribute } from './profile.ts'
import { summarise } from './rows.ts'
import type { Run } from './trial.ts'

const run = (scriptMs: number, more: Partial<Run> = {}): Run => ({
  startScriptMs: 1,
  scriptMs,
  taskMs: scriptMs,
  heapBytes: 1_000,
  listeners: 10,
  gzipBytes: 0,
  handlerMs: { p50: 0.1, p95: 0.2, p99: 0.3 },
  inpMs: 8,
  actions: 10,
  units: 10,
  profile: null,
  ...more,
})

describe('rows of the capture benchmark', () => {
  const taken = [
    { turn: 0, workload: 'form', recorder: 'none', run: run(10) },
    { turn: 0, workload: 'form', recorder: 'ours', run: run(30, { gzipBytes: 500, listeners: 25 }) },
    { turn: 1, workload: 'form', recorder: 'none', run: run(110) },
    { turn: 1, workload: 'form', recorder: 'ours', run: run(150, { gzipBytes: 700, listeners: 25 }) },
    { turn: 0, workload: 'form', recorder: 'ours', run: run(900, { profile: { ms: 50, byFunction: new Map() } }) },
  ]
  const [none, ours] = summarise(taken)

  test("what the page costs is taken off with the same repetition's run", () => {
    expect([ours?.scriptMsPerAction, ours?.listeners]).toEqual([3, 15])
  })

  test('the page without a recorder stands as it was measured', () => {
    expect([none?.scriptMsPerAction, none?.actionsFinished]).toEqual([6, 10])
  })

  test('a profiled run counts for the profile alone', () => {
    expect([ours?.repetitions, ours?.profilerMsPerAction]).toEqual([2, 5])
  })

  test('a run without its page costs is not a figure', () => {
    const [row] = summarise([{ turn: 0, workload: 'form', recorder: 'ours', run: run(30) }])
    expect(row?.scriptMsPerAction).toBeNull()
  })
})

describe('attribution of a profile', () => {
  const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 0 })
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(root)', ''), children: [2, 5] },
      { id: 2, callFrame: frame('listen', 'http://site/recorder/ours.js'), children: [3, 4] },
      { id: 3, callFrame: frame('getBoundingClientRect', '') },
      { id: 4, callFrame: frame('pageCode', 'http://site/page') },
      { id: 5, callFrame: frame('(program)', '') },
    ],
    samples: [2, 3, 4, 5],
    timeDeltas: [1_000, 2_000, 4_000, 8_000],
  }

  test("a native counts for the recorder that calls it, and the page's own code under it does not", () => {
    const { ms, byFunction } = attribute(profile, (url) => url.includes('/recorder/'))
    expect(ms).toBe(3)
    expect(byFunction.get('listen:1 > getBoundingClientRect')).toBe(2)
  })
})
