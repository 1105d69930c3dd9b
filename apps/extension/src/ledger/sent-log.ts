import { type Permit, sha256Hex } from '@overt/privacy'
import { type Sent, sentOf } from '@overt/privacy/ledger'
import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

import type { Span } from '../worker/memory.ts'
import { answerOf, complete } from '../worker/vault.ts'

/** A batch as this machine remembers it. */
interface Row extends Sent {
  /** Whether the person has had the server erase it. */
  readonly erased: boolean
}

/** What was handed to this extension to be sent, of which no content is kept: the person's own side of the server's segments. */
export interface SentLog {
  /** Before it is kept or sent; a batch that comes again is one. */
  note(permit: Permit, batch: Batch): Promise<Sent>
  acknowledged(batch: string, atEpochMs: number): Promise<void>
  /** The server says that it has erased what was closed in the span. */
  erased(span: Span): Promise<void>
  /** Of one device. */
  of(device: string): Promise<{ readonly sent: readonly Sent[]; readonly erased: readonly string[] }>
  /** Forgets all other devices. */
  keepOnly(device: string): Promise<void>
}

/** Opens the log in a vault. */
export function openSentLog(vault: IDBDatabase): SentLog {
  const change = async (touch: (store: IDBObjectStore) => Promise<void>): Promise<void> => {
    const transaction = vault.transaction('sent', 'readwrite')
    await touch(transaction.objectStore('sent'))
    await complete(transaction)
  }
  const rows = (store: IDBObjectStore): Promise<Row[]> => answerOf<Row[]>(store.getAll())
  return {
    note: async (permit, batch) => {
      // The same text that the transport makes of it: this worker's own JSON, which no page has touched.
      const contentSha256 = await sha256Hex(new TextEncoder().encode(JSON.stringify(batch)))
      const sent = sentOf(permit, { batch, ...decodeColumns(batch), contentSha256 })
      await change(async (store) => {
        if ((await answerOf(store.count(batch.id))) === 0) store.put({ ...sent, erased: false } satisfies Row)
      })
      return sent
    },
    acknowledged: (batch, atEpochMs) =>
      change(async (store) => {
        const row: Row | undefined = await answerOf(store.get(batch))
        if (row?.ackedAtEpochMs === null) store.put({ ...row, ackedAtEpochMs: atEpochMs })
      }),
    erased: ({ fromEpochMs, untilEpochMs }) =>
      change(async (store) => {
        for (const row of await rows(store))
          if (row.closedAtEpochMs >= fromEpochMs && row.closedAtEpochMs <= untilEpochMs) store.put({ ...row, erased: true })
      }),
    of: async (device) => {
      const all = await rows(vault.transaction('sent').objectStore('sent'))
      const sent = all.filter((row) => row.device === device)
      return { sent, erased: sent.filter(({ erased }) => erased).map(({ batch }) => batch) }
    },
    keepOnly: (device) =>
      change(async (store) => {
        for (const row of await rows(store)) if (row.device !== device) store.delete(row.batch)
      }),
  }
}
