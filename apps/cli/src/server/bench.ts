import { CliError, exitCode } from '../terminal/failure.ts'
import { textFlag, type Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Every benchmark of the project, by its name. */
const benchmarks: Readonly<Record<string, (terminal: Terminal, flags: Flags) => Promise<object>>> = {
  redact: async (terminal, flags) => (await import('./bench-redact.ts')).benchRedact(terminal, flags),
  dataset: async () => (await import('../../../../bench/dataset.ts')).runDatasetBench(),
  model: async () => (await import('../../../../bench/model.ts')).runModelBench(),
  capture: async (terminal, flags) => (await import('./bench-capture.ts')).benchCapture(terminal, flags),
  reidentify: async (terminal, flags) => (await import('./bench-reidentify.ts')).benchReidentify(terminal, flags),
  ingest: async (terminal, flags) => (await import('./bench-ingest.ts')).benchIngest(terminal, flags),
}

/** Flags that some of them take: given to another they would change nothing, and nobody would see it. */
const taken: Readonly<Record<string, readonly string[]>> = {
  workloads: ['capture', 'ingest'],
  recorders: ['capture'],
  stores: ['ingest'],
  corpora: ['redact'],
  keystrokes: ['reidentify'],
}

/** `overt bench WHAT`. */
export async function run(terminal: Terminal, [what = '']: readonly string[], flags: Flags): Promise<void> {
  const benchmark = Object.hasOwn(benchmarks, what) ? benchmarks[what] : undefined
  if (benchmark === undefined)
    throw new CliError('OVT-1705', exitCode.usage, `"${what}" is not a benchmark.`, `Choose from: ${Object.keys(benchmarks).join(', ')}.`)
  const stray = Object.keys(taken).find((flag) => textFlag(flags, flag) !== undefined && taken[flag]?.includes(what) !== true)
  if (stray !== undefined)
    throw new CliError('OVT-1705', exitCode.usage, `--${stray} is no flag of \`overt bench ${what}\`.`, 'See `overt bench --help`.')
  const report = await benchmark(terminal, flags)
  terminal.result(report, [JSON.stringify(report, null, 2)])
}
