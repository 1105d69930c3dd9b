import { scrub, transact } from '../store/database.ts'
import { revokeDevices } from '../store/device.ts'
import type { RecordRow } from '../store/key-rows.ts'
import type { Store } from '../store/store.ts'
import { type Owed, type Unfinished, enterOnce, enterOwed, putUnfinished } from '../store/unfinished.ts'
import { reachBackups } from './backup-reach.ts'
import { isKnown } from './known.ts'
import { usualRetrainDays } from './model-note.ts'
import { type EraseReach, type ReleasedEpisodes, type Reemit, releasesWith, revokeReleases } from './reach.ts'

/** What to erase: all of a person's work, one session, what was recorded in the last milliseconds, or in a span (both ends in it). */
export type EraseSubject =
  | { readonly person: string; readonly session?: string; readonly lastMs?: number }
  | { readonly person: string; readonly fromEpochMs: number; readonly untilEpochMs: number }
  /** A session whose person need not be named. */
  | { readonly session: string }

/** Options of an erasure. */
export interface EraseOptions {
  /** Makes the next version of a release without some episodes; without it, releases are revoked and listed in `left`. */
  readonly reemit?: Reemit
  /** Days until a model that was trained on erased work must be trained again. */
  readonly retrainDays?: number
}

/** What an erasure did. */
export interface EraseReport {
  readonly reached: EraseReach
  /** What it could not reach, in words. */
  readonly left: readonly string[]
  /** Its entries in the ledger, one for each person concerned, and a checkpoint that covers them, or, where the disk has no room for it and it is owed, the one before. */
  readonly receipt: {
    readonly atEpochMs: number
    readonly entries: readonly { readonly index: number; readonly who: string }[]
    readonly checkpoint: string
  }
}

interface Reached {
  readonly person: string
  readonly rows: readonly RecordRow[]
  readonly fromEpochMs: number
  readonly untilEpochMs: number
  readonly session: string | null
  /** What only arrived in the span goes too. */
  readonly byReceipt: boolean
}

/** An erasure as it is written down before it begins, so that none is cut off half way; it names its person, and is gone with the entry. */
export interface Erasing {
  readonly act: 'erasure'
  readonly person: string
  /** All that the person ever did here: their own key goes. */
  readonly whole: boolean
  /** Else the records whose keys go. */
  readonly records: readonly string[]
  readonly releases: readonly ReleasedEpisodes[]
  readonly retrainDays: number
  readonly owed: Owed & { readonly who: string }
}

type ErasedOne = Omit<EraseReport, 'receipt'> & { readonly entry: { readonly index: number; readonly who: string } }

/**
 * Erases: destroys the keys, marks the releases and models that the work went into, and enters it in the ledger. Nothing of it can be read once this returns.
 * Of a person or session that the folder does not know, nothing is written and the receipt has no entries.
 */
export async function eraseData(store: Store, subject: EraseSubject, options: EraseOptions = {}): Promise<EraseReport> {
  const atEpochMs = store.nowEpochMs()
  const people = peopleOf(store, subject)
  const parts: ErasedOne[] = []
  for (const person of people) parts.push(await eraseOne(store, select(store, person, subject), options))
  const sum = (count: (reach: EraseReach) => number): number => parts.reduce((total, part) => total + count(part.reached), 0)
  return {
    reached: {
      events: sum((reach) => reach.events),
      frames: sum((reach) => reach.frames),
      episodes: sum((reach) => reach.episodes),
      datasets: sum((reach) => reach.datasets),
      models: sum((reach) => reach.models),
    },
    left: parts.flatMap((part) => part.left),
    receipt: { atEpochMs, entries: parts.map((part) => part.entry), checkpoint: await store.ledger.receipt() },
  }
}

function peopleOf(store: Store, subject: EraseSubject): readonly string[] {
  if ('person' in subject) return isKnown(store, subject.person) ? [subject.person] : []
  return [...new Set(store.keys.rows({ session: subject.session }).map((row) => row.person))]
}

