import { isFolderInUse } from '@overt/data'
import { exportPrivateKey, generateKeyPair, importPrivateKey, keyIdOf } from '@overt/privacy'
import { TrustedKey, parser } from '@overt/schema'
import { randomUUID } from 'node:crypto'
import { link, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type from 'typebox'

import { CliError, exitCode } from '../terminal/failure.ts'
import { readTextFile } from '../terminal/text-file.ts'
import { beginFolder } from './beginning.ts'

const OperatorFile = Type.Object({ keyId: Type.String(), publicKey: Type.String(), privateKey: Type.String() })

/** The key pair with which the owner of a data folder signs manifests. */
export interface Operator {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: CryptoKey
}

/** Reads the folder's operator key; makes one (mode 0600) in a new folder alone. Needs no lock. */
export async function openOperator(dataDir: string): Promise<Operator> {
  const known = await knownOperator(dataDir)
  if (known !== null) return known
  const path = operatorPath(dataDir)
  await makeOperator(dataDir, path)
  return readOperator(path, await readTextFile(path))
}

/** The operator of the folder, where it has one already: who only checks something makes none. */
export async function knownOperator(dataDir: string): Promise<Operator | null> {
  const path = operatorPath(dataDir)
  const text = await readIfThere(path)
  if (text !== null) return readOperator(path, text)
  if (!isFolderInUse(dataDir)) return null
  throw new CliError(
    'OVT-1707',
    exitCode.configuration,
    `${path} is missing, and this folder is not new: the people here agreed to manifests that this operator signed.`,
    'Restore it from a backup; another operator’s manifests would not be those.',
  )
}

function operatorPath(dataDir: string): string {
  return join(dataDir, 'operator.json')
}

/** A key pair from a file of the same form, wherever it lies. */
export async function readKeyFile(path: string): Promise<Operator> {
  return readOperator(path, await readTextFile(path))
}

/** Whole or not at all, and never over another one: two commands may begin a folder at once. */
async function makeOperator(dataDir: string, path: string): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair()
  const text = JSON.stringify({ keyId: await keyIdOf(publicKey), publicKey, privateKey: await exportPrivateKey(privateKey) })
  const draft = `${path}.${randomUUID()}`
  beginFolder(dataDir)
  await writeFile(draft, text, { mode: 0o600, flush: true })
  await link(draft, path).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  await unlink(draft)
}

async function readIfThere(path: string): Promise<string | null> {
  return readTextFile(path).catch((error: unknown) => {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return null
    throw error
  })
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
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

/** The keys that this folder trusts: its own operator's; none where it has none. */
export function trustedKeys(operator: Operator | null): readonly TrustedKey[] {
  return operator === null ? [] : [{ keyId: operator.keyId, by: 'operator', publicKey: operator.publicKey }]
}
