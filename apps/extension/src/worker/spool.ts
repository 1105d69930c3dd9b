import { isPermit, type Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import { sealKey } from './keys.ts'
import { count, countOf, endOf, limits, lostAs, rowsOf, seal, take, unseal } from './rows.ts'
import { answerOf, complete, type Sealed } from './vault.ts'

/** A batch that waits, and its place. */
export interface Waiting {
  readonly n: number
  readonly batch: Batch
}

/** What became of a batch that was put. */
export type Put = 'kept' | 'duplicate' | 'day.full'

/** Batches between their page and the server, sealed on this machine's disk. */
export interface Spool {
  /** Resolves once the batch is on disk; held where its person wants to look through it. */
  put(permit: Permit, batch: Batch, frame: string): Promise<Put>
  /** The oldest that may be sent and was not; null where there is none. */
  oldest(permit: Permit): Promise<Waiting | null>
  /** It has arrived, or never will (`lost`). */
  drop(n: number, lost?: string): Promise<void>
  /** Drops what came since; Infinity before now drops all. Gives how many. */
  forget(sinceEpochMs: number): Promise<number>
  /** Whether the day's share of pictures is used up: they must not keep out what was done. */
  picturesSpent(): Promise<boolean>
  /** Batches that wait to be sent, and counters by reason. */
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
        answerOf(transaction.objectStore('spool').index('state').count('free')),
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
  const transaction = vault.transaction(['spool', 'seen', 'counts', 'review'], 'readwrite', { durability: 'strict' })
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
  const isReviewed = (await answerOf(transaction.objectStore('review').count(batch.person))) > 0
  transaction.objectStore('spool').add({ ...row, state: isReviewed ? 'held' : 'free', releasedAtEpochMs: 0 } satisfies Sealed)
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
  const cursor = await answerOf(vault.transaction('spool').objectStore('spool').index('state').openCursor('free'))
  if (cursor === null) return null
  const row: Sealed = cursor.value
  return { n: Number(cursor.primaryKey), batch: await unseal(await sealKey(vault), row) }
}

async function trim(transaction: IDBTransaction, nowEpochMs: number): Promise<void> {
  const spool = transaction.objectStore('spool')
  for (;;) {
    const cursor = await answerOf(spool.openCursor())
    if (cursor === null) return
    const row: Sealed = cursor.value
    const tooOld = endOf(row) <= nowEpochMs
    if (!tooOld && (await countOf(transaction, 'bytes.waiting')) <= limits.sizeBytes) return
    await take(transaction, row, lostAs(row, tooOld ? 'age' : 'full'))
  }
}
