import { ocsfEvents, verifyLedger } from '@overt/data/ledger'
import { parseVerifierKey } from '@overt/privacy/ledger'
import type { LedgerEntry } from '@overt/schema'

import type { Folder } from './folder.ts'

/** Entries of the ledger, in order, and a signed checkpoint over them. */
export async function entries({
  store,
}: Folder): Promise<{ readonly entries: readonly LedgerEntry[]; readonly checkpoint: string; readonly log: string }> {
  const checkpoint = await store.ledger.checkpoint()
  return { entries: await Array.fromAsync(store.ledger.entries()), checkpoint, log: await store.ledger.verifierKey() }
}

/** What of the ledger a security team may see, from an entry on. That it was asked for is an entry like any other. */
export async function siem({ store }: Folder, { fromIndex }: { readonly fromIndex: number }): Promise<ReturnType<typeof ocsfEvents>> {
  const { name = '' } = (await parseVerifierKey(await store.ledger.verifierKey())) ?? {}
  const found = ocsfEvents(await Array.fromAsync(store.ledger.entries(fromIndex)), name, store.nowEpochMs())
  if (found.events.length > 0) await store.ledger.append('export', { of: 'ledger', format: 'ocsf' })
  return { ...found, next: Math.max(found.next, fromIndex) }
}

/** Checks the ledger's files while this process owns them: a checkpoint is written first. */
export async function verify({ store }: Folder): Promise<Awaited<ReturnType<typeof verifyLedger>>> {
  await store.ledger.checkpoint()
  return verifyLedger(store.dir)
}
