import { canonicalJson } from '@overt/schema/words'

import { numberOf, textOf } from './column.ts'
import { type Database, scrub, transact } from './database.ts'
import type { Ledger } from './ledger.ts'

/** The entry that an act owes the ledger, as far as it is known before the act. */
export interface Owed {
  readonly kind: string
  /** The person by the name that they had before the act; null where none is concerned. */
  readonly who: string | null
  readonly body: Readonly<Record<string, unknown>>
  /** Entries that the ledger had before: the act's own can only come after them. */
  readonly after: number
}

/** An act that is on record only once it is done: written down before, with what it needs to be carried through where a crash cuts it off. */
export interface Unfinished<Act> {
  readonly id: number
  readonly act: Act
}

/** Its table. */
export const unfinishedTable = 'CREATE TABLE unfinished (id INTEGER PRIMARY KEY, act TEXT NOT NULL) STRICT'

/** Writes an act down that is about to begin. */
export function putUnfinished<Act>(control: Database, act: Act): Unfinished<Act> {
  const { lastInsertRowid } = control.prepare('INSERT INTO unfinished (act) VALUES (?)').run(JSON.stringify(act))
  return { id: Number(lastInsertRowid), act }
}

/** Forgets an act that is on record, or that never began. Of one that names its person no byte is left. */
export function dropUnfinished(control: Database, { id, act }: Unfinished<object>): void {
  control.prepare('DELETE FROM unfinished WHERE id = ?').run(id)
  if ('person' in act) scrub(control)
}

/** A release, copy or takeout that is being made of people's work. Until it is whole, and a release registered, nobody knows whose is in it, so a crash leaves none behind. */
export interface Making {
  readonly act: 'making'
  /** Absolute; what is not whole yet lies beside it, as `.partial`. */
  readonly path: string
}

/** Writes down where something is going to be made. */
export function beginMaking(control: Database, path: string): void {
  putUnfinished<Making>(control, { act: 'making', path })
}

/** Forgets it: it is registered, or nothing of it is left. */
export function endMaking(control: Database, path: string): void {
  control.prepare('DELETE FROM unfinished WHERE act = ?').run(JSON.stringify({ act: 'making', path } satisfies Making))
}

/** Forgets all that was being made: a copy of the tables does not know what became of it. */
export function forgetMaking(control: Database): void {
  control.exec(`DELETE FROM unfinished WHERE act ->> 'act' = 'making'`)
}

/** A change of the control tables that owes the ledger an entry. */
export interface Change {
  readonly act: 'change'
  readonly owed: Owed
}

/** Changes the control tables, and writes down with the change which entry it owes (`after`: where it has that already); null where nothing was changed (`change` says false). */
export function beginChange(
  { control, ledger }: Entering,
  { kind, who, body, after = ledger.size }: Omit<Owed, 'after'> & Partial<Pick<Owed, 'after'>>,
  change: () => boolean | void,
): Unfinished<Change> | null {
  const owed = { kind, who, body, after }
  return transact(control, () => (change() === false ? null : putUnfinished<Change>(control, { act: 'change', owed })))
}

/** What a crash has left of acts, oldest first. */
export function selectUnfinished<Act>(control: Database): readonly Unfinished<Act>[] {
  const rows = control.prepare('SELECT id, act FROM unfinished ORDER BY id').all()
  return rows.map((row) => ({ id: numberOf(row, 'id'), act: JSON.parse(textOf(row, 'act')) as Act })) // as: written by putUnfinished alone
}

/** Where acts are written down, and where they are entered. */
interface Entering {
  readonly control: Database
  readonly ledger: Ledger
}

/**
 * Enters an act that is done, with what only became known by doing it, and forgets that it was under way. Returns the index of its entry.
 * Where the disk does not take it this throws; it is entered ahead of what the ledger takes next.
 */
export function enterOwed(
  { control, ledger }: Entering,
  begun: Unfinished<{ readonly owed: Owed }>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const { kind, who, body } = begun.act.owed
  return ledger.appendOwed({ kind, body: { ...body, ...more }, who, entered: () => dropUnfinished(control, begun) })
}

/** The same after a crash: an entry that was made before it is not made again. */
export async function enterOnce(
  store: Entering,
  begun: Unfinished<{ readonly owed: Owed }>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const made = await entryMade(store, begun.act.owed)
  if (made === undefined) return enterOwed(store, begun, more)
  dropUnfinished(store.control, begun)
  return made
}

/** Enters a change that was made. Where there was none to make, it enters what is owed: whoever asks once more is answered once that is on record. */
export async function enterChange(
  store: Entering,
  begun: Unfinished<Change> | null,
  more: Readonly<Record<string, unknown>> = {},
): Promise<number | undefined> {
  if (begun !== null) return enterOwed(store, begun, more)
  await store.ledger.settle()
  return undefined
}

async function entryMade({ ledger }: Entering, { kind, who, body, after }: Owed): Promise<number | undefined> {
  const fits = (found: Readonly<Record<string, unknown>>): boolean =>
    Object.entries(body).every(([name, value]) => canonicalJson(found[name] ?? null) === canonicalJson(value))
  for await (const entry of ledger.entries(after)) if (entry.kind === kind && entry.who === who && fits(entry.body)) return entry.index
  return undefined
}
