import { verifyLedger } from '@overt/data/ledger'
import { resolve } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { requireFolder } from '../folder/required.ts'
import { counted } from '../terminal/counted.ts'
import { exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readCheckpointFile } from './checkpoint-file.ts'

/** `overt ledger verify`: reads the ledger's files as they lie, so it needs no lock, and a damaged folder is no obstacle. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const dir = resolve(terminal.dataDir)
  requireFolder(dir)
  const file = textFlag(flags, 'checkpoint')
  const verdict = await verifyLedger(dir, file === undefined ? undefined : await readCheckpointFile(file))
  const words = verdict.ok
    ? `The ledger holds: ${counted(verdict.size, 'entry', 'entries')}, root ${verdict.root}.${file === undefined ? '' : ` It only grew since the checkpoint in ${file}.`}`
    : `The ledger does not hold: ${verdict.problem ?? ''} (OVT-1721).`
  terminal.result(verdict, [words])
  if (!verdict.ok) process.exitCode = exitCode.failed
}
