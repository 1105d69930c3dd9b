import { isPermit, type Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import { sealKey } from './keys.ts'
import { answerOf, complete, type Sealed } from './vault.ts'

/** What the spool may hold, and how long; what is older or too much goes first, and is counted. */
export const limits = { sizeBytes: 32_000_000, ageMs: 7 * 86_400_000, dayBytes: 50_000_000, dayPictureBytes: 25_000_000 } as const

/** A batch that waits, and its place. */
export interface Waiting {
  readonly n: number
  readonly batch: Batch
}

/** What became of a batch that was put. */
export type Put = 'kept' | 'duplicate' | 'day.full'

/** Batches between their page and the server, sealed on this machine's disk. */
export interface Spool {
  /** Resolves once the batch is on disk. */
  put(permit: Permit, batch: Batch, frame: string): Promise<Put>
  /** The oldest that has not been sent; null where there is none. */
  oldest(permit: Permit): Promise<Waiting | null>
  /** It has arrived, or never will (`lost`). */
  drop(n: number, lost?: string): Promise<void>
  /** Drops what came since; Infinity before now drops all. Gives how many. */
  forget(sinceEpochMs: number): Promise<number>
  /** Whether the day's share of pictures is used up: they must not keep out what was done. */
  picturesSpent(): Promise<boolean>
  /** Batches waiting, and counters by reason. */
  tally(): Promise<{ readonly queued: number; readonly counts: Readonly<Record<string, number>> }>
}

/** The day that a moment counts to, in UTC: `2026-03-01`. */
export function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10)
}

/** Opens the spool of a vault. */
export function openSpool(vault: IDBDatabase, nowEpochMs: () => number): Spool {
  return {
    put: (permit, batch, frame) => put(permit, vault, { batch, frame, nowEpochMs: nowEpochMs() }),
    oldest: (permit) => oldest(permit, vault),
    drop: async (n, lost) => {
      const transaction = vault.transaction(['spool', 'counts'], 'readwrite')
      const [one] = await rowsOf(transaction, IDBKeyRange.only(n))
      if (one !== undefined) await take(transaction, one, lost === undefined ? 'sent' : `lost.${lost}`)
      await complete(transaction)
    },
    forget: async (sinceEpochMs) => {
      const transaction = vault.transaction(['spool', 'counts'], 'readwrite')
      const rows = (await rowsOf(transaction)).filter(({ atEpochMs }) => atEpochMs >= sinceEpochMs)
      for (const row of rows) await take(transaction, row, 'forgotten')
      await complete(transaction)
      return rows.length
    },
    picturesSpent: async () => (await countOf(vault.transaction('counts'), `pictures.${dayOf(nowEpochMs())}`)) >= limits.dayPictureBytes,
    tally: async () => {
      const transaction = vault.transaction(['spool', 'counts'])
      const [queued, names, values] = await Promise.all([
        answerOf(transaction.objectStore('spool').count()),
        answerOf(transaction.objectStore('counts').getAllKeys()),
        answerOf<number[]>(transaction.objectStore('counts').getAll()),
      ])
      return { queued, counts: Object.fromEntries(names.map((name, index) => [typeof name === 'string' ? name : '', values[index] ?? 0])) }
    },
  }
}

/** Only while the permit lives. By (session, document, sequence): the same batch twice is one. */
async function put(
  permit: Permit,
  vault: IDBDatabase,
  given: { readonly batch: Batch; readonly frame: string; readonly nowEpochMs: number },
): Promise<Put> {
  const { batch, nowEpochMs } = given
  if (!isPermit(permit) || permit.signal.aborted) throw new TypeError('nothing is kept without a live permit')
  const row = await seal(await sealKey(vault), batch, nowEpochMs)
  const transaction = vault.transaction(['spool', 'seen', 'counts'], 'readwrite', { durability: 'strict' })
  const seen = transaction.objectStore('seen')
  const mark = [batch.session, batch.producer, batch.count === 0 ? batch.id : batch.firstSeq]
  if ((await answerOf(seen.count(mark))) > 0) return 'duplicate'
  const day = `bytes.${dayOf(nowEpochMs)}`
  if ((await countOf(transaction, day)) + row.sizeBytes > limits.dayBytes) {
    await count(transaction, 'dropped.day.full', 1)
    await complete(transaction)
    return 'day.full'
  }
  seen.put({ atEpochMs: nowEpochMs, frame: given.frame }, mark)
  transaction.objectStore('spool').add(row)
  await count(transaction, 'kept', 1)
  await count(transaction, day, row.sizeBytes)
  await count(transaction, `pictures.${dayOf(nowEpochMs)}`, picturesSize(batch))
  await count(transaction, 'bytes.waiting', row.sizeBytes)
  await trim(transaction, nowEpochMs)
  await complete(transaction)
  return 'kept'
}

function picturesSize({ pictures = [] }: Batch): number {
  return pictures.reduce((sum, { image }) => sum + image.length, 0)
}

async function oldest(permit: Permit, vault: IDBDatabase): Promise<Waiting | null> {
  if (!isPermit(permit) || permit.signal.aborted) return null
  const cursor = await answerOf(vault.transaction('spool').objectStore('spool').openCursor())
  if (cursor === null) return null
  const row: Sealed = cursor.value
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, await sealKey(vault), row.bytes)
  const batch: Batch = JSON.parse(new TextDecoder().decode(bytes))
  return { n: Number(cursor.key), batch }
}

async function seal(key: CryptoKey, batch: Batch, atEpochMs: number): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(batch)))
  return { atEpochMs, sizeBytes: bytes.byteLength, iv, bytes }
}

async function trim(transaction: IDBTransaction, nowEpochMs: number): Promise<void> {
  const spool = transaction.objectStore('spool')
  for (;;) {
    const cursor = await answerOf(spool.openCursor())
    if (cursor === null) return
    const row: Sealed = cursor.value
    const tooOld = row.atEpochMs < nowEpochMs - limits.ageMs
    if (!tooOld && (await countOf(transaction, 'bytes.waiting')) <= limits.sizeBytes) return
    await take(transaction, row, tooOld ? 'dropped.spool.age' : 'dropped.spool.full')
  }
}

async function take(transaction: IDBTransaction, row: Sealed, reason: string): Promise<void> {
  await answerOf(transaction.objectStore('spool').delete(row.n ?? -1))
  await count(transaction, 'bytes.waiting', -row.sizeBytes)
  await count(transaction, reason, 1)
}

function rowsOf(transaction: IDBTransaction, range?: IDBKeyRange): Promise<Sealed[]> {
  return answerOf<Sealed[]>(transaction.objectStore('spool').getAll(range))
}

async function countOf(transaction: IDBTransaction, reason: string): Promise<number> {
  return Number((await answerOf(transaction.objectStore('counts').get(reason))) ?? 0)
}

async function count(transaction: IDBTransaction, reason: string, by: number): Promise<void> {
  transaction.objectStore('counts').put((await countOf(transaction, reason)) + by, reason)
}
