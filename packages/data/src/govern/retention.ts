import { selectManifest, selectReceipt, selectReceipts } from '../store/documents.ts'
import type { RecordRow } from '../store/key-rows.ts'
import { type RegisteredDataset, selectDatasets, selectEpisodes } from '../store/lineage.ts'
import type { Store } from '../store/store.ts'
import { type Owed, type Unfinished, dropUnfinished, enterOnce, enterOwed, putUnfinished } from '../store/unfinished.ts'
import { reachBackups } from './backup-reach.ts'
import { endPictures } from './end-pictures.ts'
import { type Reemit, revokeRelease } from './reach.ts'

const dayMs = 86_400_000

/** What of one class is kept, and until when the next of it is. */
export interface Kept {
  readonly kept: number
  /** Destroyed by this run. */
  readonly ended: number
  /** When the next is due; null where nothing is. */
  readonly nextAtEpochMs: number | null
}

/** What a run of the retention did, by the classes of a manifest. */
export interface RetentionReport {
  readonly atEpochMs: number
  /** Records of events, and imported episodes. */
  readonly events: Kept
  /** Pictures: they lie in records of events, which lose them where these are kept for longer. */
  readonly frames: Kept
  /** Releases that hold episodes. */
  readonly datasets: Kept
  /** Bytes of the log that held what had ended or was erased, and are free now. */
  readonly freedBytes: number
  /** What was due and could not be reached, in words. */
  readonly left: readonly string[]
}

/**
 * Ends what has been kept for as long as the manifest says that the person agreed to: keys of records are destroyed, releases lose the episodes,
 * and files of the log that are mostly of dead records are written anew.
 * Counted from when this machine received a record, and from when the first version of a release was made: a device's clock may be wrong.
 */
export async function enforceRetention(store: Store, options: { readonly reemit?: Reemit } = {}): Promise<RetentionReport> {
  const atEpochMs = store.nowEpochMs()
  const days = daysBy(store)
  const due: string[] = []
  let [records, nextAtEpochMs] = [0, Infinity]
  for (const row of store.eachRow()) {
    const dueAtEpochMs = row.receivedAtEpochMs + days.events(row) * dayMs
    records += 1
    // What its person restricted is kept for them, until they lift it or erase it.
    if (dueAtEpochMs > atEpochMs) nextAtEpochMs = Math.min(nextAtEpochMs, dueAtEpochMs)
    else if (!store.isRestricted(row.person)) due.push(row.idHash)
  }
  const begun = endRecords(store, due)
  const left: string[] = []
  const frames = await endFrames(store, (row) => days.frames(row), left)
  const datasets = await endReleases(store, (person) => days.datasets(person), options.reemit, left)
  left.push(...reachBackups(store))
  if (due.length + datasets.ended + frames.ended > 0) {
    const more = { datasets: datasets.ended, ...(frames.ended > 0 ? { pictures: frames.ended } : {}) }
    if (begun === null) await store.ledger.append('retention', { records: 0, ...more })
    else await enterOwed(store, begun, more)
  }
  const events = { ...kept([nextAtEpochMs].filter(Number.isFinite), due.length), kept: records - due.length }
  const freedBytes = await compacted(store, left)
  return { atEpochMs, events, frames, datasets, freedBytes, left }
}

/** Of what is left once whole records have ended. */
async function endFrames(store: Store, daysOf: Days['frames'], left: string[]): Promise<Kept> {
  const atEpochMs = store.nowEpochMs()
  const pictured = store
    .eachRow()
    .filter(({ pictures }) => pictures > 0)
    .toArray()
  const dueOf = (row: RecordRow): number => row.receivedAtEpochMs + daysOf(row) * dayMs
  const due = pictured.filter((row) => dueOf(row) <= atEpochMs && !store.isRestricted(row.person))
  const ended = await endPictures(store, due, left)
  const all = pictured.reduce((sum, { pictures }) => sum + pictures, 0)
  const later = pictured.map(dueOf).filter((dueAtEpochMs) => dueAtEpochMs > atEpochMs)
  return { ...kept(later, ended), kept: all - ended }
}

/** The end of records as it is written down before it comes. */
export interface Ending {
  readonly act: 'retention'
  /** One of the records: they go together. */
  readonly record: string
  readonly owed: Owed
}

