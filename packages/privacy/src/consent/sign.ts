import type { Manifest, Signature } from '@overt/schema'

import { signBytes } from './keys.ts'
import { manifestBytes } from './manifest.ts'

/** A manifest with one more signature; an older one by the same key gives way. */
export async function signManifest(
  manifest: Manifest,
  signer: { readonly keyId: string; readonly by: Signature['by']; readonly privateKey: CryptoKey },
): Promise<Manifest> {
  const { keyId, by } = signer
  const others = manifest.signatures.filter((signature) => signature.keyId !== keyId || signature.by !== by)
  return { ...manifest, signatures: [...others, { keyId, by, value: await signBytes(signer.privateKey, manifestBytes(manifest)) }] }
}
