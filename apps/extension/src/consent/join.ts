import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest, Modality } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'

import type { Enrolment, Managed } from '../talk/enrolment.ts'

const monthMs = 30 * 86_400_000
/** What this extension records, of all that a manifest may allow. */
const records: readonly Modality[] = ['actions', 'text', 'structure', 'pixels', 'drawings', 'films']

/** An enrolment with the device's key, or why there is none: nobody is signed in at the server, or what it said. */
export type Joined =
  | { readonly ok: true; readonly enrolment: Enrolment; readonly key: CryptoKey }
  | { readonly ok: false; readonly signedOut: boolean; readonly explain: string }

/** What a person is asked to let this extension record under a manifest: by one yes, and by name alone. Without pictures nothing is shown in them. */
export function recordedUnder(manifest: Manifest): { readonly atOnce: readonly Modality[]; readonly byName: readonly Modality[] } {
  const { atOnce, byName } = offeredModalities(manifest)
  return {
    atOnce: records.filter((modality) => atOnce.includes(modality)),
    byName: atOnce.includes('pixels') ? records.filter((modality) => byName.includes(modality)) : [],
  }
}

/** Signs the person's yes to some of it with a key that is made here and can't be taken out, and enrols this device for whoever is signed in at the server. */
export async function join(policy: Managed, manifest: Manifest, modalities: readonly Modality[], nowEpochMs: number): Promise<Joined> {
  const { endpoint, keys } = policy
  // By the cookie of their own sign-in, which the browser adds since they have just let this extension see that server.
  const ticket = await post(`${endpoint}/v1/enrolments`, {}, 'include')
  const { token, person } = ticket.body
  if (token === undefined || person === undefined) return refusal(ticket)
  const pair = await generateKeyPair({ extractable: false })
  const receipt = await grantReceipt(
    {
      person,
      manifest,
      purposes: manifest.purposes,
      modalities,
      nowEpochMs,
      expiresAtEpochMs: Math.min(nowEpochMs + monthMs, manifest.expiresAtEpochMs),
      assurance: 'device',
    },
    pair,
  )
  const enrolled = await post(`${endpoint}/v1/devices`, { token, publicKey: pair.publicKey, receipt }, 'omit')
  const { deviceId } = enrolled.body
  if (deviceId === undefined) return refusal(enrolled)
  return { ok: true, enrolment: { deviceId, endpoint, receipt, manifest, keys }, key: pair.privateKey }
}

/** 0 where the server is not there. */
interface Answer {
  readonly status: number
  readonly body: { readonly token?: string; readonly person?: string; readonly deviceId?: string; readonly explain?: string }
}

async function post(url: string, body: object, credentials: RequestCredentials): Promise<Answer> {
  try {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), credentials })
    return { status: answer.status, body: await answer.json() }
  } catch {
    return { status: 0, body: {} } // not there, or no JSON: said to the person
  }
}

function refusal({ status, body }: Answer): Joined {
  if (status === 401)
    return {
      ok: false,
      signedOut: true,
      explain: 'Nothing was kept: your server has to know who you are. Sign in there, then answer again.',
    }
  const why = body.explain ?? (status === 0 ? 'it can’t be reached' : `it answered ${status}`)
  return { ok: false, signedOut: false, explain: `Nothing was kept, and nothing is recorded. Your server: ${why}` }
}
