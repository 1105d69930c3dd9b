import { signManifest } from '@overt/privacy'
import { Manifest } from '@overt/schema'

import { textFlag, type Flags } from '../command.ts'
import { openOperator, readKeyFile } from '../folder/operator.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest sign FILE`: prints the manifest with this folder's operator signature; with `--key FILE`, with the council's. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  const key = textFlag(flags, 'key')
  if (key !== undefined) return terminal.document(await signAsCouncil(manifest, file, key))
  const operator = await openOperator(terminal.dataDir)
  terminal.document(await signManifest(manifest, { keyId: operator.keyId, by: 'operator', privateKey: operator.privateKey }))
}

/** Another council's signature would be one that no client asks for. */
async function signAsCouncil(manifest: Manifest, file: string, path: string): Promise<Manifest> {
  const { keyId, privateKey } = await readKeyFile(path)
  if (manifest.councilKeyId === keyId) return signManifest(manifest, { keyId, by: 'council', privateKey })
  throw new CliError(
    'OVT-1710',
    exitCode.refused,
    `${file} names ${manifest.councilKeyId === null ? 'no council' : `the council’s key ${manifest.councilKeyId}`}, and the key in ${path} is ${keyId}.`,
    `Give the key that it names, or put "councilKeyId": "${keyId}" into it; then both have to sign.`,
  )
}
