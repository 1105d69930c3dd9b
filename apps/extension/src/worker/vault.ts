const name = 'overt'
const version = 3

/** A batch at rest: who and when in the clear, the rest sealed. */
export interface Sealed {
  /** Given by the vault, in order of arrival. */
  readonly n?: number
  readonly atEpochMs: number
  readonly sizeBytes: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
  /** `held`: it goes nowhere before its person says so. */
  readonly state: 'free' | 'held'
  /** How many things that were done are in it. */
  readonly acts: number
  /** When its person let it go; 0: it was never held, or is. */
  readonly releasedAtEpochMs: number
}

/** What each store is made with. */
const stores: Readonly<Record<string, IDBObjectStoreParameters>> = {
  keys: {},
  spool: { keyPath: 'n', autoIncrement: true },
  seen: {},
  counts: {},
  sent: { keyPath: 'batch' },
  diary: {},
  review: {},
}

/** Opens the extension's database: `keys` that can't be exported, the `spool`, the marks that were `seen`, `counts`, what was `sent` (no content), the `diary` of checks of the ledger, and who wants to `review` what is sent. */
export function openVault(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version)
    opening.addEventListener('upgradeneeded', () => {
      const vault = opening.result
      for (const [store, options] of Object.entries(stores))
        if (!vault.objectStoreNames.contains(store)) vault.createObjectStore(store, options)
      const spool = opening.transaction?.objectStore('spool')
      if (spool !== undefined && !spool.indexNames.contains('state')) addStates(spool)
    })
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(failureOf(opening.error)))
  })
}

/** What waited before there was a review is free to go. */
function addStates(spool: IDBObjectStore): void {
  spool.createIndex('state', 'state')
  const reading = spool.openCursor()
  reading.addEventListener('success', () => {
    const cursor = reading.result
    cursor?.update({ ...cursor.value, state: 'free', acts: 0, releasedAtEpochMs: 0 })
    cursor?.continue()
  })
}

/** The result of one request. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(failureOf(request.error)))
  })
}

/** Resolves when a transaction is complete: what was written in it is on disk. */
export function complete(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(failureOf(transaction.error)))
  })
}

function failureOf(error: DOMException | null): Error {
  return new Error(`the vault failed: ${error?.message ?? 'aborted'}`, { cause: error })
}
