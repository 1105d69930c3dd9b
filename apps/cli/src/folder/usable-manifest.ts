import { checkManifest } from '@overt/privacy'
import { Manifest, type TrustedKey } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'

/** Reads a manifest that clients with these keys would accept now; throws what they would say otherwise. */
export async function readUsableManifest(file: string, keys: readonly TrustedKey[], nowEpochMs: number): Promise<Manifest> {
  const checked = await checkManifest(await readJsonFile(file, Manifest, 'manifest'), keys, nowEpochMs)
  if (checked.ok) return checked.value
  throw new CliError(
    'OVT-1710',
    exitCode.refused,
    `${file} would be refused: ${checked.reason}.`,
    'Sign it with `overt manifest sign`, or correct what it names.',
  )
}
