import { type KeyObject, createCipheriv, createDecipheriv, createHmac, createSecretKey, hash, randomBytes } from 'node:crypto'

import { DataError } from './error.ts'

/** Length of every key: AES-256. */
export const keyBytes = 32
/** Of what `seal` may be given. */
export const nonceBytes = 12
const tagBytes = 16

/** A key as the crypto module takes it fastest: raw bytes cost it a failed check of their kind, 80 microseconds each time. */
export type Key = KeyObject

/** A fresh random key. */
export function newKey(): Key {
  return keyOf(randomBytes(keyBytes))
}

/** A key from its bytes. */
export function keyOf(bytes: Uint8Array): Key {
  return createSecretKey(bytes)
}

/** The bytes of a key, to be sealed under another. */
export function bytesOfKey(key: Key): Buffer {
  return key.export()
}

/** AES-256-GCM: nonce, ciphertext, tag. `bound` is authenticated with it and must be the same at opening. `nonce`: random, and used for nothing else. */
export function seal(key: Key, plain: Uint8Array, bound: string, nonce: Uint8Array = randomBytes(nonceBytes)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws `DataError` (`key`) where the key, the bytes or what they were bound to are others. */
export function unseal(key: Key, sealed: Uint8Array, bound: string): Buffer {
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
export function keyedHash(key: Key, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** SHA-256, lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}
