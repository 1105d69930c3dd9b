import { claimedAt } from '@overt/privacy/tell'
import type { Batch, Manifest } from '@overt/schema'
import { capturedFields, decodeColumns, neededModalities, recordedFields } from '@overt/schema/words'

import type { StoredReceipt } from '../store/documents.ts'
import { placesOf } from '../store/places.ts'

/** In what a manifest and what was captured may differ. */
export type FactCode = 'consent' | 'purpose' | 'place' | 'modality' | 'field' | 'redaction' | 'retention' | 'refused'

/** One difference, in words that name no person. */
export interface Difference {
  readonly code: FactCode
  readonly what: string
}

/** A device's clock may be this far ahead of the receipt's. */
const skewMs = 5 * 60_000

/** What a batch holds that its manifest and its receipt do not say. */
export function batchDifferences(batch: Batch, manifest: Manifest | undefined, stored: StoredReceipt | undefined): readonly Difference[] {
  if (manifest === undefined) return [{ code: 'consent', what: 'recorded under a manifest that is not known here' }]
  return [
    ...consentDifferences(batch, stored),
    ...(manifest.purposes.includes(batch.purpose) ? [] : [{ code: 'purpose' as const, what: `recorded for ${batch.purpose}` }]),
    ...(batch.redaction >= manifest.redaction
      ? []
      : [{ code: 'redaction' as const, what: `redacted by version ${batch.redaction}, not ${manifest.redaction}` }]),
    ...contentDifferences(batch, manifest, stored),
  ]
}

function consentDifferences(batch: Batch, stored: StoredReceipt | undefined): readonly Difference[] {
  const at = batch.closedAtEpochMs
  const { receipt } = stored ?? {}
  if (receipt?.person !== batch.person || receipt.manifestSha256 !== batch.manifest)
    return [{ code: 'consent', what: 'recorded without a receipt for this manifest' }]
  const given = receipt.status === 'given' || receipt.status === 'renewed'
  const within = at >= receipt.decidedAtEpochMs - skewMs && at < receipt.expiresAtEpochMs
  if (!given || !within) return [{ code: 'consent', what: 'recorded outside the time of its receipt' }]
  return []
}

function contentDifferences(batch: Batch, manifest: Manifest, stored: StoredReceipt | undefined): readonly Difference[] {
  const place = `${batch.origin}${batch.path}`
  const claims = placesOf(batch, manifest).map((one) => claimedAt(manifest, one, batch.closedAtEpochMs))
  const claimed = claims.find((one) => one !== null)
  if (claimed === undefined || claimed === null)
    return [{ code: 'place', what: `recorded at ${place}, or at an hour, that it does not name` }]
  const { events, observations } = decodeColumns(batch)
  const agreed = stored?.receipt.modalities ?? []
  const modalities = [...neededModalities(events, observations)].filter((one) => !claimed.has(one) || !agreed.includes(one))
  const fields = new Set(manifest.fields ?? recordedFields())
  return [
    ...modalities.map((one) => ({ code: 'modality' as const, what: `captured ${one} at ${place}` })),
    ...[...capturedFields(batch)].filter((one) => !fields.has(one)).map((one) => ({ code: 'field' as const, what: `captured ${one}` })),
  ]
}
