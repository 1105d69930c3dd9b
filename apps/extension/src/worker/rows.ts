import type { Batch } from '@overt/schema'

import { actsOf } from './recent.ts'
import { answerOf, type Sealed } from './vault.ts'

const dayMs = 86_400_000
/** What the spool may hold, and how long (`reviewMs`: for its person's word); what is older or too much goes first, and is counted. */
export const limits = {
  sizeBytes: 32_000_000,
  ageMs: 7 * dayMs,
  reviewMs: 14 * dayMs,
  dayBytes: 50_000_000,
  dayPictureBytes: 25_000_000,
} as const

/** When a row is deleted, whatever else happens. A release begins the time anew: what may be sent is not lost by the look at it. */
export function endOf({ state, atEpochMs, releasedAtEpochMs }: Pick<Sealed, 'state' | 'atEpochMs' | 'releasedAtEpochMs'>): number {
  return state === 'held' ? atEpochMs + limits.reviewMs : Math.max(atEpochMs, releasedAtEpochMs) + limits.ageMs
}

/** What the loss of a row counts under. */
export function lostAs({ state }: Pick<Sealed, 'state'>, why: 'age' | 'full'): string {
  return `dropped.${state === 'held' ? 'review' : 'spool'}.${why}`
}

/** What of a row is not known before it stands in the vault. */
export type Fresh = Omit<Sealed, 'n' | 'state' | 'releasedAtEpochMs'>

/** A batch as it is kept: of its contents nothing is in the clear but how much was done. */
export async function seal(key: CryptoKey, batch: Batch, atEpochMs: number): Promise<Fresh> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(batch)))
  return { atEpochMs, sizeBytes: bytes.byteLength, iv, bytes, acts: actsOf(batch).length }
}

/** What `seal` was given. */
export async function unseal(key: CryptoKey, { iv, bytes }: Sealed): Promise<Batch> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes)
  return JSON.parse(new TextDecoder().decode(plain))
}

/** Takes a row out of the spool, and counts why. */
export async function take(transaction: IDBTransaction, row: Sealed, reason: string): Promise<void> {
  await answerOf(transaction.objectStore('spool').delete(row.n ?? -1))
  await count(transaction, 'bytes.waiting', -row.sizeBytes)
  await count(transaction, reason, 1)
}

/** All rows, or those of a range, in order of arrival. */
export function rowsOf(transaction: IDBTransaction, range?: IDBKeyRange): Promise<Sealed[]> {
  return answerOf<Sealed[]>(transaction.objectStore('spool').getAll(range))
}

/** The rows that wait for their person's word, in order of arrival. */
export function heldOf(transaction: IDBTransaction): Promise<Sealed[]> {
  return answerOf<Sealed[]>(transaction.objectStore('spool').index('state').getAll('held'))
}

/** What a counter says; 0 where it never counted. */
export async function countOf(transaction: IDBTransaction, reason: string): Promise<number> {
  return Number((await answerOf(transaction.objectStore('counts').get(reason))) ?? 0)
}

/** Counts on. */
export async function count(transaction: IDBTransaction, reason: string, by: number): Promise<void> {
  transaction.objectStore('counts').put((await countOf(transaction, reason)) + by, reason)
}
