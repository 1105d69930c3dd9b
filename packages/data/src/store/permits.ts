import { type Permit, decide } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import type { Purpose } from '@overt/schema'

import { selectManifest, selectReceipt, selectReceipts, selectTrustedKeys } from './documents.ts'
import { headOf } from './receipt-line.ts'
import type { Store } from './store.ts'

/** A permit, or why there is none: what `decide` says, the receipt or its manifest is not known here, or everything is stopped. */
export type StoreDecision =
  | { readonly ok: true; readonly value: Permit }
  | {
      readonly ok: false
      readonly reason: Parameters<typeof explainRefusal>[0] | 'unknown' | 'stopped' | 'restricted'
      readonly explain: string
    }

/** Decides again, now, on a receipt that this folder holds, or on the one that continues it. */
export async function permitFor(
  store: Store,
  receiptId: string,
  purpose: Purpose,
  nowEpochMs = store.nowEpochMs(),
): Promise<StoreDecision> {
  const person = selectReceipt(store.control, receiptId)?.receipt.person
  if (person !== undefined && store.isRestricted(person))
    return { ok: false, reason: 'restricted', explain: 'The person has restricted the use of their work.' }
  return decideAnew(store, receiptId, purpose, nowEpochMs)
}

/** Decides for the person too, whom a restriction of their own does not keep from their work. */
async function decideAnew(store: Store, receiptId: string, purpose: Purpose, nowEpochMs: number): Promise<StoreDecision> {
  if (store.killSwitch.stop !== null)
    return { ok: false, reason: 'stopped', explain: 'The kill switch was thrown: nothing is recorded or read until two keys lift it.' }
  const stored = selectReceipt(store.control, headOf(store.control, receiptId))
  if (stored === undefined) return { ok: false, reason: 'unknown', explain: 'There is no such receipt here.' }
  const { receipt, withdrawnAtEpochMs } = stored
  if (withdrawnAtEpochMs !== null) return { ok: false, reason: 'withdrawn', explain: 'The person has withdrawn.' }
  const manifest = selectManifest(store.control, receipt.manifestSha256)
  if (manifest === undefined) return { ok: false, reason: 'unknown', explain: 'The manifest of this receipt is not known here.' }
  const lateMs = nowEpochMs - store.nowEpochMs()
  const decision = await decide(receipt, manifest, purpose, nowEpochMs, {
    keys: selectTrustedKeys(store.control),
    secure: true,
    here: null,
    signal: store.consent.signal(receipt.person),
    clock: () => store.nowEpochMs() + lateMs,
  })
  return decision.ok ? decision : { ...decision, explain: explainRefusal(decision.reason) }
}

/** One permit for every line of receipts that is live for this purpose; `onRefused` hears why the others are not. */
export async function* permitsFor(
  store: Store,
  purpose: Purpose,
  options: { readonly persons?: readonly string[]; readonly onRefused?: (person: string, reason: string) => void } = {},
): AsyncGenerator<Permit> {
  for (const { receipt } of selectReceipts(store.control, null)) {
    if (options.persons?.includes(receipt.person) === false || headOf(store.control, receipt.id) !== receipt.id) continue
    const decision = await permitFor(store, receipt.id, purpose)
    if (decision.ok) yield decision.value
    else options.onRefused?.(receipt.person, decision.reason)
  }
}

/** One permit for every line of receipts of a person that is live: what they look at their own work with. */
export async function* ownPermitsFor(store: Store, person: string): AsyncGenerator<Permit> {
  const seen = new Set<string>()
  for (const { receipt } of selectReceipts(store.control, person)) {
    const [purpose] = receipt.purposes
    if (purpose === undefined) continue
    const decision = await decideAnew(store, receipt.id, purpose, store.nowEpochMs())
    if (!decision.ok || seen.has(decision.value.receipt)) continue
    seen.add(decision.value.receipt)
    yield decision.value
  }
}
