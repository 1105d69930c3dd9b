import { fromBase64 } from './encoding.ts'

/** Whether an Ed25519 signature over the bytes was made by this public key (both base64url). Anything malformed is false. */
export async function verifyBytes(publicKey: string, signature: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = fromBase64(publicKey)
  const value = fromBase64(signature)
  if (key?.length !== 32 || value?.length !== 64) return false
  try {
    return await crypto.subtle.verify('Ed25519', await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']), value, bytes)
  } catch (error) {
    // A point that is not on the curve is refused by importKey: a forged key, not a fault of ours.
    if (error instanceof DOMException) return false
    throw error
  }
}
