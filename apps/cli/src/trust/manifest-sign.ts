import { signManifest } from '@overt/privacy'
import { Manifest } from '@overt/schema'

import { openOperator } from '../folder/operator.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest sign FILE`: prints the manifest with this folder's operator signature. */
export async function run(terminal: Terminal, [file = '']: readonly string[]): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  const operator = await openOperator(terminal.dataDir)
  terminal.document(await signManifest(manifest, { keyId: operator.keyId, by: 'operator', privateKey: operator.privateKey }))
}
