import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { reportOf } from './report.ts'
import { summarise } from './rows.ts'
import { targetsOf } from './targets.ts'
import { memoryOptions, type Trial } from './trial.ts'

const trial = (eventsPerCpuS: number, p99Ms = 40, pacedP99Ms = 9): Trial => ({
  acks: 100,
  acksPerS: 1_000,
  eventsPerCpuS,
  cpuUsPerBatch: 300,
  p50Ms: 20,
  p99Ms,
  pacedP99Ms,
  clientUsPerBatch: 50,
  rssBytes: 200_000_000,
})
const taken = (store: string, figures: readonly Trial[], workload = 'full'): Parameters<typeof summarise>[0] =>
  figures.map((one) => ({ store, workload, clients: 128, trial: one }))
const rows = summarise([
  ...taken('overt', [trial(130_000), trial(90_000), trial(125_000)]),
  ...taken('sqlite', [trial(250_000)]),
  ...taken('overt', [trial(10_000, 60)], 'demo+text'),
])

test('a row is the median of its repetitions, with its quarters', () => {
  expect(rows[0]).toMatchObject({ store: 'overt', repetitions: 3, eventsPerCpuS: 125_000, eventsPerCpuSpread: [90_000, 130_000] })
})

test('a target holds by our own row alone, and one that was not measured does not hold', () => {
  const holds = Object.fromEntries(targetsOf(rows).map(({ what, holds: does }) => [what, does]))
  expect(holds['durable events a CPU-second, full batches without text']).toBe(true)
  expect(holds['durable events a CPU-second, full batches with text']).toBe(false)
  expect(holds['p99 in ms at 128 clients, the demo’s batches with text']).toBe(false)
  expect(holds['p99 in ms at 128 clients, the same at the pace of recorders']).toBe(true)
  expect(holds['resident MB under load, the most of all rows']).toBe(true)
})

test('what is measured has the memory options of the server that ships', () => {
  const launcher = readFileSync(new URL('../../overt', import.meta.url), 'utf8')
  expect(launcher).toContain(`memory='${memoryOptions.execArgv.join(' ')}'`)
  for (const [name, value] of Object.entries(memoryOptions.env)) expect(launcher).toContain(`${name}=\${${name}:-${value}}`)
})

test('the report shows every peer beside ours, and what could not be measured', () => {
  const report = reportOf({
    rows,
    workloads: [{ name: 'full', batches: 4, eventsPerBatch: 400, bytesPerBatch: 280_000 }],
    machine: { cpu: 'a chip', cpus: 2, node: 'v24', revision: 'abc' },
    load: [0, 1],
    stores: { overt: 'all of it', sqlite: 'bytes' },
    missing: ['no Go'],
    failed: [],
  })
  expect(report).toContain('| 128 | sqlite | 1000 (1.0x) | 250000 (2.0x) |')
  expect(report).toContain('- no Go')
  expect(report).not.toContain('Trials that failed')
})
