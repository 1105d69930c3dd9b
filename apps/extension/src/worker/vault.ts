const name = 'overt'
const version = 2

/** A batch at rest: who and when in the clear, the rest sealed. */
export interface Sealed {
  /** Given by the vault, in order of arrival. */
  readonly n?: number
  readonly atEpochMs: number
  readonly sizeBytes: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

/** What each store is made with. */
const stores: Readonly<Record<string, IDBObjectStoreParameters>> = {
  keys: {},
  spool: { keyPath: 'n', autoIncrement: true },
  seen: {},
  counts: {},
  sent: { keyPath: 'batch' },
  diary: {},
}

/** Opens the extension's database: `keys` that can't be exported, the `spool`, the marks that were `seen`, `counts`, what was `sent` (no content), and the `diary` of checks of the ledger. */
export function openVault(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version)
    opening.addEventListener('upgradeneeded', () => {
      const vault = opening.result
      for (const [store, options] of Object.entries(stores))
        if (!vault.objectStoreNames.contains(store)) vault.createObjectStore(store, options)
    })
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(failureOf(opening.error)))
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
