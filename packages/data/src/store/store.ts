import { join } from 'node:path'

import { type Permit, isPermit, openPersonal, sealPersonal } from '@overt/privacy'
import type { Batch, Episode } from '@overt/schema'

import { Access } from './access.ts'
import type { Database } from './database.ts'
import { sha256Hex } from './cipher.ts'
import { type CompactionOptions, type CompactionReport, compactLog } from './compaction.ts'
import type { Appended, Envelope } from './envelope.ts'
import { episodeRecord } from './episode-record.ts'
import { DataError } from './error.ts'
import { Group } from './group.ts'
import type { RecordRow, Whose } from './key-rows.ts'
import type { KeyStore } from './keys.ts'
import { KillSwitch } from './kill-switch.ts'
import type { Ledger } from './ledger.ts'
import { enterSegment } from './ledger-person.ts'
import { LiveConsent } from './live-consent.ts'
import type { Named, Naming } from './names.ts'
import { pack, unpack } from './pack.ts'
import { withoutHeld } from './picture-rows.ts'
import { chainOf } from './receipt-line.ts'
import type { LogRecord, RecordKind } from './record.ts'
import type { RecordIndex } from './record-index.ts'
import { type Replacement, replaceRecord } from './replaced-record.ts'
import { Restrictions } from './restriction.ts'
import type { LogReport, SegmentLog } from './segment-log.ts'
import type { Tombstones } from './tombstone.ts'
import { type SessionSummary, sessionsOf } from './session-summary.ts'
import { Turns } from './turns.ts'
import { undoAll } from './undo.ts'

/** What a read is about. `reader` goes into the ledger: a command, an account, `person` for the person's own look. */
export interface ReadFilter {
  readonly session?: string
  /** One record, by its name. */
  readonly record?: string
  readonly reader?: string
  /** `all`: for the person's own eyes, and for the check. Everyone else gets those alone that a check has cleared. */
  readonly pictures?: 'all'
}

/** The opened parts of a data folder. */
export interface StoreParts {
  readonly dir: string
  readonly nowEpochMs: () => number
  readonly control: Database
  readonly keys: KeyStore
  readonly log: SegmentLog
  readonly ledger: Ledger
  readonly name: Naming
  readonly tombstones: Tombstones
  readonly index: RecordIndex
  /** Records that stood in the log more than once. */
  readonly repeated: number
  readonly unlock: () => void
}

/** Under what names the log knows a record and its content: keyed hashes. */
export type Filed = Pick<LogRecord, 'kind' | 'idHash' | 'contentHash'>

interface Pending {
  readonly permit: Permit
  readonly record: Filed
  readonly row: RecordRow
  readonly bytes: Uint8Array
}

type Committed = { readonly ok: true } | { readonly ok: false; readonly error: DataError }

