import { verifyLedger } from '@overt/data'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { exitCode, CliError } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt ledger verify`: reads the ledger's files as they lie, so it needs no lock, and a damaged folder is no obstacle. */
export async function run(terminal: Terminal, _args: readonly string[], _flags: Flags): Promise<void> {
  const dir = resolve(terminal.dataDir)
  await access(dir).catch((error: unknown) => {
    throw new CliError('OVT-1720', exitCode.notFound, `There is no data folder at ${dir}.`, 'Name it with --data DIR.', error)
  })
  const verdict = await verifyLedger(dir)
  const words = verdict.ok
    ? `The ledger holds: ${verdict.size} entries, root ${verdict.root}.`
    : `The ledger does not hold: ${verdict.problem ?? ''} (OVT-1721).`
  terminal.result(verdict, [words])
  if (!verdict.ok) process.exitCode = exitCode.failed
}
