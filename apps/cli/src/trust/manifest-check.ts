import { checkManifest } from '@overt/privacy'
import { Manifest } from '@overt/schema'

import { openOperator, trustedKeys } from '../folder/operator.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest check FILE`: exit 4 where no client would accept it. */
export async function run(terminal: Terminal, [file = '']: readonly string[]): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  const checked = await checkManifest(manifest, trustedKeys(await openOperator(terminal.dataDir)), Date.now())
  if (!checked.ok)
    throw new CliError(
      'OVT-1710',
      exitCode.refused,
      `${file} would be refused: ${checked.reason}.`,
      'Sign it with `overt manifest sign`, or correct what it names.',
    )
  terminal.result({ ok: true, id: manifest.id, version: manifest.version }, [
    `${manifest.id} version ${manifest.version}: well-formed, signed and in force.`,
  ])
}
