import type { Receipt } from '@overt/schema'

/** What this browser keeps of a decision: a device with a key that can't leave it, or a no. */
export type Kept =
  | { readonly kind: 'device'; readonly deviceId: string; readonly privateKey: CryptoKey; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly atEpochMs: number }

const place = 'decision'

/** Reads what was kept; null where nothing was. */
export async function kept(): Promise<Kept | null> {
  const found = await inStore('readonly', (store) => store.get(place))
  return (found as Kept | undefined) ?? null // as: only `keep` writes there
}

/** Keeps a decision in this origin's IndexedDB. */
export async function keep(decision: Kept): Promise<void> {
  await inStore('readwrite', (store) => store.put(decision, place))
}

/** Forgets the decision: the key is gone with it. */
export async function forget(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(place))
}

async function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open('overt', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
  const database = await settled(opening)
  try {
    return await settled(act(database.transaction('kept', mode).objectStore('kept')))
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
