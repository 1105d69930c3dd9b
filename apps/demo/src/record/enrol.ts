import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Modality } from '@overt/schema'

import type { Offer } from './home.ts'
import type { Kept } from './keep.ts'

const monthMs = 30 * 86_400_000

/** What this page records, of all that the offer would allow. */
export const recorded: readonly Modality[] = ['actions', 'text', 'structure']

/** Makes this device's key, signs the person's agreement with it, and brings both to the server. The private key can't be read, not even by this page. */
export async function enrol(
  server: string,
  { manifest }: Offer,
  { token, person }: { readonly token: string; readonly person: string },
): Promise<Extract<Kept, { kind: 'device' }>> {
  const pair = await generateKeyPair({ extractable: false })
  const nowEpochMs = Date.now()
  const receipt = await grantReceipt(
    {
      person,
      manifest,
      purposes: manifest.purposes,
      modalities: [...recorded],
      nowEpochMs,
      expiresAtEpochMs: Math.min(nowEpochMs + monthMs, manifest.expiresAtEpochMs),
      assurance: 'device',
    },
    pair,
  )
  const response = await fetch(`${server}/v1/devices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, publicKey: pair.publicKey, receipt }),
  })
  const answer = (await response.json()) as { deviceId?: string; explain?: string } // as: both are checked for absence
  if (answer.deviceId === undefined) throw new Error(answer.explain ?? `enrolling failed (${response.status})`)
  return { kind: 'device', deviceId: answer.deviceId, privateKey: pair.privateKey, receipt }
}
