import { importPrivateKey, signBytes } from '@overt/privacy'
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
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
      const bodyHex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      const head = base64Url(canonicalJson({ body: bodyHex, device, iat: Math.floor(nowEpochMs), nonce: randomId() }))
      return `${head}.${await signBytes(await imported, new TextEncoder().encode(head))}`
    },
  }
}

function base64Url(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
