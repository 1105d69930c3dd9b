import { verifyLedger } from '@overt/data/ledger'
import type { LedgerEntry } from '@overt/schema'

import type { Folder } from './folder.ts'

/** Entries of the ledger, in order, and a signed checkpoint over them. */
export async function entries({
  store,
}: Folder): Promise<{ readonly entries: readonly LedgerEntry[]; readonly checkpoint: string; readonly log: string }> {
  const checkpoint = await store.ledger.checkpoint()
  return { entries: await Array.fromAsync(store.ledger.entries()), checkpoint, log: await store.ledger.verifierKey() }
}

/** Checks the ledger's files while this process owns them: a checkpoint is written first. */
export async function verify({ store }: Folder): Promise<Awaited<ReturnType<typeof verifyLedger>>> {
  await store.ledger.checkpoint()
  return verifyLedger(store.dir)
}
