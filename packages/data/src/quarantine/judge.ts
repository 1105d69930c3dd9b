import { openPersonal, sealPersonal, type Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import { DataError } from '../store/error.ts'
import type { Replacement } from '../store/replaced-record.ts'
import type { Store } from '../store/store.ts'
import { type Owed, type Unfinished, dropUnfinished, enterOnce, enterOwed, putUnfinished } from '../store/unfinished.ts'
import { type Found, countsOf } from './find.ts'
import { type Held, heldNamed } from './held.ts'

/** Which held picture, and who judges it. */
export interface Judging {
  readonly name: string
  readonly by: string
}

/** What became of a picture. */
export interface Judged {
  readonly act: 'released' | 'destroyed'
  /** What a check had found in it, by kind. */
  readonly found: Found
  /** Its entry in the ledger. */
  readonly entry: number
  /** What could not be reached, in words. */
  readonly left: readonly string[]
}

/** Lets a picture out of quarantine in which a check found something that is nothing: from now on readers get it, under a permit as ever. Throws `DataError` where it is not held back. */
export async function releaseHeld(permit: Permit, store: Store, judging: Judging): Promise<Judged> {
  const held = findHeld(permit, store, judging.name)
  // First the entry: what is not on record is not released.
  const entry = await enter(permit, store, held, { act: 'released', by: judging.by })
  openPersonal(permit, sealPersonal(permit.person, null))
  if (!store.keys.release(held.row.idHash, held.picture)) throw notHeld()
  return { act: 'released', found: countsOf(held.findings), entry, left: [] }
}

/** Destroys a picture, for its person too: its record is written anew without it, and the key of what was there is gone when this returns. */
export async function destroyHeld(permit: Permit, store: Store, judging: Judging): Promise<Judged> {
  const held = findHeld(permit, store, judging.name)
  const { picture, row } = held
  const owed: Owed = {
    kind: 'picture',
    who: store.ledger.whoIs(permit.person),
    body: entryOf(permit, held, { act: 'destroyed', by: judging.by }),
    after: store.ledger.size,
  }
  // Written down first: a crash leaves no picture destroyed that is not on record.
  const begun = putUnfinished<Destroying>(store.control, { act: 'picture', record: row.idHash, picture, owed })
  if (!(await store.replace(permit, row, (opened) => withoutPicture(opened, picture)))) {
    dropUnfinished(store.control, begun)
    throw notHeld()
  }
  const entry = await enterOwed(store, begun)
  return { act: 'destroyed', found: countsOf(held.findings), entry, left: await compacted(store) }
}

/** A destruction as it is written down before it begins. */
export interface Destroying {
  readonly act: 'picture'
  readonly record: string
  readonly picture: number
  readonly owed: Owed
}

/** Enters a destruction that a crash kept from the ledger; one that did not come so far is forgotten, and the picture is held still. */
export async function finishDestroying(store: Store, begun: Unfinished<Destroying>): Promise<readonly string[]> {
  const { record, picture } = begun.act
  if (store.keys.judgements(record).has(picture)) dropUnfinished(store.control, begun)
  else await enterOnce(store, begun)
  return []
}

function findHeld(permit: Permit, store: Store, name: string): Held {
  const held = heldNamed(permit, store, name)
  if (held === undefined) throw notHeld()
  return held
}

function notHeld(): DataError {
  return new DataError('unknown', 'No such picture is held back: nothing was changed.')
}

function enter(permit: Permit, store: Store, held: Held, done: { readonly act: Judged['act']; readonly by: string }): Promise<number> {
  return store.ledger.append('picture', entryOf(permit, held, done), permit.person)
}

function entryOf(
  permit: Permit,
  { verdict, findings }: Held,
  { act, by }: { readonly act: Judged['act']; readonly by: string },
): Readonly<Record<string, unknown>> {
  return { act, verdict, found: countsOf(findings), by, why: permit.purpose }
}

/** The record as it was received, without one picture; `pictured` still says that it was taken, and a counter that it is gone. */
function withoutPicture(opened: Buffer, picture: number): Replacement | undefined {
  const batch = JSON.parse(opened.toString('utf8')) as Batch // as: checked at ingest, unchanged since (authenticated encryption)
  const { pictures = [], ...rest } = batch
  const kept = pictures.filter(({ id }) => id !== picture)
  if (kept.length === pictures.length) return undefined
  const counters = { ...batch.counters, 'pictures-destroyed': (batch.counters['pictures-destroyed'] ?? 0) + 1 }
  const less: Batch = { ...rest, ...(kept.length === 0 ? {} : { pictures: kept }), counters }
  return { bytes: Buffer.from(JSON.stringify(less)), pictures: kept.length, without: [picture] }
}

/** The ciphertext that nothing opens any more leaves the disk; where it can't now, the retention tries again. */
async function compacted(store: Store): Promise<readonly string[]> {
  try {
    await store.compact()
    return []
  } catch (cause) {
    return [`the log, until \`overt store compact\`: ${cause instanceof Error ? cause.message : String(cause)}`]
  }
}
