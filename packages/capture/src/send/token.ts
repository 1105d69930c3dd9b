import { importPrivateKey, sha256Hex, signBytes, toBase64Url } from '@overt/privacy'
import { canonicalJson } from '@overt/schema/words'

import { randomId } from '../pack/random.ts'

/** Signs a request's body in the name of a device; the scheme stands in docs/spec/ingest.md. */
export interface DeviceKey {
  tokenFor(body: Uint8Array<ArrayBuffer>, nowEpochMs: number): Promise<string>
}

/** `key`: an Ed25519 private key, or its PKCS #8 in base64url. */
export function createDeviceKey(device: string, key: CryptoKey | string): DeviceKey {
  let imported: Promise<CryptoKey> | null = null
  return {
    tokenFor: async (body, nowEpochMs) => {
      imported ??= typeof key === 'string' ? importPrivateKey(key) : Promise.resolve(key)
      const utf8 = new TextEncoder()
      const claims = { body: await sha256Hex(body), device, iat: Math.floor(nowEpochMs), nonce: randomId() }
      const head = toBase64Url(utf8.encode(canonicalJson(claims)))
      return `${head}.${await signBytes(await imported, utf8.encode(head))}`
    },
  }
}
