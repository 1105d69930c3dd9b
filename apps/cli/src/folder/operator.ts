import { exportPrivateKey, generateKeyPair, importPrivateKey, keyIdOf } from '@overt/privacy'
import { TrustedKey, parser } from '@overt/schema'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type from 'typebox'

import { CliError, exitCode } from '../terminal/failure.ts'

const OperatorFile = Type.Object({ keyId: Type.String(), publicKey: Type.String(), privateKey: Type.String() })

/** The key pair with which the owner of a data folder signs manifests. */
export interface Operator {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: CryptoKey
}

/** Reads the folder's operator key, making one on first use (mode 0600). */
export async function openOperator(dataDir: string): Promise<Operator> {
  const path = join(dataDir, 'operator.json')
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? makeOperator(dataDir, path) : readOperator(path, text)
}

async function makeOperator(dataDir: string, path: string): Promise<Operator> {
  const { publicKey, privateKey } = await generateKeyPair()
  const keyId = await keyIdOf(publicKey)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(path, JSON.stringify({ keyId, publicKey, privateKey: await exportPrivateKey(privateKey) }), { mode: 0o600, flag: 'wx' })
  return { keyId, publicKey, privateKey }
}

async function readOperator(path: string, text: string): Promise<Operator> {
  try {
    const parsed = parser(OperatorFile)(JSON.parse(text))
    if (!parsed.ok) throw new Error(parsed.reason)
    const { keyId, publicKey, privateKey } = parsed.value
    return { keyId, publicKey, privateKey: await importPrivateKey(privateKey) }
  } catch (error) {
    throw new CliError(
      'OVT-1707',
      exitCode.configuration,
      `${path} is damaged: ${String(error instanceof Error ? error.message : error)}.`,
      'Restore it from a backup; without it no manifest of this folder can be signed.',
      error,
    )
  }
}

/** The keys that this folder trusts: its own operator's. */
export function trustedKeys(operator: Operator): readonly TrustedKey[] {
  return [{ keyId: operator.keyId, by: 'operator', publicKey: operator.publicKey }]
}
