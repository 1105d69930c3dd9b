import type { Manifest, TrustedKey } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { bytesOf, sha256Hex } from './encoding.ts'
import { isLocalOrigin } from './place.ts'
import { refuse, type Refusal, type RefusalReason } from './refusal.ts'
import { isManifest, snapshot } from './shape.ts'
import { verifyBytes } from './verify.ts'

const dayMs = 86_400_000

/** The bytes that a manifest's signatures and hash stand for: its canonical JSON without `signatures`. */
export function manifestBytes(manifest: Manifest): Uint8Array<ArrayBuffer> {
  const { signatures: _, ...body } = manifest
  return bytesOf(canonicalJson(body))
}

/** SHA-256 of a manifest in hexadecimal, its signatures left out. */
export function hashManifest(manifest: Manifest): Promise<string> {
  return sha256Hex(manifestBytes(manifest))
}

/** A manifest that may be recorded under now, or why it may not: shape, signatures, expiry, notice period, assessment, scope. */
export async function checkManifest(
  value: unknown,
  keys: readonly TrustedKey[],
  nowEpochMs: number,
): Promise<{ readonly ok: true; readonly value: Manifest } | Refusal> {
  const manifest = snapshot(value)
  if (!isManifest(manifest)) return refuse('malformed')
  const reason = (await refusedSignatures(manifest, keys)) ?? refusedTerms(manifest, nowEpochMs)
  return reason === undefined ? { ok: true, value: manifest } : refuse(reason)
}

/** Every signature must be by a trusted key and true; an operator's must be there, and the council's where one is named. */
async function refusedSignatures(manifest: Manifest, keys: readonly TrustedKey[]): Promise<RefusalReason | undefined> {
  const { signatures, councilKeyId } = manifest
  const bytes = manifestBytes(manifest)
  if (!signatures.some(({ by }) => by === 'operator')) return 'unsigned'
  for (const { keyId, by, value } of signatures) {
    const key = keys.find((trusted) => trusted.keyId === keyId && trusted.by === by)
    if (key === undefined) return 'untrusted-key'
    if (!(await verifyBytes(key.publicKey, value, bytes))) return 'bad-signature'
  }
  const council = councilKeyId === null || signatures.some(({ keyId, by }) => by === 'council' && keyId === councilKeyId)
  return council ? undefined : 'council-signature'
}

function refusedTerms(manifest: Manifest, nowEpochMs: number): RefusalReason | undefined {
  const { assessment, scope } = manifest
  if (!(nowEpochMs < manifest.expiresAtEpochMs)) return 'manifest-expired'
  if (!(nowEpochMs >= manifest.issuedAtEpochMs + manifest.noticeDays * dayMs)) return 'notice-period'
  if (!(nowEpochMs < assessment.expiresAtEpochMs) || (assessment.stub && scope !== 'local')) return 'assessment'
  if (scope === 'local' && !hasOnlyLocalOrigins(manifest)) return 'scope'
  return undefined
}

/** Whether every origin of a manifest is this machine's, or no page's. */
export function hasOnlyLocalOrigins(manifest: Manifest): boolean {
  return manifest.apps.every((app) => app.origins.every(isLocalOrigin))
}
