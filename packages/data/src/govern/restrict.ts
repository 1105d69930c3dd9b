import type { Store } from '../store/store.ts'
import { reachBackups } from './backup-reach.ts'
import type { Put } from './consent.ts'
import { isKnown } from './known.ts'

/** What a restriction did, or its lifting. */
export interface RestrictReport {
  readonly restricted: boolean
  /** What it could not reach, in words. */
  readonly left: readonly string[]
  /** Its entry in the ledger, none where it stood so already, and a checkpoint that covers it. */
  readonly receipt: {
    readonly atEpochMs: number
    readonly entries: readonly { readonly index: number; readonly who: string }[]
    readonly checkpoint: string
  }
}

/**
 * Begins or lifts a person's restriction (GDPR, article 18). While it holds, their work is kept, also beyond its time, and nobody but they read it:
 * it goes into no dataset, training or export, nothing new of theirs is taken in, and what reads it now ends at once.
 */
export async function restrictUse(store: Store, person: string, restricted: boolean): Promise<Put<RestrictReport>> {
  if (!isKnown(store, person)) return { ok: false, reason: 'unknown', explain: `There is nothing of ${person} here.` }
  const atEpochMs = store.nowEpochMs()
  const who = store.ledger.whoIs(person)
  const changes = store.isRestricted(person) !== restricted
  const entries: { readonly index: number; readonly who: string }[] = []
  const enter = async (): Promise<void> => {
    if (changes) entries.push({ index: await store.ledger.appendAs('restriction', { state: restricted ? 'begun' : 'lifted' }, who), who })
  }
  // Whatever fails between the two leaves the work unread.
  if (!restricted) await enter()
  store.restrictions.set(store.hash('restricted', person), restricted)
  if (restricted) store.consent.end(person)
  else store.consent.change()
  const left = reachBackups(store)
  if (restricted) await enter()
  return { ok: true, value: { restricted, left, receipt: { atEpochMs, entries, checkpoint: await store.ledger.checkpoint() } } }
}
