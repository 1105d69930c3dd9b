import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from '../../../../bench/capture/bundle.ts'
import { reportOf } from '../../../../bench/ingest/report.ts'
import { type IngestBench, runIngestBench } from '../../../../bench/ingest/run.ts'
import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wholeFlag } from '../terminal/value.ts'

const mostRepetitions = 100

/** `overt bench ingest`: the server and its peers under the same load; `--write` leaves the report in `docs/benchmarks/`. */
export async function benchIngest(terminal: Terminal, flags: Flags): Promise<IngestBench> {
  const named = (flag: string): object => {
    const text = textFlag(flags, flag)
    return text === undefined ? {} : { [flag]: text.split(',') }
  }
  const repetitions = wholeFlag(flags, 'repetitions', 1, mostRepetitions)
  const { progress, signal } = terminal
  const bench = await runIngestBench({ repetitions, ...named('workloads'), ...named('stores'), progress, signal }).catch(
    (error: unknown) => {
      if (error instanceof RangeError) throw new CliError('OVT-1705', exitCode.usage, `${error.message}.`, 'Names are separated by commas.')
      throw error
    },
  )
  if (flags['write'] === true) await write(bench, terminal)
  return bench
}

async function write(bench: IngestBench, terminal: Terminal): Promise<void> {
  const folder = join(root, 'docs/benchmarks')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'ingest.md'), reportOf(bench))
  terminal.say('Written: docs/benchmarks/ingest.md')
}
