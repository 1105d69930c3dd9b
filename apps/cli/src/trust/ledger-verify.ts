import { verifyLedger } from '@overt/data/ledger'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { exitCode, CliError } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readCheckpointFile } from './checkpoint-file.ts'

/** `overt ledger verify`: reads the ledger's files as they lie, so it needs no lock, and a damaged folder is no obstacle. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const dir = resolve(terminal.dataDir)
  await access(dir).catch((error: unknown) => {
    throw new CliError('OVT-1720', exitCode.notFound, `There is no data folder at ${dir}.`, 'Name it with --data DIR.', error)
  })
  const file = textFlag(flags, 'checkpoint')
  const verdict = await verifyLedger(dir, file === undefined ? undefined : await readCheckpointFile(file))
  const words = verdict.ok
    ? `The ledger holds: ${verdict.size} entries, root ${verdict.root}.${file === undefined ? '' : ` It only grew since the checkpoint in ${file}.`}`
    : `The ledger does not hold: ${verdict.problem ?? ''} (OVT-1721).`
  terminal.result(verdict, [words])
  if (!verdict.ok) process.exitCode = exitCode.failed
}
