import { ratio } from './figures.ts'
import type { CaptureBench } from './run.ts'
import type { CaptureRow } from './rows.ts'
import { targetsOf } from './targets.ts'

/** `docs/benchmarks/capture.md`: targets and what was measured, every row with its ratios to rrweb, bundles, and how it was done. */
export function reportOf(bench: CaptureBench): string {
  const { machine, load, rows } = bench
  const repetitions = Math.min(...rows.map((row) => row.repetitions))
  return [
    '# What recording costs\n',
    `Made by \`overt bench capture --write\`. ${machine.cpus} x ${machine.cpu}, Node ${machine.node}, Chromium ${machine.chromium}, revision ${machine.revision}, load ${load[0]} before and ${load[1]} after, n >= ${repetitions}. Medians; every recorder in turn in each repetition, each figure less that of the page without a recorder in the same repetition.\n`,
    '![costs of recorders](capture.svg)\n',
    '## Targets\n',
    table(
      ['figure', 'target', 'measured', ''],
      targetsOf(bench).map(({ what, target, measured, holds }) => [
        what,
        target,
        shown(measured),
        measured === null ? 'not measured' : holds ? 'holds' : 'falls short',
      ]),
    ),
    ...[...new Set(rows.map(({ workload }) => workload))].map((workload) => `## ${workload}\n\n${workloadTable(rows, workload)}`),
    '## Bundles\n',
    table(
      ['recorder', 'gzip', 'brotli'],
      bench.bundles.filter(({ gzipBytes }) => gzipBytes > 0).map((one) => [one.name, kB(one.gzipBytes), kB(one.brotliBytes)]),
    ),
    '## How bytes leave\n',
    `${Object.entries(bench.pipelines)
      .map(([name, pipeline]) => `- ${name}: ${pipeline}`)
      .join('\n')}\n`,
    ...(bench.failed.length === 0 ? [] : [`## Trials that failed\n\n${bench.failed.map((line) => `- ${line}`).join('\n')}\n`]),
    method,
  ].join('\n')
}

function workloadTable(rows: readonly CaptureRow[], workload: string): string {
  const own = rows.filter((row) => row.workload === workload)
  const rrweb = own.find((row) => row.recorder === 'rrweb')
  const beside = (value: number | null, peer: number | null | undefined): string => {
    const share = ratio(value, peer)
    return share === null ? shown(value) : `${shown(value)} (${share.toPrecision(2)}x)`
  }
  const head = [
    'recorder',
    'script ms',
    'quarters',
    'tasks ms',
    'profiler ms',
    'gzip',
    'start ms',
    'heap',
    'listeners',
    'handler p50/p95/p99',
    'INP',
    'done',
  ]
  return table(
    head,
    own.map((row) => [
      row.recorder,
      beside(row.scriptMsPerAction, rrweb?.scriptMsPerAction),
      row.scriptSpread.map(shown).join(' to '),
      shown(row.taskMsPerAction),
      beside(row.profilerMsPerAction, rrweb?.profilerMsPerAction),
      row.gzipBytes === null ? '-' : `${kB(row.gzipBytes)}${share(row.gzipBytes, rrweb?.gzipBytes)}`,
      beside(row.startCpuMs, rrweb?.startCpuMs),
      row.heapBytes === null ? '-' : `${kB(row.heapBytes)}${share(row.heapBytes, rrweb?.heapBytes)}`,
      shown(row.listeners),
      [row.handlerMs.p50, row.handlerMs.p95, row.handlerMs.p99].map(shown).join('/'),
      shown(row.inpMs),
      shown(row.actionsFinished),
    ]),
  )
}

function share(value: number, peer: number | null | undefined): string {
  const part = ratio(value, peer)
  return part === null ? '' : ` (${part.toPrecision(2)}x)`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}

function shown(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(3)))
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`
}

const method = `## How it is measured

- Script and tasks: \`ScriptDuration\` and \`TaskDuration\` of the page's main thread by its own CPU clock, from the end of the start to 2.3 s after the last act, so that what timers hold back is in. The form is counted by acts, the grid by its redraws.
- Profiler: V8's, at 0.5 ms, in runs of their own that count for nothing else: self time of the recorder's functions, with the natives that they call, without page code under them.
- Start: script time from before the recorder's script is loaded until the page has settled.
- Heap: after forced collections at the end, everything sent. Listeners: the page's own counter.
- Handlers: for each trusted event, from the first listener of the window to the last one; the p50, p95 and p99 of all events less the same of the page without a recorder.
- INP: the 98th percentile of the page's interactions, in the browser's steps of 8 ms.
- The forms are driven at 50 ms an act, the quiet one at 25, which is faster than a person: recorders that send by a timer send fewer batches than they would over a slow session.
- \`form\` is an internal tool in the style sheet of a real template: 60 inputs, dropdowns of 60 options at the end of the page, 500 rows. How much of the page an act changes was set by what the peers cost on the design's own page, not by what ours does: rrweb 2.36 ms an act, 270 kB and 161 ms at the start there. Where rrweb's row here lies under that, the page is the milder one. \`form-quiet\` has the same fields and rows and answers an act with one line of status: there is next to nothing to record by changes of the page, and targets are not judged on it.
- Work in workers (OpenReplay's) and in the browser's own threads (compression) is in no figure of CPU.
`