/** A data folder, opened by one process: recorded work under its people's keys, control tables, ledger. */
export class Store {
  readonly dir: string
  readonly nowEpochMs: () => number
  readonly control: Database
  readonly keys: KeyStore
  readonly ledger: Ledger
  readonly consent = new LiveConsent()
  readonly tombstones: Tombstones
  readonly restrictions: Restrictions
  readonly killSwitch: KillSwitch
  /** Releases are made anew one after the other: two at once would write one folder. */
  readonly remaking = new Turns(1)
  /** What opening found: records, those that stood there twice, and torn tails that were cut off. */
  readonly report: LogReport & { readonly repeated: number }
  readonly #parts: StoreParts
  readonly #group: Group<Pending, Committed>
  readonly #pending = new Map<string, Promise<Committed>>()
  /** Receipts that a permit's receipt continues: once it is here, that is settled. */
  readonly #chains = new WeakMap<Permit, ReadonlySet<string>>()
  readonly #failed = new AbortController()
  readonly #closing = new AbortController()
  #compacting: Promise<void> = Promise.resolve()
  #access: Access | undefined
  #closed = false

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.dir = parts.dir
    this.nowEpochMs = parts.nowEpochMs
    this.control = parts.control
    this.keys = parts.keys
    this.ledger = parts.ledger
    this.report = { ...parts.log.report, repeated: parts.repeated }
    this.tombstones = parts.tombstones
    this.restrictions = new Restrictions(parts.control)
    this.killSwitch = new KillSwitch(this)
    this.#group = new Group((items) => this.#commit(items), 256)
  }

  /** Accounts' passkeys and canaries; opened at first use, which a folder on one's own machine never has. */
  get access(): Access {
    return (this.#access ??= new Access(join(this.dir, 'access.sqlite'), this.nowEpochMs))
  }

  /** Up to where the log is on the device. */
  get logEnd(): { readonly segment: number; readonly toByte: number } {
    return this.#parts.log.end()
  }

  /** Aborts when the disk failed in a way that nothing mends: the process should stop. */
  get failed(): AbortSignal {
    return this.#failed.signal
  }

  /** Keeps a record under the person's key; resolves once it is on the device. Throws where the permit is not for it or the disk refuses. */
  append(permit: Permit, bytes: Uint8Array, envelope: Envelope): Promise<Appended> {
    return this.appendPacked(permit, pack(bytes), envelope)
  }

  /** `append` of what is packed already, by `pack` or as gzip: no more than that is held while the disk works. */
  async appendPacked(permit: Permit, packed: Uint8Array, envelope: Envelope, record = this.file(envelope)): Promise<Appended> {
    this.assertMayAppend(permit, envelope)
    do {
      const known = await this.find(record)
      if (known !== undefined) return known
    } while (this.#pending.has(record.idHash))
    const row = { pictures: 0, ...envelope, idHash: record.idHash, receivedAtEpochMs: this.nowEpochMs() }
    const done = this.#group.add({ permit, record, row, bytes: packed })
    this.#pending.set(record.idHash, done)
    const outcome = await done.finally(() => this.#pending.delete(record.idHash))
    if (!outcome.ok) throw outcome.error
    return 'stored'
  }

  /** The names that a record has, or would have, in the log. */
  file({ kind, id, contentSha256 }: Pick<Envelope, 'kind' | 'id' | 'contentSha256'>): Filed {
    return { kind, idHash: this.hash(kind, id), contentHash: this.hash('content', contentSha256) }
  }

  /** What a record of this name would be: `undefined` where there is none yet. Waits for one that is being written. */
  async find(filed: Filed): Promise<'duplicate' | 'conflict' | undefined> {
    for (let writing = this.#pending.get(filed.idHash); writing !== undefined; writing = this.#pending.get(filed.idHash))
      await Promise.allSettled([writing])
    return this.#parts.index.compare(filed)
  }

  /** Keeps imported episodes beside recorded batches, each under its person's key. */
  async appendEpisodes(permit: Permit, episodes: readonly Episode[]): Promise<Readonly<Record<Appended, number>>> {
    const counts = { stored: 0, duplicate: 0, conflict: 0 }
    const outcomes = await Promise.all(episodes.map((episode) => this.append(permit, ...episodeRecord(episode))))
    for (const outcome of outcomes) counts[outcome] += 1
    return counts
  }

  /** A person's batches in the order they arrived. The read stands in the ledger before the first one is handed out. */
  async *batches(permit: Permit, filter: ReadFilter = {}): AsyncGenerator<Batch> {
    for await (const { idHash, text } of this.#read(permit, 'batch', filter)) {
      const batch = JSON.parse(text) as Batch // as: checked at ingest, unchanged since (authenticated encryption)
      const whole = filter.pictures === 'all' || batch.pictures === undefined
      yield whole ? batch : withoutHeld(batch, this.keys.judgements(idHash))
    }
  }

  /** A person's imported episodes. */
  async *episodes(permit: Permit, filter: ReadFilter = {}): AsyncGenerator<Episode> {
    for await (const { text } of this.#read(permit, 'episode', filter)) yield JSON.parse(text) as Episode // as: checked when it was imported
  }

  /** A person's recorded sessions, newest first. */
  async sessions(permit: Permit, filter: ReadFilter = {}): Promise<SessionSummary[]> {
    await this.#enterRead(permit, 'sessions', filter)
    return sessionsOf(this.#covered(permit, filter).filter((row) => row.kind === 'batch'))
  }

  /** Keyed hash of an id or a subject. */
  hash(kind: Named, ...parts: readonly string[]): string {
    return this.#parts.name(kind, ...parts)
  }

  /** Rows of records that are on disk. */
  rows(where: Whose = {}): RecordRow[] {
    return this.eachRow(where, 'received').toArray()
  }

  /** The same one at a time, of which there may be a million. Nothing is to be awaited or destroyed before the last one. */
  eachRow(where: Whose = {}, order: 'received' | 'any' = 'any'): IteratorObject<RecordRow> {
    return this.keys.eachRow(where, order).filter((row) => this.#parts.index.has(row.idHash))
  }

  /** Rows of the records that a permit covers, in the order they arrived. */
  readable(permit: Permit, filter: Omit<ReadFilter, 'reader' | 'pictures'> = {}): RecordRow[] {
    return this.#covered(permit, filter).toArray()
  }

  /** Puts less in a record's place; false, and nothing changed, where `change` says so. The ciphertext that was there has no key when this returns. */
  async replace(permit: Permit, row: RecordRow, change: (opened: Buffer) => Replacement | undefined): Promise<boolean> {
    this.assertMayAppend(permit, row)
    return this.#replace(row, (opened) => {
      this.assertMayAppend(permit, row)
      return change(opened)
    })
  }

  /** `replace` for what has been kept long enough, whatever became of the agreement: it is handed to nobody. False, too, where it is gone or restricted by now. */
  async lessen(row: RecordRow, change: (opened: Buffer) => Replacement | undefined): Promise<boolean> {
    const mayEnd = (): boolean => this.keys.hasRecord(row.idHash) && !this.isRestricted(row.person)
    return mayEnd() && this.#replace(row, (opened) => (mayEnd() ? change(opened) : undefined))
  }

  async #replace(row: RecordRow, change: (opened: Buffer) => Replacement | undefined): Promise<boolean> {
    this.#failed.signal.throwIfAborted()
    const between = <T>(step: () => Promise<T>): Promise<T> => this.#group.between(step)
    const packed = (opened: Buffer): Replacement | undefined => {
      const less = change(unpack(opened))
      return less === undefined ? undefined : { ...less, bytes: pack(less.bytes) }
    }
    try {
      return await replaceRecord({ ...this.#parts, between }, row.idHash, packed)
    } catch (error) {
      this.#stopOn(error)
      throw error
    }
  }

  /** Tries to decrypt records by their names, with whatever keys are left. */
  async openable(idHashes: readonly string[]): Promise<number> {
    let opened = 0
    for (const idHash of idHashes) if ((await this.#open(idHash)) !== undefined) opened += 1
    return opened
  }

  /** Removes what erasures and the retention left of ciphertexts in the log; one compaction at a time. */
  compact(options: CompactionOptions = {}): Promise<CompactionReport> {
    const signal = AbortSignal.any([this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])])
    const between = <T>(step: () => Promise<T>): Promise<T> => this.#group.between(step)
    const run = this.#compacting.then(() => compactLog({ ...this.#parts, between }, { ...options, signal }))
    this.#compacting = run.then(
      () => undefined,
      (error: unknown) => this.#stopOn(error),
    )
    return run
  }

  /** Waits for what is being written, signs the last checkpoint and gives the folder back. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#closing.abort()
    await this.#compacting
    await this.#group.idle()
    await undoAll([
      () => this.ledger.close(),
      () => this.#parts.log.close(),
      () => this.keys.close(),
      () => this.#access?.close(),
      () => this.control.close(),
      this.#parts.unlock,
    ])
  }

  /** Throws unless a live permit of this person covers the receipt under which it was recorded, and nothing of it was erased. */
  assertMayAppend(permit: Permit, envelope: Pick<Envelope, 'person' | 'session' | 'receipt' | 'atEpochMs'>): void {
    if (this.#closed) throw new DataError('closed', 'The store is closed: nothing was kept.')
    if (!isPermit(permit) || permit.signal.aborted) throw new DataError('permit', 'No live permit: nothing was kept.')
    if (permit.person !== envelope.person || !this.#chain(permit).has(envelope.receipt))
      throw new DataError('permit', 'The permit is for another person or receipt: nothing was kept.')
    if (this.isRestricted(envelope.person))
      throw new DataError('permit', 'The person has restricted the use of their work: nothing was kept.')
    if (this.isErased(envelope)) throw new DataError('permit', 'This was erased before it arrived: nothing was kept.')
  }

  /** Whether the person has restricted the use of their work: it is kept, and read for nobody but them. */
  isRestricted(person: string): boolean {
    if (this.restrictions.empty) return false
    return this.restrictions.has(this.hash('restricted', person))
  }

  /** Whether an erasure covers what this person recorded in this session at this time. */
  isErased(subject: { readonly person: string; readonly session: string; readonly atEpochMs: number }): boolean {
    if (this.tombstones.empty) return false
    const subjects = [this.hash('person', subject.person), this.hash('session', subject.person, subject.session)]
    return subjects.some((hash) => this.tombstones.covers(hash, subject.atEpochMs))
  }

  /** Whether an erasure covers what of this person's session came at this time, whenever it says that it was recorded. */
  isErasedOnArrival(subject: { readonly person: string; readonly session: string }, arrivedAtEpochMs: number): boolean {
    if (this.tombstones.empty) return false
    const subjects = [this.hash('received', subject.person), this.hash('received', subject.person, subject.session)]
    return subjects.some((hash) => this.tombstones.covers(hash, arrivedAtEpochMs))
  }

  async *#read(permit: Permit, kind: RecordKind, filter: ReadFilter): AsyncGenerator<{ readonly idHash: string; readonly text: string }> {
    await this.#enterRead(permit, kind === 'batch' ? 'batches' : 'episodes', filter)
    const rows = this.#covered(permit, filter).filter((row) => row.kind === kind)
    // Their names alone, since somebody's may be a hundred thousand.
    for (const idHash of rows.map((row) => row.idHash).toArray()) {
      const opened = await this.#open(idHash)
      if (opened !== undefined) yield { idHash, text: openPersonal(permit, sealPersonal(opened.person, opened.bytes)).toString('utf8') }
    }
  }

  #covered(permit: Permit, { session, record }: Pick<ReadFilter, 'session' | 'record'>): IteratorObject<RecordRow> {
    openPersonal(permit, sealPersonal(permit.person, null))
    const chain = this.#chain(permit)
    const rows = this.eachRow({ person: permit.person, ...(session === undefined ? {} : { session }) }, 'received')
    return rows.filter(({ receipt, idHash }) => chain.has(receipt) && (record ?? idHash) === idHash)
  }

  async #enterRead(permit: Permit, what: string, filter: ReadFilter): Promise<void> {
    openPersonal(permit, sealPersonal(permit.person, null))
    const session = filter.session === undefined ? null : sha256Hex(this.ledger.whoIs(permit.person) + filter.session)
    await this.ledger.append('read', { what, why: permit.purpose, reader: filter.reader ?? 'unnamed', session }, permit.person)
  }

  #chain(permit: Permit): ReadonlySet<string> {
    const chain = this.#chains.get(permit) ?? chainOf(this.control, permit.receipt)
    this.#chains.set(permit, chain)
    return chain
  }

  async #open(idHash: string): Promise<{ readonly person: string; readonly bytes: Buffer } | undefined> {
    const { index, log } = this.#parts
    const record = await log.read(() => index.position(idHash))
    const opened = record === undefined ? undefined : this.keys.open(idHash, record.sealed)
    return opened === undefined ? undefined : { person: opened.row.person, bytes: unpack(opened.bytes) }
  }

  async #commit(items: readonly Pending[]): Promise<readonly Committed[]> {
    // A new key for a record that the failed disk may hold after all would make that one unreadable.
    this.#failed.signal.throwIfAborted()
    const checked = items.map((item) => this.#recheck(item))
    const live = items.filter((_, place) => checked[place]?.ok === true)
    try {
      if (live.length > 0) await this.#write(live)
    } catch (error) {
      this.#stopOn(error)
      throw error
    }
    return checked
  }

  #stopOn(error: unknown): void {
    if (error instanceof DataError && error.kind === 'sync') this.#failed.abort(error)
  }

  /** A withdrawal or erasure may have come while the item waited. */
  #recheck(item: Pending): Committed {
    try {
      this.assertMayAppend(item.permit, item.row)
      return { ok: true }
    } catch (error) {
      if (error instanceof DataError) return { ok: false, error }
      throw error
    }
  }

  async #write(items: readonly Pending[]): Promise<void> {
    const sealed = this.#seal(items)
    const records = items.map((item, place) => ({ ...item.record, sealed: sealed[place] ?? Buffer.alloc(0) }))
    const positions = await this.#parts.log.append(records)
    positions.forEach((position, place) => {
      const record = records[place]
      if (record !== undefined) this.#parts.index.put(record, position)
    })
    await this.#enterStored(records, items)
  }

  async #enterStored(records: readonly LogRecord[], items: readonly Pending[]): Promise<void> {
    const ends = this.#parts.log.end()
    const sha256 = sha256Hex(Buffer.concat(records.map((record) => record.sealed)))
    // Added in one turn, so that they share a sync.
    const segments = items.map(({ row }) => enterSegment(this, row))
    await Promise.all([this.ledger.append('stored', { ...ends, records: records.length, sha256 }), ...segments])
  }

  #seal(items: readonly Pending[]): Buffer[] {
    try {
      return this.keys.seal(items)
    } catch (cause) {
      if (cause instanceof DataError) throw cause
      throw new DataError('diskFull', `Writing keys in ${this.dir} failed: nothing was kept. Make room, then send again.`, cause)
    }
  }
}
