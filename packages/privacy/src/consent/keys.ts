import { PrivacyError } from '../error.ts'
import { fromBase64, sha256Hex, toBase64Url } from './encoding.ts'

/** An Ed25519 key pair; `publicKey` is the 32 raw bytes in base64url. */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: CryptoKey
}

/** Makes an Ed25519 key pair. A device passes `extractable: false`, so that its private key can't leave it. */
export async function generateKeyPair(options: { readonly extractable?: boolean } = {}): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', options.extractable ?? true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new PrivacyError('OVT-1101', 'this runtime made no Ed25519 key pair')
  return { publicKey: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))), privateKey: pair.privateKey }
}

/** A private key as PKCS #8 in base64url. Throws where the key is not extractable. */
export async function exportPrivateKey(privateKey: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)))
}

/** The private key that `exportPrivateKey` printed. Throws PrivacyError where the text is not one. */
export async function importPrivateKey(text: string, options: { readonly extractable?: boolean } = {}): Promise<CryptoKey> {
  try {
    // What is not base64url is no key either: no bytes are none.
    return await crypto.subtle.importKey('pkcs8', fromBase64(text) ?? new Uint8Array(), 'Ed25519', options.extractable ?? false, ['sign'])
  } catch (error) {
    throw new PrivacyError('OVT-1102', 'no Ed25519 private key in PKCS #8, base64url', { cause: error })
  }
}

/** The name of a public key: the first 16 hexadecimal digits of its SHA-256. */
export async function keyIdOf(publicKey: string): Promise<string> {
  const bytes = fromBase64(publicKey)
  if (bytes?.length !== 32) throw new PrivacyError('OVT-1103', 'a public key is 32 bytes in base64url')
  return (await sha256Hex(bytes)).slice(0, 16)
}

/** Ed25519 signature over bytes, in base64url. */
export async function signBytes(privateKey: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes)))
}
