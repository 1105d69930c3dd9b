import type { RecordRow } from '../store/key-rows.ts'
import { scrub } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { isKnown } from './known.ts'
import { type EraseReach, type Reemit, revokeReleases } from './reach.ts'
import { reachBackups } from './backup-reach.ts'

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
  /** Its entries in the ledger, one for each person concerned, and a checkpoint that covers them. */
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
    receipt: { atEpochMs, entries: parts.map((part) => part.entry), checkpoint: await store.ledger.checkpoint() },
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
  const { person, rows, session, fromEpochMs, untilEpochMs } = reached
  const who = store.ledger.whoIs(person)
  const subject = session === null ? store.hash('person', person) : store.hash('session', person, session)
  store.tombstones.put(subject, fromEpochMs, untilEpochMs)
  if (reached.byReceipt)
    store.tombstones.put(store.hash('received', person, ...(session === null ? [] : [session])), fromEpochMs, untilEpochMs)
  store.consent.end(person)
  destroyKeys(store, reached)
  const { datasets, models, left } = await revokeReleases(store, reached, options)
  left.push(...reachBackups(store))
  scrub(store.control)
  const sum = (count: (row: RecordRow) => number): number => rows.reduce((total, row) => total + count(row), 0)
  const counts = {
    events: sum((row) => row.events),
    frames: sum((row) => row.pictures),
    episodes: sum((row) => row.tasks),
    datasets,
    models,
  }
  const index = await store.ledger.appendAs('erasure', { scope: scopeOf(reached), ...counts }, who)
  return { reached: counts, left, entry: { index, who } }
}

/** Keys first: from here on nothing of it can be read, whatever fails later. */
function destroyKeys(store: Store, { person, rows, session, fromEpochMs }: Reached): void {
  // In one turn with the tombstone: no append comes between.
  if (session === null && fromEpochMs === 0) store.keys.destroyPerson(person)
  else store.keys.destroyRecords(rows.map((row) => row.idHash))
}

function scopeOf({ session, fromEpochMs }: Reached): string {
  if (fromEpochMs > 0) return 'span'
  return session === null ? 'person' : 'session'
}
