import { ratio } from './figures.ts'
import type { CaptureBench } from './run.ts'
import type { CaptureRow } from './rows.ts'

/** A figure that has a target, and what was measured. */
export interface Target {
  readonly what: string
  readonly target: string
  readonly measured: number | null
  readonly holds: boolean
}

type Read = (row: CaptureRow) => number | null

/** The targets of the design that this benchmark can judge, as ratios in one run. */
export function targetsOf(bench: Pick<CaptureBench, 'rows'>): readonly Target[] {
  const row = (workload: string, recorder: string): CaptureRow | undefined =>
    bench.rows.find((one) => one.workload === workload && one.recorder === recorder)
  const against = (workload: string, own: string, peer: string, read: Read): number | null => {
    const [left, right] = [row(workload, own), row(workload, peer)]
    return left === undefined || right === undefined ? null : ratio(read(left), read(right))
  }
  const most = (what: string, limit: number, measured: number | null): Target => ({
    what,
    target: `<= ${limit}`,
    measured,
    holds: measured !== null && measured <= limit,
  })
  const script: Read = (one) => one.scriptMsPerAction
  const profiled: Read = (one) => one.profilerMsPerAction
  const bytes: Read = (one) => one.gzipBytes
  const form = row('form', 'ours')
  return [
    most('script CPU, form, to rrweb', 0.25, against('form', 'ours', 'rrweb', script)),
    most('script CPU, form, to Clarity', 0.5, against('form', 'ours', 'clarity', script)),
    most('profiler CPU, form, to Clarity', 0.5, against('form', 'ours', 'clarity', profiled)),
    most('profiler CPU, live grid, to rrweb', 0.02, against('grid', 'ours', 'rrweb', profiled)),
    most('gzip bytes, form with text, to rrweb', 0.06, against('form', 'ours+text', 'rrweb', bytes)),
    most('gzip bytes, form without text, to rrweb', 0.03, against('form', 'ours', 'rrweb', bytes)),
    most('gzip bytes, live grid, to rrweb', 0.005, against('grid', 'ours', 'rrweb', bytes)),
    ...['nodes-1k', 'nodes-10k', 'nodes-100k'].map((page) =>
      most(
        `start-up CPU, ${page}, to rrweb`,
        0.08,
        against(page, 'ours', 'rrweb', (one) => one.startCpuMs),
      ),
    ),
    most(
      'heap, form, to rrweb',
      0.05,
      against('form', 'ours', 'rrweb', (one) => one.heapBytes),
    ),
    most('added handler latency p50, form, ms', 0.05, form?.handlerMs.p50 ?? null),
    most('added handler latency p95, form, ms', 1, form?.handlerMs.p95 ?? null),
    most('added handler latency p99, form, ms', 4, form?.handlerMs.p99 ?? null),
    fewer(row('grid', 'ours')?.actionsFinished ?? null, row('grid', 'none')?.actionsFinished ?? null),
  ]
}

function fewer(ours: number | null, none: number | null): Target {
  return {
    what: 'actions finished on the live grid',
    target: `>= ${none ?? 'those without a recorder'}`,
    measured: ours,
    holds: ours !== null && none !== null && ours >= none,
  }
}