/** Takes rows of the key store as they are, also those whose ciphertext is only being written. */
function select(store: Store, person: string, subject: EraseSubject): Reached {
  const session = 'session' in subject ? (subject.session ?? null) : null
  const all = store.keys.rows(session === null ? { person } : { person, session })
  if ('untilEpochMs' in subject) {
    const { fromEpochMs, untilEpochMs } = subject
    // A span is told by the clock that the work was recorded by: what only arrived in it is not of it.
    const rows = all.filter(({ atEpochMs }) => atEpochMs >= fromEpochMs && atEpochMs <= untilEpochMs)
    return { person, session, fromEpochMs, untilEpochMs, rows, byReceipt: false }
  }
  const fromEpochMs = 'lastMs' in subject && subject.lastMs !== undefined ? store.nowEpochMs() - subject.lastMs : 0
  // Either clock may be the wrong one: what lies in the span by one of them goes.
  const rows = all.filter((row) => Math.max(row.atEpochMs, row.receivedAtEpochMs) >= fromEpochMs)
  return { person, session, fromEpochMs, untilEpochMs: store.nowEpochMs(), rows, byReceipt: true }
}

async function eraseOne(store: Store, reached: Reached, options: EraseOptions): Promise<ErasedOne> {
  // In one turn with the keys: no append comes between.
  const begun = begin(store, reached, options.retrainDays ?? usualRetrainDays)
  return carryOut(store, begun, options.reemit)
}

function begin(store: Store, reached: Reached, retrainDays: number): Unfinished<Erasing> {
  const { person, session, fromEpochMs, untilEpochMs, byReceipt, rows } = reached
  const whole = session === null && byReceipt && fromEpochMs === 0
  const sum = (count: (row: RecordRow) => number): number => rows.reduce((total, row) => total + count(row), 0)
  const counts = { events: sum((row) => row.events), frames: sum((row) => row.pictures), episodes: sum((row) => row.tasks) }
  const scope = whole ? 'person' : session === null || fromEpochMs > 0 ? 'span' : 'session'
  const owed = { kind: 'erasure', who: store.ledger.whoIs(person), body: { scope, ...counts }, after: store.ledger.size }
  const own = session === null ? [person] : [person, session]
  return transact(store.control, () => {
    store.tombstones.put(store.hash(session === null ? 'person' : 'session', ...own), fromEpochMs, untilEpochMs)
    if (byReceipt) store.tombstones.put(store.hash('received', ...own), fromEpochMs, untilEpochMs)
    // What it was agreed to send is gone with what it sent: recording anew is another yes.
    if (whole) revokeDevices(store.control, person, untilEpochMs)
    const releases = releasesWith(store, { person, session, whole, sessions: [...new Set(rows.map((row) => row.session))] })
    const records = whole ? [] : rows.map((row) => row.idHash)
    return putUnfinished(store.control, { act: 'erasure', person, whole, records, releases, retrainDays, owed })
  })
}

/** Carries out what was begun, now or before a crash: whatever of it is done already is left as it is. */
async function carryOut(store: Store, begun: Unfinished<Erasing>, reemit: Reemit | undefined, enter = enterOwed): Promise<ErasedOne> {
  const { person, releases, retrainDays, owed } = begun.act
  store.consent.end(person)
  destroyKeys(store, begun.act)
  const { datasets, models, left } = await revokeReleases(store, releases, { retrainDays, reemit })
  left.push(...reachBackups(store))
  const index = await enter(store, begun, { datasets, models })
  scrub(store.control)
  const { events, frames, episodes } = owed.body as Pick<EraseReach, 'events' | 'frames' | 'episodes'> // as: made by `begin`
  return { reached: { events, frames, episodes, datasets, models }, left, entry: { index, who: owed.who } }
}

/** Keys first: from here on nothing of it can be read, whatever fails later. */
function destroyKeys(store: Store, { person, whole, records, owed }: Erasing): void {
  if (!whole) return store.keys.destroyRecords(records)
  // Whoever comes again after a crash has another key.
  if (store.keys.has(person) && store.ledger.whoIs(person) === owed.who) store.keys.destroyPerson(person)
}

/** Carries out what a crash has cut off. Returns in words what it could not reach. */
export async function finishErasing(store: Store, begun: Unfinished<Erasing>, reemit: Reemit | undefined): Promise<readonly string[]> {
  return (await carryOut(store, begun, reemit, enterOnce)).left
}
