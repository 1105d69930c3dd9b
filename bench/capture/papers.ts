import { exportPrivateKey, generateKeyPair, grantReceipt, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Manifest, Modality, Receipt, TrustedKey } from '@overt/schema'

/** What our recorder needs before it records, for one choice of modalities. */
export interface Papers {
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
  /** PKCS #8 of the device that signs batches. */
  readonly deviceKey: string
}

/** A made person's signed consent to a benchmark on one origin, with text and without. */
export async function papersFor(origin: string): Promise<{ readonly withText: Papers; readonly withoutText: Papers }> {
  return { withText: await papers(origin, ['actions', 'text', 'structure']), withoutText: await papers(origin, ['actions', 'structure']) }
}

async function papers(origin: string, modalities: readonly Modality[]): Promise<Papers> {
  const [operator, person] = await Promise.all([generateKeyPair(), generateKeyPair({ extractable: true })])
  const nowEpochMs = Date.now()
  const keyId = await keyIdOf(operator.publicKey)
  const manifest = await signManifest(sampleManifest({ origin, nowEpochMs }), { keyId, by: 'operator', privateKey: operator.privateKey })
  const terms = { person: 'bench', manifest, purposes: ['ground'] as const, nowEpochMs, expiresAtEpochMs: nowEpochMs + 86_400_000 }
  const receipt = await grantReceipt({ ...terms, purposes: ['ground'], modalities: [...modalities], assurance: 'local' }, person)
  return {
    receipt,
    manifest,
    keys: [{ keyId, by: 'operator', publicKey: operator.publicKey }],
    deviceKey: await exportPrivateKey(person.privateKey),
  }
}
