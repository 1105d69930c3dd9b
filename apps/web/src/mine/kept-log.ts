import type { OwnMemory, Seen } from '@overt/privacy/ledger'
import type { Manifest } from '@overt/schema'

import type { LogPlace } from './log-place.ts'

/** Something that the person did here. */
export type Act = Seen['acts'][number]

/** What this browser keeps of one log: how far it has followed it, and what the person did here. */
export interface KeptLog {
  /** null before the first check. */
  readonly memory: OwnMemory | null
  readonly acts: readonly Act[]
  readonly manifests: readonly Manifest[]
}

const nothing: KeptLog = { memory: null, acts: [], manifests: [] }
const mostActs = 500

/** What is kept of a log. */
export async function keptLog(place: LogPlace): Promise<KeptLog> {
  const found = await inStore('readonly', (store) => store.get(keyOf(place)))
  return (found as KeptLog | undefined) ?? nothing // as: only this file writes there
}

/** How many other logs this browser has followed for the same account at this address. */
export async function otherLogs(place: LogPlace): Promise<number> {
  const keys = await inStore('readonly', (store) => store.getAllKeys())
  const all = keys as string[] // as: only this file writes there
  return all.filter((key) => key.startsWith(keyOf({ ...place, log: '' })) && key !== keyOf(place)).length
}

/** Keeps what a check has learnt; acts that happened meanwhile stay. */
export async function keepMemory(place: LogPlace, memory: OwnMemory): Promise<void> {
  await change(place, (kept) => ({ ...kept, memory }))
}

/** Keeps that the person did something, as it was answered. */
export async function keepAct(place: LogPlace, act: Act): Promise<void> {
  await change(place, (kept) => ({ ...kept, acts: [...kept.acts, act].slice(-mostActs) }))
}

/** Reads and writes in one transaction: another tab of the same person does the same. */
async function change(place: LogPlace, made: (kept: KeptLog) => KeptLog): Promise<void> {
  await inStore('readwrite', (store) => {
    const reading: IDBRequest<KeptLog | undefined> = store.get(keyOf(place))
    reading.addEventListener('success', () => store.put(made(reading.result ?? nothing), keyOf(place)))
    return reading
  })
}

function keyOf({ account, log }: LogPlace): string {
  return `${account} ${log}`
}

async function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open('overt-mine', 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('logs'))
  const database = await settled(opening)
  try {
    const transaction = database.transaction('logs', mode)
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB failed')))
    })
    const found = await settled(act(transaction.objectStore('logs')))
    await done
    return found
  } finally {
    database.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
