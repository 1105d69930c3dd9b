import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { exportPrivateKey, generateKeyPair, importPrivateKey, keyIdOf } from '@overt/privacy'

import { keyBytes } from './cipher.ts'
import { DataError } from './error.ts'

/** An Ed25519 key that this folder signs with. */
export interface SigningKey {
  readonly keyId: string
  /** Raw, 32 bytes, base64url. */
  readonly publicKey: string
  readonly privateKey: CryptoKey
}

/** The tenant's key, from a file that only the folder's owner can read; made where there is none, which `assertParts` allows in a new folder alone. */
export function openTenantKey(dir: string): Buffer {
  const key = Buffer.from(keepOnce(join(dir, 'tenant.key'), randomBytes(keyBytes).toString('base64url')), 'base64url')
  if (key.length !== keyBytes)
    throw new DataError(
      'key',
      `The tenant key in ${dir} has ${key.length} bytes, not ${keyBytes}: without it nothing recorded can be read. Restore tenant.key.`,
    )
  return key
}

/** The key that signs the ledger's checkpoints; made where there is none, as the tenant's is. */
export async function openLedgerKey(dir: string): Promise<SigningKey> {
  const path = join(dir, 'ledger.key')
  const fresh = await generateKeyPair()
  const text = keepOnce(path, `${fresh.publicKey}.${await exportPrivateKey(fresh.privateKey)}`)
  const [publicKey = '', privateText = ''] = text.split('.')
  try {
    return { keyId: await keyIdOf(publicKey), publicKey, privateKey: await importPrivateKey(privateText) }
  } catch (cause) {
    throw new DataError('key', `${path} is damaged: it holds no key pair. Without it no checkpoint of the ledger can be signed.`, cause)
  }
}

/** What the file holds; where there is none, the text becomes it, whole or not at all. */
function keepOnce(path: string, text: string): string {
  const found = readIfThere(path)
  if (found !== undefined) return found
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
    chmodSync(path, 0o600)
  } catch (cause) {
    if (!isCode(cause, 'EEXIST')) throw cause
  } finally {
    rmSync(draft)
  }
  return readFileSync(path, 'utf8').trim()
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