function endRecords(store: Store, records: readonly string[]): Unfinished<Ending> | null {
  const [record] = records
  if (record === undefined) return null
  const owed = { kind: 'retention', who: null, body: { records: records.length }, after: store.ledger.size }
  const begun = putUnfinished<Ending>(store.control, { act: 'retention', record, owed })
  store.keys.destroyRecords(records)
  return begun
}

/** Enters the end of records that a crash kept from the ledger; what had not ended yet ends with the next run, as releases do. */
export async function finishEnding(store: Store, begun: Unfinished<Ending>): Promise<readonly string[]> {
  if (store.keys.hasRecord(begun.act.record)) dropUnfinished(store.control, begun)
  else await enterOnce(store, begun, { datasets: 0 })
  return []
}

/** A file of the log is written anew once half of it is dead: sooner, the disk would mostly copy. */
async function compacted(store: Store, left: string[]): Promise<number> {
  try {
    return (await store.compact({ least01: 0.5 })).freedBytes
  } catch (cause) {
    // The keys are gone already: what stays can't be read, and the next run tries again.
    left.push(`the log: ${cause instanceof Error ? cause.message : String(cause)}`)
    return 0
  }
}

function kept(dueAtEpochMs: readonly number[], ended: number): Kept {
  const next = dueAtEpochMs.reduce((first, one) => Math.min(first, one), Infinity)
  return { kept: dueAtEpochMs.length, ended, nextAtEpochMs: dueAtEpochMs.length === 0 ? null : next }
}

interface Days {
  events(row: RecordRow): number
  frames(row: RecordRow): number
  datasets(person: string): number
}

/** Days from the manifests. A receipt or manifest that is not known any more keeps nothing. */
function daysBy({ control }: Store): Days {
  const known = new Map<string, number>()
  const remember = (key: string, find: () => number): number => {
    const days = known.get(key) ?? find()
    known.set(key, days)
    return days
  }
  const retention = (sha256: string | undefined) => (sha256 === undefined ? undefined : selectManifest(control, sha256)?.retentionDays)
  return {
    events: ({ receipt }) =>
      remember(`receipt ${receipt}`, () => retention(selectReceipt(control, receipt)?.receipt.manifestSha256)?.events ?? 0),
    frames: ({ receipt }) =>
      remember(`frames ${receipt}`, () => retention(selectReceipt(control, receipt)?.receipt.manifestSha256)?.frames ?? 0),
    // An episode does not tell its receipt: the shortest that the person ever agreed to holds.
    datasets: (person) =>
      remember(`person ${person}`, () =>
        selectReceipts(control, person).reduce(
          (least, { receipt }) => Math.min(least, retention(receipt.manifestSha256)?.datasets ?? 0),
          Infinity,
        ),
      ),
  }
}

async function endReleases(store: Store, days: Days['datasets'], reemit: Reemit | undefined, left: string[]): Promise<Kept> {
  const atEpochMs = store.nowEpochMs()
  const all = selectDatasets(store.control)
  const later: number[] = []
  let ended = 0
  // What was replaced holds nothing any more: its next version has the rest.
  const held = Map.groupBy(
    all.filter(({ replacedBy }) => replacedBy === null),
    ({ hash }) => hash,
  )
  for (const [hash, folders] of held) {
    const madeAtEpochMs = Math.min(...folders.map((folder) => firstMade(all, folder)))
    const episodes = selectEpisodes(store.control, hash).map((one) => ({
      ...one,
      dueAtEpochMs: madeAtEpochMs + days(one.person) * dayMs,
    }))
    const due = episodes.filter(({ dueAtEpochMs }) => dueAtEpochMs <= atEpochMs)
    const rest = episodes.filter(({ dueAtEpochMs }) => dueAtEpochMs > atEpochMs).map(({ dueAtEpochMs }) => dueAtEpochMs)
    if (rest.length > 0) later.push(Math.min(...rest))
    if (due.length === 0) continue
    const dropped = due.map(({ episode }) => episode)
    const { problems, isOver } = await revokeRelease(store, hash, dropped, reemit)
    left.push(...problems)
    if (isOver) ended += 1
  }
  return kept(later, ended)
}

/** When the first version was made of what a release is the newest version of. */
function firstMade(all: readonly RegisteredDataset[], release: RegisteredDataset): number {
  const before = all.filter(({ replacedBy }) => replacedBy === release.hash)
  return before.reduce((first, one) => Math.min(first, firstMade(all, one)), release.registeredAtEpochMs)
}
