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
      'Name a new file with --council-key FILE; a key that is there is trusted with `overt manifest keys --council FILE`.',
      error,
    )
  })
  await inFolder(terminal, 'trustCouncil', { keyId, by: 'council', publicKey })
  return file
}

/** Trusts the council's keys in a file, of which only the public part is read. */
export async function trustCouncilKey(terminal: Terminal, file: string): Promise<void> {
  const given = await readJsonFile(file, Given, 'council')
  // A folder's list names its operator, too: whose key lifts a stop with the operator's must be another's.
  const keys = 'keys' in given ? given.keys.filter(({ by }) => by === 'council') : [given]
  if (keys.length === 0) throw unfit(file, 'it names no key as a council’s')
  for (const { keyId, publicKey } of keys)
    if (keyId !== (await keyIdOf(publicKey).catch(() => ''))) throw unfit(file, `${keyId} is not the id of the public key beside it`)
  for (const { keyId, publicKey } of keys) await inFolder(terminal, 'trustCouncil', { keyId, by: 'council', publicKey })
}

function unfit(file: string, why: string): CliError {
  return new CliError(
    'OVT-1706',
    exitCode.failed,
    `${file} holds no council’s key: ${why}.`,
    'Have the council make one in a folder of its own with `overt manifest keys --council-key FILE`, and give what `overt manifest keys --json` prints there.',
  )
}
