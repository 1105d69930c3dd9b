import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from '../../../../bench/capture/bundle.ts'
import { chartOf } from '../../../../bench/capture/chart.ts'
import { reportOf } from '../../../../bench/capture/report.ts'
import { type CaptureBench, runCaptureBench } from '../../../../bench/capture/run.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wholeFlag } from '../terminal/value.ts'
import { asUsage, namedIn } from './bench-names.ts'

const mostRepetitions = 100

/** `overt bench capture`: runs the recorders side by side; `--write` leaves the report and its chart in `docs/benchmarks/`. */
export async function benchCapture(terminal: Terminal, flags: Flags): Promise<CaptureBench> {
  const repetitions = wholeFlag(flags, 'repetitions', 1, mostRepetitions)
  const { progress, signal } = terminal
  const named = { ...namedIn(flags, 'workloads'), ...namedIn(flags, 'recorders') }
  const bench = await runCaptureBench({ repetitions, ...named, progress, signal }).catch(asUsage)
  if (flags['write'] === true) await write(bench, terminal)
  return bench
}

async function write(bench: CaptureBench, terminal: Terminal): Promise<void> {
  const folder = join(root, 'docs/benchmarks')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'capture.md'), reportOf(bench))
  await writeFile(join(folder, 'capture.svg'), chartOf(bench.rows))
  terminal.say('Written: docs/benchmarks/capture.md and capture.svg')
}
