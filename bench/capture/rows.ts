import { median, middleOf, rounded } from './figures.ts'
import type { Run } from './trial.ts'

/** A run with its place in the order. */
export interface Repetition {
  readonly turn: number
  readonly workload: string
  readonly recorder: string
  readonly run: Run
}

/** Medians over the repetitions of what a recorder added to a page without one; null where it was not measured. */
export interface CaptureRow {
  readonly workload: string
  readonly recorder: string
  readonly repetitions: number
  /** Milliseconds of the main thread in script for each action, or each redraw of the grid. */
  readonly scriptMsPerAction: number | null
  readonly scriptSpread: readonly [number | null, number | null]
  /** All tasks of the main thread: style, layout and paint too. */
  readonly taskMsPerAction: number | null
  /** Self time of the recorder's functions and of natives that they call. */
  readonly profilerMsPerAction: number | null
  readonly gzipBytes: number | null
  readonly startCpuMs: number | null
  readonly heapBytes: number | null
  readonly listeners: number | null
  /** Added to the quantiles of a page without a recorder. */
  readonly handlerMs: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null }
  /** Not a difference: events are told in steps of 8 ms. */
  readonly inpMs: number | null
  /** Not a difference. */
  readonly actionsFinished: number | null
}

/** Rows by workload and recorder. What the page itself costs is taken off with the run of the same repetition that had no recorder. */
export function summarise(taken: readonly Repetition[]): CaptureRow[] {
  const keys = [...new Set(taken.map(({ workload, recorder }) => `${workload}\n${recorder}`))]
  return keys.map((key) => {
    const [workload = '', recorder = ''] = key.split('\n')
    const bare = taken.filter((one) => one.workload === workload && one.recorder === 'none' && one.run.profile === null)
    return rowOf(
      workload,
      recorder,
      taken.filter((one) => one.workload === workload && one.recorder === recorder),
      bare,
    )
  })
}

function rowOf(workload: string, recorder: string, own: readonly Repetition[], bare: readonly Repetition[]): CaptureRow {
  const plain = own.filter(({ run }) => run.profile === null)
  const added = (read: (run: Run) => number): number[] =>
    recorder === 'none'
      ? plain.map(({ run }) => read(run))
      : plain.map(({ run, turn }) => read(run) - (bareOf(bare, turn) === undefined ? Number.NaN : read(bareOf(bare, turn) as Run))) // as: asked just before
  const middle = (values: readonly number[]): number | null => rounded(middleOf(values).median)
  const script = middleOf(added((run) => run.scriptMs / run.units))
  const profiled = own.flatMap(({ run }) => (run.profile === null ? [] : [run.profile.ms / run.units]))
  return {
    workload,
    recorder,
    repetitions: plain.length,
    scriptMsPerAction: rounded(script.median),
    scriptSpread: [rounded(script.spread[0]), rounded(script.spread[1])],
    taskMsPerAction: middle(added((run) => run.taskMs / run.units)),
    profilerMsPerAction: rounded(median(profiled)),
    gzipBytes: middle(plain.map(({ run }) => run.gzipBytes)),
    startCpuMs: middle(added((run) => run.startScriptMs)),
    heapBytes: middle(added((run) => run.heapBytes)),
    listeners: middle(added((run) => run.listeners)),
    handlerMs: {
      p50: middle(added((run) => run.handlerMs.p50)),
      p95: middle(added((run) => run.handlerMs.p95)),
      p99: middle(added((run) => run.handlerMs.p99)),
    },
    inpMs: middle(plain.map(({ run }) => run.inpMs)),
    actionsFinished: middle(plain.map(({ run }) => run.actions)),
  }
}

function bareOf(bare: readonly Repetition[], turn: number): Run | undefined {
  return bare.find((one) => one.turn === turn)?.run
}
