import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

import { DataError } from './error.ts'

/** Length of every key: AES-256. */
export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** A fresh random key. */
export function newKey(): Buffer {
  return randomBytes(keyBytes)
}

/** AES-256-GCM: nonce, ciphertext, tag. `bound` is authenticated with it and must be the same at opening. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws `DataError` (`key`) where the key, the bytes or what they were bound to are others. */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound: string): Buffer {
  const nonce = sealed.subarray(0, nonceBytes)
  const body = sealed.subarray(nonceBytes, sealed.length - tagBytes)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(bound))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch (cause) {
    throw new DataError('key', `A ciphertext of ${sealed.length} bytes does not open with its key.`, cause)
  }
}

/** Keyed hash, hexadecimal: stands for an id in files that must not say whose it is. */
export function keyedHash(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** SHA-256, lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
