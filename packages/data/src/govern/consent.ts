import { checkManifest, hashManifest, verifyReceipt } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import type { Manifest, Receipt, TrustedKey } from '@overt/schema'

import { chainOf, headOf } from '../store/receipt-line.ts'
import {
  insertManifest,
  insertReceipt,
  insertTrustedKey,
  selectManifest,
  selectReceipt,
  selectReceipts,
  selectTrustedKeys,
  withdrawReceipts,
} from '../store/documents.ts'
import { commitment } from '../store/ledger-person.ts'
import type { Store } from '../store/store.ts'
import { beginChange, enterChange } from '../store/unfinished.ts'
import { missedBackups, reachBackups } from './backup-reach.ts'

/** What became of a document: kept, or why not. */
export type Put<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string; readonly explain: string }

/** Trusts a public key for manifests in this folder. */
export async function trustKey(store: Store, key: TrustedKey): Promise<void> {
  const known = selectTrustedKeys(store.control).some(
    ({ keyId, by, publicKey }) => keyId === key.keyId && by === key.by && publicKey === key.publicKey,
  )
  if (known) return store.ledger.settle()
  const entry = { kind: 'key', who: null, body: { keyId: key.keyId, by: key.by } }
  const begun = beginChange(store, entry, () => insertTrustedKey(store.control, key))
  store.consent.change()
  await enterChange(store, begun)
}

/** Keeps a manifest whose signatures hold; returns its hash. */
export async function putManifest(store: Store, manifest: unknown): Promise<Put<string>> {
  const checked = await checkManifest(manifest, selectTrustedKeys(store.control), store.nowEpochMs())
  if (!checked.ok) return { ...checked, explain: explainRefusal(checked.reason) }
  const sha256 = await hashManifest(checked.value)
  const entry = { kind: 'manifest', who: null, body: { id: checked.value.id, version: checked.value.version, sha256 } }
  const fresh = selectManifest(store.control, sha256) === undefined
  const begun = beginChange(store, entry, () => {
    insertManifest(store.control, sha256, checked.value, store.nowEpochMs())
    return fresh
  })
  store.consent.change()
  await enterChange(store, begun)
  return { ok: true, value: sha256 }
}

/** Keeps a person's signed decision. One that withdraws, refuses or pauses ends every live permit that rests on what it follows. */
export async function putReceipt(store: Store, receipt: unknown): Promise<Put<Receipt>> {
  const checked = await verifyReceipt(receipt)
  if (!checked.ok) return { ...checked, explain: explainRefusal(checked.reason) }
  const { value } = checked
  if (selectManifest(store.control, value.manifestSha256) === undefined)
    return { ok: false, reason: 'unknown', explain: 'The manifest that this receipt answers is not known here: put the manifest first.' }
  const followed = value.follows === null ? undefined : selectReceipt(store.control, value.follows)
  if (value.follows !== null && followed?.receipt.person !== value.person)
    return { ok: false, reason: 'unknown', explain: 'The receipt follows one that is not known here, or is not of this person.' }
  if (selectReceipt(store.control, value.id) !== undefined) return sameReceipt(store, value)
  const committed = commitment(store.ledger, value.person, ['receipt', value.id, value.signature])
  const entry = {
    kind: value.status === 'withdrawn' ? 'withdrawal' : 'receipt',
    who: store.ledger.whoIs(value.person),
    body: { status: value.status, manifest: value.manifestSha256, receipt: committed },
  }
  const begun = beginChange(store, entry, () => insertReceipt(store.control, value))
  store.consent.change()
  if (value.follows !== null) store.consent.end(value.person)
  await enterChange(store, begun, value.follows === null ? {} : missedBackups(reachBackups(store)))
  return { ok: true, value }
}

async function sameReceipt(store: Store, receipt: Receipt): Promise<Put<Receipt>> {
  await store.ledger.settle()
  if (selectReceipt(store.control, receipt.id)?.receipt.signature === receipt.signature) return { ok: true, value: receipt }
  return { ok: false, reason: 'conflict', explain: 'Another receipt of this id is kept already.' }
}

/** Withdraws a receipt and all that it continues, or all receipts of a person; live permits of that person end at once. Returns how many ended. */
export async function withdrawReceipt(store: Store, subject: { readonly id: string } | { readonly person: string }): Promise<Put<number>> {
  const ids = 'person' in subject ? idsOf(store, subject.person) : lineOf(store, subject.id)
  const receipts = ids.map((id) => selectReceipt(store.control, id)).filter((stored) => stored !== undefined)
  const [first] = receipts
  if (first === undefined) return { ok: false, reason: 'unknown', explain: 'There is no such receipt here.' }
  const live = receipts.filter((stored) => stored.withdrawnAtEpochMs === null)
  const { person } = first.receipt
  const ended = live.map(({ receipt: { id, signature } }) => commitment(store.ledger, person, ['receipt', id, signature]))
  const entry = { kind: 'withdrawal', who: store.ledger.whoIs(person), body: { receipts: live.length, ended } }
  const begun = beginChange(store, entry, () => {
    withdrawReceipts(store.control, ids, store.nowEpochMs())
    return live.length > 0
  })
  store.consent.end(person)
  await enterChange(store, begun, missedBackups(reachBackups(store)))
  return { ok: true, value: live.length }
}

function idsOf(store: Store, person: string): readonly string[] {
  return selectReceipts(store.control, person).map(({ receipt }) => receipt.id)
}

function lineOf(store: Store, id: string): readonly string[] {
  return [...chainOf(store.control, headOf(store.control, id))]
}

/** A person's receipts, newest decision first, with when they were withdrawn. */
export function receiptsOf(
  store: Store,
  person: string,
): readonly { readonly receipt: Receipt; readonly withdrawnAtEpochMs: number | null }[] {
  return selectReceipts(store.control, person)
}

/** The manifest of this hash, as it was put. */
export function manifestOf(store: Store, sha256: string): Manifest | undefined {
  return selectManifest(store.control, sha256)
}
