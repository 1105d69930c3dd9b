import { checkManifest } from '@overt/privacy'

import type { Flags } from '../command.ts'
import { openOperator, trustedKeys } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import { addressFlag } from '../terminal/address.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { purposesFlag, requireFlag } from '../terminal/value.ts'

/** `overt manifest sample`: prints a signed manifest for trials on this machine. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const given = requireFlag(flags, 'origin', 'the page that may be recorded, such as http://127.0.0.1:8080')
  const origin = addressFlag(flags, 'origin')?.origin ?? given
  const purposes = purposesFlag(flags)
  if (purposes.length === 0)
    throw new CliError('OVT-1705', exitCode.usage, '--purposes names none.', 'Name one or more: --purposes ground,evaluate.')
  const operator = await openOperator(terminal.dataDir)
  const manifest = await signedSample(operator, { origins: [origin], purposes, nowEpochMs: Date.now() })
  const checked = await checkManifest(manifest, trustedKeys(operator), Date.now())
  if (!checked.ok && checked.reason === 'scope')
    throw new CliError(
      'OVT-1705',
      exitCode.usage,
      `--origin ${origin} is not on this machine, and a sample holds for pages of this machine alone.`,
      'Name one on loopback, such as http://127.0.0.1:8080, or write a manifest and have it signed by your operator and the council.',
    )
  terminal.document(manifest)
  terminal.say('A sample: it holds for pages on this machine alone, and its impact assessment is a stub that says so.')
}
