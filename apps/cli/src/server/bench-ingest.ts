import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from '../../../../bench/capture/bundle.ts'
import { reportOf } from '../../../../bench/ingest/report.ts'
import { type IngestBench, runIngestBench } from '../../../../bench/ingest/run.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wholeFlag } from '../terminal/value.ts'
import { asUsage, namedIn } from './bench-names.ts'

const mostRepetitions = 100

/** `overt bench ingest`: the server and its peers under the same load; `--write` leaves the report in `docs/benchmarks/`. */
export async function benchIngest(terminal: Terminal, flags: Flags): Promise<IngestBench> {
  const repetitions = wholeFlag(flags, 'repetitions', 1, mostRepetitions)
  const { progress, signal } = terminal
  const named = { ...namedIn(flags, 'workloads'), ...namedIn(flags, 'stores') }
  const bench = await runIngestBench({ repetitions, ...named, progress, signal }).catch(asUsage)
  if (flags['write'] === true) await write(bench, terminal)
  return bench
}

async function write(bench: IngestBench, terminal: Terminal): Promise<void> {
  const folder = join(root, 'docs/benchmarks')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'ingest.md'), reportOf(bench))
  terminal.say('Written: docs/benchmarks/ingest.md')
}
