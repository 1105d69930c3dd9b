import type { Manifest, Purpose, Receipt, TrustedKey } from '@overt/schema'

import { redactionVersion } from '../redact/version.ts'
import { type Here, outsideOf } from './limits.ts'
import { checkManifest, hashManifest, hasOnlyLocalOrigins } from './manifest.ts'
import { makePermit, type Permit } from './permit.ts'
import { longestReceiptMs, verifyReceipt } from './receipt.ts'
import { refuse, type Refusal, type RefusalReason } from './refusal.ts'

/** A permit, or why there is none. */
export type Decision = { readonly ok: true; readonly value: Permit } | Refusal

/** What `decide` needs to know beside the documents. */
export interface DecideOptions {
  /** The keys whose signatures on a manifest count. */
  readonly keys: readonly TrustedKey[]
  /** Whether the page is in a secure context; defaults to what the page says, and to true outside of pages. */
  readonly secure?: boolean
  /** Aborts the permit: a withdrawal that is heard of elsewhere. */
  readonly signal?: AbortSignal
  /** Public keys known to be this person's. Where given, a receipt signed by any other is refused. */
  readonly personKeys?: readonly string[]
  /** What the recorder was told of where it runs; where the manifest narrows that and nothing is said, it is refused. null: the work was recorded before, and this was asked then. */
  readonly here?: Here | null
  /** The present time after the decision, in epoch ms; defaults to `nowEpochMs` plus what has passed since, so that a clock set back extends nothing. */
  readonly clock?: () => number
}

const skewMs = 5 * 60_000

/**
 * The only maker of a permit. Refuses unless the manifest is signed and in force, and the person's receipt agrees to that very manifest and this purpose, now.
 * A refusal is a value; bad input never throws. The same code runs on the device, at ingest, and before every read, build and training.
 */
export async function decide(
  receipt: unknown,
  manifest: unknown,
  purpose: Purpose,
  nowEpochMs: number,
  options: DecideOptions,
): Promise<Decision> {
  // A page's script may give anything, or nothing.
  if (!Array.isArray(options?.keys)) return refuse('untrusted-key')
  const clock = options.clock ?? clockFrom(nowEpochMs)
  const { isSecureContext } = globalThis as { isSecureContext?: boolean } // as: absent in Node, where there is no page
  if (!(options.secure ?? isSecureContext ?? true)) return refuse('insecure')
  if (purpose === 'share' && asksNotToShare()) return refuse('opt-out')
  const signed = await checkManifest(manifest, options.keys, nowEpochMs)
  if (!signed.ok) return signed
  const agreed = await verifyReceipt(receipt)
  if (!agreed.ok) return agreed
  if ((await hashManifest(signed.value)) !== agreed.value.manifestSha256) return refuse('manifest-mismatch')
  const apps = signed.value.apps.filter(({ only }) => outsideOf(only, options.here) === undefined)
  const reason =
    refusedReceipt(agreed.value, nowEpochMs, options) ??
    refusedScope(agreed.value, signed.value, purpose) ??
    refusedAssurance(agreed.value, signed.value, purpose) ??
    outsideOf(signed.value.only, options.here) ??
    (apps.length === 0 ? outsideOf(signed.value.apps[0]?.only, options.here) : undefined)
  if (reason !== undefined) return refuse(reason)
  const expiresAtEpochMs = Math.min(agreed.value.expiresAtEpochMs, signed.value.expiresAtEpochMs, signed.value.assessment.expiresAtEpochMs)
  return {
    ok: true,
    value: makePermit({
      receipt: agreed.value,
      manifest: { ...signed.value, apps },
      purpose,
      expiresAtEpochMs,
      clock,
      signal: options.signal,
    }),
  }
}

function refusedReceipt(receipt: Receipt, nowEpochMs: number, options: DecideOptions): RefusalReason | undefined {
  if (options.personKeys?.includes(receipt.publicKey) === false) return 'foreign-key'
  if (receipt.status === 'withdrawn') return 'withdrawn'
  if (receipt.status !== 'given' && receipt.status !== 'renewed') return 'not-given'
  if (receipt.decidedAtEpochMs > nowEpochMs + skewMs) return 'not-yet'
  if (!(nowEpochMs < receipt.expiresAtEpochMs) || receipt.expiresAtEpochMs - receipt.decidedAtEpochMs > longestReceiptMs) return 'expired'
  return undefined
}

function refusedScope(receipt: Receipt, manifest: Manifest, purpose: Purpose): RefusalReason | undefined {
  const offered = new Set(manifest.apps.flatMap((app) => app.modalities))
  if (receipt.manifestId !== manifest.id) return 'manifest-mismatch'
  if (!receipt.purposes.includes(purpose) || !manifest.purposes.includes(purpose)) return 'purpose'
  if (receipt.modalities.length === 0 || !receipt.modalities.every((modality) => offered.has(modality))) return 'modality'
  if (manifest.notices?.every(({ sha256 }) => receipt.acknowledged?.includes(sha256)) === false) return 'notice'
  return manifest.redaction > redactionVersion ? 'redaction' : undefined
}

/** `local` proves no one's will, so it is good for this machine only; `public-dataset` is for data that is out already, and never for a page. */
function refusedAssurance(receipt: Receipt, manifest: Manifest, purpose: Purpose): RefusalReason | undefined {
  if (receipt.assurance === 'local' && !hasOnlyLocalOrigins(manifest)) return 'assurance'
  if (receipt.assurance !== 'public-dataset') return undefined
  const origins = manifest.apps.flatMap((app) => app.origins)
  const allowed = (purpose === 'ground' || purpose === 'evaluate') && origins.every((origin) => origin.startsWith('dataset:'))
  return allowed && !('document' in globalThis) ? undefined : 'assurance'
}

function asksNotToShare(): boolean {
  const { navigator } = globalThis as { navigator?: { globalPrivacyControl?: boolean } } // as: of browsers only, and newer than the types
  return navigator?.globalPrivacyControl === true
}

/** A clock that starts at the decision and moves on by the larger of what the wall clock and the steady clock say has passed. */
function clockFrom(nowEpochMs: number): () => number {
  // Held, since the page that the permit is for may replace its clocks.
  const { now } = Date
  const steady = performance.now.bind(performance)
  const wallMs = now()
  const steadyMs = steady()
  return () => nowEpochMs + Math.max(now() - wallMs, steady() - steadyMs)
}
