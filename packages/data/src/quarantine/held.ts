import type { Permit } from '@overt/privacy'
import type { Batch, Purpose } from '@overt/schema'

import type { RecordRow } from '../store/key-rows.ts'
import { permitFor } from '../store/permits.ts'
import type { Finding } from '../store/picture-rows.ts'
import type { Store } from '../store/store.ts'
import { pictureName, pictureNamed } from './picture-name.ts'

/** A picture that is held back, as whoever judges it is told: what was found and where it stands, never the text, nor whose it is. */
export interface HeldPicture {
  readonly name: string
  /** The application by its origin. */
  readonly origin: string
  readonly verdict: 'found' | 'unread'
  readonly findings: readonly Finding[]
}

/** A picture that is held back, and its record. */
export interface Held extends HeldPicture {
  readonly row: RecordRow
  readonly picture: number
}

/** What of a person's pictures is held back. Where there is any, this is a read and stands in the ledger. */
export async function heldPictures(
  permit: Permit,
  store: Store,
  { reader, session }: { readonly reader: string; readonly session?: string },
): Promise<readonly HeldPicture[]> {
  const found = store.readable(permit, session === undefined ? {} : { session }).flatMap((row) => heldIn(store, row))
  if (found.length > 0) await enterLook(permit, store, 'held pictures', reader)
  return found.map(({ name, origin, verdict, findings }) => ({ name, origin, verdict, findings }))
}

/** One picture as it is. This is a read and stands in the ledger before it is handed out; undefined where no such picture is held back. */
export async function lookAtHeld(
  permit: Permit,
  store: Store,
  { name, reader }: { readonly name: string; readonly reader: string },
): Promise<Buffer | undefined> {
  const held = heldNamed(permit, store, name)
  if (held === undefined) return undefined
  for await (const batch of store.batches(permit, { record: held.row.idHash, pictures: 'all', reader })) return imageOf(batch, held.picture)
  return undefined
}

/** A held picture by its name, where the permit covers it. */
export function heldNamed(permit: Permit, store: Store, name: string): Held | undefined {
  const record = pictureNamed(name)?.record
  if (record === undefined) return undefined
  return store
    .readable(permit, { record })
    .flatMap((row) => heldIn(store, row))
    .find((held) => held.name === name)
}

/** A permit for the work that a held picture is of; undefined where it is unknown or its person's agreement does not cover the purpose, which are told apart to nobody. */
export async function permitForHeld(store: Store, name: string, purpose: Purpose): Promise<Permit | undefined> {
  const row = store.keys.row(pictureNamed(name)?.record ?? '')
  const decision = row === undefined ? undefined : await permitFor(store, row.receipt, purpose)
  return decision?.ok === true && heldNamed(decision.value, store, name) !== undefined ? decision.value : undefined
}

function heldIn(store: Store, row: RecordRow): readonly Held[] {
  if (row.pictures === 0) return []
  return [...store.keys.judgements(row.idHash)].flatMap(([picture, { verdict, findings }]) =>
    verdict === 'found' || verdict === 'unread'
      ? [{ name: pictureName(row.idHash, picture), origin: row.origin, verdict, findings, row, picture }]
      : [],
  )
}

function imageOf({ pictures = [] }: Batch, picture: number): Buffer | undefined {
  const found = pictures.find(({ id }) => id === picture)
  return found === undefined ? undefined : Buffer.from(found.image, 'base64')
}

async function enterLook(permit: Permit, store: Store, what: string, reader: string): Promise<void> {
  await store.ledger.append('read', { what, why: permit.purpose, reader, session: null }, permit.person)
}
