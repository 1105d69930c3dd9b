import { claimedAt } from '@overt/privacy/tell'
import type { Batch, Manifest, Modality } from '@overt/schema'
import { capturedFields, decodeColumns, neededModalities, recordedFields } from '@overt/schema/words'

import { maxSkewMs } from '../store/device.ts'
import type { StoredReceipt } from '../store/documents.ts'
import { type Address, addressesOf, placesOf, urlsOf } from '../store/places.ts'

/** In what a manifest and what was captured may differ. */
export type FactCode = 'consent' | 'purpose' | 'place' | 'modality' | 'field' | 'redaction' | 'retention' | 'refused'

/** One difference, in words that name no person. */
export interface Difference {
  readonly code: FactCode
  readonly what: string
}

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
  const within = at >= receipt.decidedAtEpochMs - maxSkewMs && at < receipt.expiresAtEpochMs
  if (!given || !within) return [{ code: 'consent', what: 'recorded outside the time of its receipt' }]
  return []
}

function contentDifferences(batch: Batch, manifest: Manifest, stored: StoredReceipt | undefined): readonly Difference[] {
  const { events, observations } = decodeColumns(batch)
  const needed = neededModalities(events, observations)
  const addresses = addressesOf(batch, urlsOf(events, observations))
  const fields = new Set(manifest.fields ?? recordedFields())
  return [
    ...addresses.flatMap((address) => placeDifferences(batch, address, needed, manifest, stored)),
    ...[...capturedFields(batch)].filter((one) => !fields.has(one)).map((one) => ({ code: 'field' as const, what: `captured ${one}` })),
  ]
}

/** A page stays on its origin: what a batch tells of another one was not recorded where it says. */
function placeDifferences(
  batch: Batch,
  address: Address,
  needed: ReadonlySet<Modality>,
  manifest: Manifest,
  stored: StoredReceipt | undefined,
): readonly Difference[] {
  const place = `${address.origin}${address.path}`
  const places = address.origin === batch.origin ? placesOf(address, manifest) : []
  const claimed = places.map((one) => claimedAt(manifest, one, batch.closedAtEpochMs)).find((one) => one !== null)
  if (claimed === undefined || claimed === null)
    return [{ code: 'place', what: `recorded at ${place}, or at an hour, that it does not name` }]
  const agreed = stored?.receipt.modalities ?? []
  const beyond = [...needed].filter((one) => !claimed.has(one) || !agreed.includes(one))
  return beyond.map((one) => ({ code: 'modality', what: `captured ${one} at ${place}` }))
}
