import { isPermit, type Permit } from '@overt/privacy'

import type { Held, Waits } from '../talk/message.ts'
import { sealKey } from './keys.ts'
import { actsOf, wordsOf } from './recent.ts'
import { count, endOf, heldOf, lostAs, rowsOf, take, unseal } from './rows.ts'
import { answerOf, complete, type Sealed } from './vault.ts'

/** What a person wants to look through before it is sent: it lies in the spool, and goes nowhere until they say so. */
export interface Review {
  isOn(person: string): Promise<boolean>
  /** On, all that waits is held, but what was released before. Off, what is held stays so until it is decided. */
  turn(person: string, on: boolean): Promise<void>
  /** How much is held, without opening any of it. */
  waits(): Promise<Waits>
  /** What is held, in words; nothing without a live permit. */
  held(permit: Permit): Promise<readonly Held[]>
  /** Lets go of what was looked at, and of nothing that came since. */
  release(ns: readonly number[]): Promise<void>
  discard(ns: readonly number[]): Promise<void>
  /** Deletes what was not decided in time, and what could not be sent in time. */
  tidy(): Promise<void>
}

/** One batch at a time is on its way; what is held meanwhile waits for it. */
export function oneAtATime<T>(act: () => Promise<T>): Promise<T> {
  return navigator.locks.request('sending', act)
}

/** Opens the review of a vault. */
export function openReview(vault: IDBDatabase, nowEpochMs: () => number): Review {
  const change = async (touch: (transaction: IDBTransaction) => Promise<void>): Promise<void> => {
    const transaction = vault.transaction(['spool', 'counts', 'review'], 'readwrite', { durability: 'strict' })
    await touch(transaction)
    await complete(transaction)
  }
  return {
    isOn: async (person) => (await answerOf(vault.transaction('review').objectStore('review').count(person))) > 0,
    turn: (person, on) => oneAtATime(() => change((transaction) => turn(transaction, person, on))),
    waits: async () => waitsOf(await heldOf(vault.transaction('spool'))),
    held: (permit) => held(permit, vault),
    release: (ns) =>
      change(async (transaction) => {
        const rows = await among(transaction, ns)
        for (const row of rows)
          transaction.objectStore('spool').put({ ...row, state: 'free', releasedAtEpochMs: nowEpochMs() } satisfies Sealed)
        await count(transaction, 'review.released', rows.length)
      }),
    discard: (ns) =>
      change(async (transaction) => {
        for (const row of await among(transaction, ns)) await take(transaction, row, 'review.deleted')
      }),
    tidy: () =>
      change(async (transaction) => {
        for (const row of await rowsOf(transaction)) if (endOf(row) <= nowEpochMs()) await take(transaction, row, lostAs(row, 'age'))
      }),
  }
}

async function turn(transaction: IDBTransaction, person: string, on: boolean): Promise<void> {
  if (!on) return void transaction.objectStore('review').delete(person)
  transaction.objectStore('review').put(true, person)
  const spool = transaction.objectStore('spool')
  for (const row of await answerOf<Sealed[]>(spool.index('state').getAll('free')))
    if (row.releasedAtEpochMs === 0) spool.put({ ...row, state: 'held' } satisfies Sealed)
}

async function among(transaction: IDBTransaction, ns: readonly number[]): Promise<readonly Sealed[]> {
  const asked = new Set(ns)
  return (await heldOf(transaction)).filter(({ n = -1 }) => asked.has(n))
}

function waitsOf(rows: readonly Sealed[]): Waits {
  return {
    ns: rows.map(({ n = -1 }) => n),
    acts: rows.reduce((sum, { acts }) => sum + acts, 0),
    sinceEpochMs: rows[0]?.atEpochMs ?? 0,
    endsAtEpochMs: rows[0] === undefined ? 0 : endOf(rows[0]),
  }
}

async function held(permit: Permit, vault: IDBDatabase): Promise<readonly Held[]> {
  if (!isPermit(permit) || permit.signal.aborted) return []
  const key = await sealKey(vault)
  const rows = await heldOf(vault.transaction('spool'))
  return Promise.all(
    rows.map(async (row) => {
      const batch = await unseal(key, row)
      const { session, origin, path, pictures = [] } = batch
      const inside = { acts: actsOf(batch), words: wordsOf(batch), pictures: pictures.map(({ image }) => image) }
      return { n: row.n ?? -1, session, place: origin + path, atEpochMs: row.atEpochMs, endsAtEpochMs: endOf(row), ...inside }
    }),
  )
}
