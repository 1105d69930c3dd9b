import type { Manifest, Modality, Purpose, Receipt } from '@overt/schema'

import { PrivacyError } from '../error.ts'
import { toBase64Url } from './encoding.ts'
import { signBytes, type KeyPair } from './keys.ts'
import { hashManifest } from './manifest.ts'
import { longestReceiptMs, receiptBytes } from './receipt.ts'

/** A person's decision on a manifest, before it is signed. */
export interface Grant {
  readonly person: string
  readonly manifest: Manifest
  readonly purposes: readonly Purpose[]
  readonly modalities: readonly Modality[]
  readonly nowEpochMs: number
  /** At most 180 days from now. */
  readonly expiresAtEpochMs: number
  readonly assurance: Receipt['assurance']
  /** Defaults to `given`. */
  readonly status?: Receipt['status']
  /** The notices of the manifest that the person says they have read: their SHA-256. */
  readonly acknowledged?: readonly string[]
  /** The receipt that this one follows. */
  readonly follows?: string | null
  /** Defaults to 16 random bytes. */
  readonly id?: string
}

/** Signs a person's decision with their key. Throws PrivacyError where it would run longer than 180 days. */
export async function grantReceipt(grant: Grant, keyPair: KeyPair): Promise<Receipt> {
  const lifeMs = grant.expiresAtEpochMs - grant.nowEpochMs
  if (lifeMs > longestReceiptMs) {
    throw new PrivacyError('OVT-1104', `a receipt holds at most 180 days, and this one would hold ${Math.ceil(lifeMs / 86_400_000)}`)
  }
  const body: Omit<Receipt, 'signature'> = {
    v: 'overt.receipt/1',
    id: grant.id ?? toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    person: grant.person,
    manifestId: grant.manifest.id,
    manifestSha256: await hashManifest(grant.manifest),
    status: grant.status ?? 'given',
    purposes: [...grant.purposes],
    modalities: [...grant.modalities],
    decidedAtEpochMs: grant.nowEpochMs,
    expiresAtEpochMs: grant.expiresAtEpochMs,
    assurance: grant.assurance,
    legalBasis: grant.manifest.legalBasis,
    ...(grant.acknowledged === undefined || grant.acknowledged.length === 0 ? {} : { acknowledged: [...grant.acknowledged] }),
    follows: grant.follows ?? null,
    publicKey: keyPair.publicKey,
  }
  return { ...body, signature: await signBytes(keyPair.privateKey, receiptBytes(body)) }
}
