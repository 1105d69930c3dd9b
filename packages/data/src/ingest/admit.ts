import { type Permit, redactionVersion } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import { permitFor } from '../store/permits.ts'
import { selectManifest, selectReceipt } from '../store/documents.ts'
import type { Store } from '../store/store.ts'
import type { Decoded } from './decode.ts'
import { type Checked, accept, refuse } from './refusal.ts'

/** Decides again, at the server: the person's receipt must cover this batch now, its place, and all that is in it. */
export async function admit(store: Store, decoded: Decoded): Promise<Checked<Permit>> {
  const { batch } = decoded
  if (store.isErased({ ...batch, atEpochMs: batch.closedAtEpochMs }))
    return refuse('erased', 'This was erased by its person before it arrived.')
  const stored = selectReceipt(store.control, batch.receipt)
  if (stored === undefined || stored.receipt.person !== batch.person || stored.receipt.manifestSha256 !== batch.manifest)
    return refuse('receipt', 'No live receipt of this person for this manifest is known here. Nothing was kept.')
  const decision = await permitFor(store, batch.receipt, batch.purpose)
  if (!decision.ok) return refuse('receipt', `No live receipt (${decision.reason}): ${decision.explain} Nothing was kept.`)
  return refuseContents(store, decoded, decision.value) ?? accept(decision.value)
}

function refuseContents(store: Store, { batch, observations }: Decoded, permit: Permit): Checked<never> | undefined {
  const lowest = selectManifest(store.control, batch.manifest)?.redaction ?? redactionVersion
  if (batch.redaction < lowest)
    return refuse('redaction', `The device redacts by version ${batch.redaction}; the manifest asks for ${lowest}. Update it.`)
  if (!permit.allows({ url: batch.origin + batch.path }, 'actions'))
    return refuse('place', 'The manifest does not allow recording at this place and hour. Nothing was kept.')
  if (!batch.modalities.every((modality) => permit.modalities.includes(modality)))
    return refuse('modality', 'The batch names a modality that the person did not agree to. Nothing was kept.')
  if (observations.length > 0 && !batch.modalities.includes('structure'))
    return refuse('modality', 'The batch has observations though it does not name the modality structure. Nothing was kept.')
  if (observations.some(({ url }) => url !== '' && !isOn(batch, url)))
    return refuse('place', 'An observation lies on another origin than the batch. Nothing was kept.')
  return undefined
}

function isOn(batch: Batch, url: string): boolean {
  return URL.parse(url)?.origin === batch.origin
}
