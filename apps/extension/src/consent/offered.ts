import { checkManifest } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import type { Manifest } from '@overt/schema'

import type { Managed } from '../talk/enrolment.ts'

/** What the organisation asks for, or in words why nobody can be asked. */
export type Offered = { readonly ok: true; readonly manifest: Manifest } | { readonly ok: false; readonly explain: string }

/** Fetches the manifest that a policy names. Only the policy's own keys count: whoever could change what lies there could change keys that lie beside it. */
export async function offered({ manifestUrl, endpoint, keys }: Managed, nowEpochMs: number): Promise<Offered> {
  const fetched = await load(manifestUrl === '' ? `${endpoint}/v1/consent` : manifestUrl)
  if (fetched === null)
    return { ok: false, explain: 'Your organisation’s server can’t be reached, or asks for nothing. Nothing is recorded.' }
  // A server wraps it together with its keys; a file is the bare document.
  const checked = await checkManifest('manifest' in fetched ? fetched.manifest : fetched, keys, nowEpochMs)
  return checked.ok
    ? { ok: true, manifest: checked.value }
    : { ok: false, explain: `What your organisation asks can’t be used: ${explainRefusal(checked.reason)}` }
}

async function load(url: string): Promise<object | null> {
  try {
    const answer = await fetch(url, { credentials: 'omit', cache: 'no-store' })
    const body: unknown = answer.ok ? await answer.json() : null
    return body instanceof Object ? body : null
  } catch {
    return null // not there, or no JSON: said to the person
  }
}
