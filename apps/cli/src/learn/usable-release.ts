import { wholeRelease } from '@overt/data'
import type { DatasetManifest } from '@overt/schema'
import { stat } from 'node:fs/promises'

import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A release that may be learned from now, or what speaks against it. */
export type Usable = { readonly ok: true; readonly value: DatasetManifest } | { readonly ok: false; readonly error: CliError }

/** Asks before a row of a release is read: its files must be what their hashes say, the data folder at hand must have built it, and everyone in it must agree still. */
export async function usableRelease(terminal: Terminal, dir: string): Promise<Usable> {
  await stat(dir)
  const release = await wholeRelease(dir)
  if (!release.ok) return { ok: false, error: unfit(dir, release) }
  const allowed = await inFolder(terminal, 'mayTrain', { hash: release.value.hash })
  return allowed.ok ? release : { ok: false, error: refused(dir, allowed) }
}

/** There is no release, an erasure has emptied it, or a file is not what its hash says. */
function unfit(dir: string, { reason, problem }: Extract<Awaited<ReturnType<typeof wholeRelease>>, { ok: false }>): CliError {
  if (reason === 'manifest') return new CliError('OVT-1706', exitCode.failed, `${problem.what}.`, 'Build one with `overt dataset build`.')
  if (reason === 'revoked') return refused(dir, { kind: 'revoked', why: problem.what })
  return new CliError(
    problem.code,
    exitCode.failed,
    `${dir} is damaged: ${problem.what}.`,
    'Build it anew with `overt dataset build`; `overt dataset check` tells all that is wrong with it.',
  )
}

function refused(dir: string, { kind, why }: { readonly kind: string; readonly why: string }): CliError {
  const what = `${dir} may not be trained on: ${why}.`
  return kind === 'unknown'
    ? new CliError('OVT-1317', exitCode.refused, what, 'Name the data folder that it was built in with --data DIR.')
    : new CliError('OVT-1723', exitCode.refused, what, 'Build it anew with `overt dataset build`.')
}
