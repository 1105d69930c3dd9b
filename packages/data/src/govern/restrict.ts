import type { Store } from '../store/store.ts'
import { beginChange, dropUnfinished, enterChange } from '../store/unfinished.ts'
import { reachBackups } from './backup-reach.ts'
import type { Put } from './consent.ts'
import { isKnown } from './known.ts'

/** What a restriction did, or its lifting. */
export interface RestrictReport {
  readonly restricted: boolean
  /** What it could not reach, in words. */
  readonly left: readonly string[]
  /** Its entry in the ledger, none where it stood so already, and a checkpoint that covers it, or, where the disk has no room for it and it is owed, the one before. */
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
  const atEpochMs = store.nowEpochMs()
  // One at a time: what is asked while another is being entered finds what that one leaves.
  const turned = await store.restrictions.turns.run(() => turnFor(store, person, restricted))
  if (turned === null) return { ok: false, reason: 'unknown', explain: `There is nothing of ${person} here.` }
  const { entry, who, left } = turned
  const entries = entry === undefined ? [] : [{ index: entry, who }]
  return { ok: true, value: { restricted, left, receipt: { atEpochMs, entries, checkpoint: await store.ledger.receipt() } } }
}

interface Turned {
  /** undefined where it stood so already. */
  readonly entry: number | undefined
  readonly left: readonly string[]
}

async function turnFor(store: Store, person: string, restricted: boolean): Promise<(Turned & { readonly who: string }) | null> {
  if (!isKnown(store, person)) return null
  const who = store.ledger.whoIs(person)
  const turn = restricted ? begin : lift
  return { ...(await turn(store, person, who)), who }
}

async function begin(store: Store, person: string, who: string): Promise<Turned> {
  const owed = { kind: 'restriction', who, body: { state: 'begun' } }
  const begun = beginChange(store, owed, () => store.restrictions.set(store.hash('restricted', person), true))
  store.consent.end(person)
  const left = reachBackups(store)
  return { entry: await enterChange(store, begun), left }
}

/** Enters it first: whatever fails between the two leaves the work unread. */
async function lift(store: Store, person: string, who: string): Promise<Turned> {
  if (!store.isRestricted(person)) return { entry: undefined, left: reachBackups(store) }
  const owed = { kind: 'restriction', who, body: { state: 'lifted' } }
  const entry = await store.ledger.appendAs(owed.kind, owed.body, who)
  // Written down with its entry until the copies of the keys are told of it.
  const begun = beginChange(store, { ...owed, after: entry }, () => store.restrictions.set(store.hash('restricted', person), false))
  store.consent.change()
  const left = reachBackups(store)
  if (begun !== null) dropUnfinished(store.control, begun)
  return { entry, left }
}
