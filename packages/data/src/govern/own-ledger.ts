import { canonicalJson } from '@overt/schema/words'

import type { Store } from '../store/store.ts'

/** What a person's client asks. `names`: those that it knows of its person from before an erasure, which changes the name. */
export interface OwnLedgerRequest {
  readonly fromIndex: number
  readonly names: readonly string[]
  /** Ids of batches that the server shall try to open. */
  readonly batches: readonly string[]
}

/** What it is told, to be held against the log's checkpoint and tiles. */
export interface OwnLedger {
  /** The key of the log (C2SP vkey). */
  readonly log: string
  /** The person's name in the ledger; null while they have no key here. */
  readonly who: string | null
  /** Lines of the ledger that are about the person. */
  readonly lines: readonly string[]
  /** Of the batches asked about, those that this server can open still: none after an erasure. */
  readonly opened: readonly string[]
}

/** A person's own part of the ledger, and the decrypt challenge. Nothing of what opens is handed out. */
export async function ownLedger(store: Store, person: string, request: OwnLedgerRequest): Promise<OwnLedger> {
  // Asking for the name of a person without a key would make them one.
  const who = store.keys.has(person) ? store.ledger.whoIs(person) : null
  const lines: string[] = []
  for await (const entry of store.ledger.named([...(who === null ? [] : [who]), ...request.names], request.fromIndex))
    lines.push(canonicalJson(entry))
  const batches = store.rows({ person }).filter(({ kind }) => kind === 'batch')
  const own = new Map(batches.map(({ id, idHash }) => [id, idHash]))
  const opened: string[] = []
  for (const id of request.batches) if ((await store.openable([own.get(id) ?? ''])) > 0) opened.push(id)
  return { log: await store.ledger.verifierKey(), who, lines, opened }
}
