import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from '../../../../bench/capture/bundle.ts'
import { reportOf } from '../../../../bench/redact/report.ts'
import { type RedactBench, runRedactBench } from '../../../../bench/redact/run.ts'
import { textFlag, type Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt bench redact`: the redactor and its peers on the same texts; `--write` leaves the report in `docs/benchmarks/`. */
export async function benchRedact(terminal: Terminal, flags: Flags): Promise<RedactBench> {
  const corpora = textFlag(flags, 'corpora')
  const bench = await runRedactBench({ ...(corpora === undefined ? {} : { corpora }), progress: terminal.progress })
  if (flags['write'] === true) {
    const folder = join(root, 'docs/benchmarks')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'redaction.md'), reportOf(bench))
    terminal.say('Written: docs/benchmarks/redaction.md')
  }
  return bench
}
