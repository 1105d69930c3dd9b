import { exportPrivateKey, generateKeyPair, keyIdOf } from '@overt/privacy'
import { writeFile } from 'node:fs/promises'
import Type from 'typebox'

import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { inFolder } from './folder.ts'

const Key = Type.Object({ keyId: Type.String(), publicKey: Type.String(), by: Type.Optional(Type.String()) })
/** A key's own file, or what `overt manifest keys --json` prints of the council's folder. */
const Given = Type.Union([Key, Type.Object({ keys: Type.Array(Key) })])

/** Makes a council's key, writes it into a new file and trusts it. `meanwhile`: what is left undone where that fails. */
export async function makeCouncilKey(terminal: Terminal, named: string | undefined, meanwhile = ''): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair({ extractable: true })
  const keyId = await keyIdOf(publicKey)
  const file = named ?? `overt-council-key-${keyId.slice(0, 8)}.json`
  const text = JSON.stringify({ keyId, publicKey, privateKey: await exportPrivateKey(privateKey) })
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliError(
      'OVT-1758',
      exitCode.configuration,
      `The council's key could not be written: ${why}.${meanwhile}`,
      'Name a new file with --council-key FILE.',
      error,
    )
  })
  await inFolder(terminal, 'trustCouncil', { keyId, by: 'council', publicKey })
  return file
}

/** Trusts the council's key in a file, of which only the public part is read. */
export async function trustCouncilKey(terminal: Terminal, file: string): Promise<void> {
  const given = await readJsonFile(file, Given, 'council')
  const keys = 'keys' in given ? given.keys : [given]
  const { keyId, publicKey } = keys.find(({ by }) => by === 'council') ?? (keys.length === 1 ? keys[0] : undefined) ?? none
  if (keyId === '' || keyId !== (await keyIdOf(publicKey).catch(() => '')))
    throw new CliError(
      'OVT-1706',
      exitCode.failed,
      `${file} holds no council’s key: ${keyId === '' ? 'of several keys none is a council’s' : `${keyId} is not the id of the public key beside it`}.`,
      'Have the council run `overt manifest keys --json` in its own folder, and give that.',
    )
  await inFolder(terminal, 'trustCouncil', { keyId, by: 'council', publicKey })
}

const none = { keyId: '', publicKey: '' }
