import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { openFront } from './front.ts'
import type { StoreOption } from './store.ts'

interface Waiting {
  readonly id: string
  readonly packed: Buffer
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

/** SQLite in the process, one transaction for what came while the one before ran. */
export const sqlite: StoreOption = {
  name: 'sqlite',
  means: 'node:sqlite, WAL, synchronous=FULL, what waits goes into one transaction; the body as it came is one row',
  async open(dir) {
    const database = new DatabaseSync(join(dir, 'batches.sqlite'))
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE batches (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT',
    )
    const insert = database.prepare('INSERT OR IGNORE INTO batches VALUES (?, ?)')
    let waiting: Waiting[] = []
    const commit = (): void => {
      const taken = waiting
      waiting = []
      try {
        database.exec('BEGIN IMMEDIATE')
        for (const { id, packed } of taken) insert.run(id, packed)
        database.exec('COMMIT')
        for (const one of taken) one.resolve()
      } catch (cause) {
        if (database.isTransaction) database.exec('ROLLBACK')
        for (const one of taken) one.reject(cause)
      }
    }
    const front = await openFront(
      (id, packed) =>
        new Promise<void>((resolve, reject) => {
          if (waiting.push({ id, packed, resolve, reject }) === 1) setImmediate(commit)
        }),
    )
    return {
      port: front.port,
      senders: [],
      stored: () => Number(database.prepare('SELECT count(*) AS n FROM batches').get()?.['n']),
      pids: () => [],
      close: async () => {
        await front.close()
        database.close()
      },
    }
  },
}
