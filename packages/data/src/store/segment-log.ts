import { join } from 'node:path'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { Gates } from './gates.ts'
import { Readers } from './readers.ts'
import { type LogRecord, decodeRecord, encodeRecord } from './record.ts'
import { type Committed, type Position, type Segment, draftEnding, scanSegment, segmentHead, segmentName } from './segment.ts'
import { type Draft, type Placed, draftSegment } from './segment-rewrite.ts'
import { Spare } from './spare.ts'

const openReaders = 8
/** Share (1 in ...) of a segment that has to be written before the next one is made: a folder that hardly records takes no room ahead. */
const idleShare = 64

/** What the log found when it was opened. */
export interface LogReport {
  readonly segments: number
  /** Those with a ciphertext. */
  readonly records: number
  /** Torn tails that were cut off: writes that were never acknowledged. */
  readonly tornTails: number
  readonly tornBytes: number
}

/** The log of one data folder: append-only segments, one writer, every append on the device before it returns. */
export interface SegmentLog {
  readonly report: LogReport
  /** Appends in one write and one fdatasync. A full disk leaves the log as it was (`diskFull`); a failed sync is final (`sync`). */
  append(records: readonly LogRecord[]): Promise<readonly Position[]>
  /** Reads what lies where `find` says, which is asked again where a segment was rewritten meanwhile; undefined where it says nowhere. */
  read(find: () => Position | undefined): Promise<LogRecord | undefined>
  /** Begins a new file, so that all that is there may be rewritten. No append may be under way. */
  seal(): Promise<void>
  /**
   * Removes from a sealed segment the ciphertexts of records that are not alive; all others stay as they are, to the byte. At every moment of it a crash leaves
   * the segment as it was or as it will be. `onPlaced` hears where each record lies now, before the next read.
   */
  rewrite(number: number, rewriting: Rewriting): Promise<Rewritten>
  /** End of what is on disk. */
  end(): Committed
  close(): Promise<void>
}

/** Which records of a segment stay whole, and who has to know where they lie. */
export interface Rewriting {
  readonly isAlive: (idHash: string) => boolean
  readonly onPlaced: (placed: Placed) => void
}

/** What rewriting a segment did. */
export interface Rewritten {
  readonly removed: number
  readonly freedBytes: number
}

/** Options of a log. */
export interface LogOptions {
  readonly disk: Disk
  readonly folder: string
  /** A segment that has grown to this size is closed and the next begun. */
  readonly segmentBytes: number
  readonly committed: Committed
  readonly onRecord: (record: LogRecord, position: Position) => void
}

/** Opens a log, reading every record once to check it and hand it to `onRecord`. */
export async function openSegmentLog(options: LogOptions): Promise<SegmentLog> {
  const segments: Segment[] = []
  let records = 0
  const onRecord = (record: LogRecord, position: Position): void => {
    if (record.kind !== 'gone') records += 1
    options.onRecord(record, position)
  }
  await removeDrafts(options)
  const numbers = await segmentNumbers(options)
  for (const number of numbers) {
    // Only the last one stays open: there may be thousands.
    await segments.at(-1)?.file.close()
    segments.push(await scanSegment({ ...options, number, last: number === numbers.at(-1), onRecord }))
  }
  if (segments.length === 0) {
    const first = await createSegment(options, 1)
    await syncSegment(options, first)
    segments.push(first)
  }
  const torn = segments.filter((segment) => segment.tornBytes > 0)
  const report = {
    segments: segments.length,
    records,
    tornTails: torn.length,
    tornBytes: torn.reduce((sum, segment) => sum + segment.tornBytes, 0),
  }
  return new EmbeddedLog(options, segments, report)
}

/** What was being written beside a segment when the process ended. It may hold what was erased since. */
async function removeDrafts({ disk, folder }: LogOptions): Promise<void> {
  const drafts = (await disk.list(folder)).filter((name) => name.endsWith(draftEnding))
  for (const name of drafts) await disk.remove(join(folder, name))
  if (drafts.length > 0) await disk.syncFolder(folder)
}

async function segmentNumbers(options: LogOptions): Promise<readonly number[]> {
  const names = (await options.disk.list(options.folder)).filter((name) => name.endsWith('.seg'))
  const numbers = names.map((name) => Number.parseInt(name, 10))
  numbers.forEach((number, index) => {
    if (number !== index + 1) throw missing(options.folder, index + 1)
  })
  if (numbers.length < options.committed.segment) throw missing(options.folder, numbers.length + 1)
  return numbers
}

function missing(folder: string, number: number): DataError {
  return new DataError(
    'damaged',
    `The log file ${join(folder, segmentName(number))} is missing though later data needs it. Nothing was changed. Restore that file from a backup.`,
  )
}

async function createSegment(options: LogOptions, number: number): Promise<Segment> {
  const file = await options.disk.open(join(options.folder, segmentName(number)))
  await file.truncate(0)
  await file.write(segmentHead, 0)
  return { number, file, sizeBytes: segmentHead.length, allocatedBytes: segmentHead.length, tornBytes: 0 }
}

async function syncSegment(options: LogOptions, segment: Segment): Promise<void> {
  await segment.file.sync()
  await options.disk.syncFolder(options.folder)
}

class EmbeddedLog implements SegmentLog {
  readonly report: LogReport
  readonly #options: LogOptions
  readonly #segments: Segment[]
  readonly #readers: Readers
  readonly #gates = new Gates()
  readonly #spare: Spare
  #endByte: number
  /** Nothing is made ahead before the log has grown up to here. */
  #spareFromByte: number
  #broken: DataError | undefined

  constructor(options: LogOptions, segments: Segment[], report: LogReport) {
    this.#options = options
    this.#readers = new Readers(options.disk, openReaders)
    this.#segments = segments
    this.#endByte = segments.at(-1)?.sizeBytes ?? 0
    this.#spareFromByte = this.#growth
    const { disk, folder, segmentBytes } = options
    this.#spare = new Spare({ disk, folder, sizeBytes: segmentBytes, sync: (file) => this.#guard(file.sync(), 'sync') })
    this.report = report
  }

  end(): Committed {
    return { segment: this.#segments.length, toByte: this.#endByte }
  }

  async append(records: readonly LogRecord[]): Promise<readonly Position[]> {
    if (this.#broken !== undefined) throw this.#broken
    if (this.#isDone()) await this.#roll()
    const { file, number } = this.#tail()
    const atByte = this.#endByte
    const frames = records.map((record) => encodeRecord(record, atByte))
    await this.#write(Buffer.concat(frames), atByte)
    await this.#guard(file.sync(), 'sync')
    let start = atByte
    const positions = frames.map((frame) => {
      start += frame.length
      return { segment: number, atByte: start - frame.length, sizeBytes: frame.length }
    })
    this.#endByte = start
    this.#makeSpare()
    return positions
  }

  async read(find: () => Position | undefined): Promise<LogRecord | undefined> {
    for (let position = find(); position !== undefined; position = find()) {
      const { segment } = position
      const leave = this.#gates.enter(segment)
      if (leave === undefined) await this.#gates.opened(segment)
      else return this.#readAt(position).finally(leave)
    }
    return undefined
  }

  async seal(): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken
    if (this.#endByte > segmentHead.length) await this.#roll()
  }

  async rewrite(number: number, { isAlive, onPlaced }: Rewriting): Promise<Rewritten> {
    if (this.#broken !== undefined) throw this.#broken
    const segment = this.#segments[number - 1]
    if (segment === undefined || number >= this.#segments.length) throw new RangeError(`the segment ${number} is not sealed`)
    const draft = await this.#draft(segment, isAlive)
    await this.#gates.close(number, () => this.#swap(number, draft, onPlaced))
    this.#segments[number - 1] = { ...segment, sizeBytes: draft.sizeBytes }
    return { removed: draft.removed, freedBytes: segment.sizeBytes - draft.sizeBytes }
  }

  async #draft({ number, sizeBytes }: Segment, isAlive: Rewriting['isAlive']): Promise<Draft> {
    const { disk, folder } = this.#options
    const sync = (file: DiskFile): Promise<void> => this.#guard(file.sync(), 'sync')
    return draftSegment({ disk, folder, number, sizeBytes, sync }, isAlive).catch((cause: unknown) => this.#dropDraft(number, cause))
  }

  async #dropDraft(number: number, cause: unknown): Promise<never> {
    const { disk, folder } = this.#options
    // What can't be removed now is removed when the log is opened.
    await disk.remove(join(folder, segmentName(number) + draftEnding)).catch(() => undefined)
    throw cause instanceof DataError ? cause : this.#full(cause)
  }

  /** Nobody reads the segment now. */
  async #swap(number: number, draft: Draft, onPlaced: Rewriting['onPlaced']): Promise<void> {
    const { disk, folder } = this.#options
    const path = join(folder, segmentName(number))
    await this.#readers.forget(path)
    await disk.rename(draft.path, path).catch((cause: unknown) => this.#dropDraft(number, cause))
    for (const placed of draft.placed) onPlaced(placed)
    await this.#guard(disk.syncFolder(folder), 'sync')
  }

  async #readAt(position: Position): Promise<LogRecord> {
    const path = join(this.#options.folder, segmentName(position.segment))
    const bytes = await this.#readers.read(path, position.atByte, position.sizeBytes)
    const found = decodeRecord(bytes, 0)
    if (found.kind === 'record') return found.record
    throw new DataError(
      'damaged',
      `The log file ${path} is damaged at byte ${position.atByte}: it was sound when it was opened. Restore it from a backup.`,
    )
  }

  async close(): Promise<void> {
    await this.#spare.close()
    await this.#readers.close()
    await this.#tail().file.close()
  }

  #tail(): Segment {
    const tail = this.#segments.at(-1)
    if (tail === undefined) throw new DataError('closed', 'The log has no segment.')
    return tail
  }

  async #roll(): Promise<void> {
    await this.#trim()
    const segment = await this.#next(this.#segments.length + 1).catch((cause: unknown) => {
      throw cause instanceof DataError ? cause : this.#full(cause)
    })
    const tail = this.#tail()
    await tail.file.close()
    this.#segments[tail.number - 1] = { ...tail, sizeBytes: this.#endByte, allocatedBytes: this.#endByte }
    this.#segments.push(segment)
    this.#endByte = segmentHead.length
    this.#spareFromByte = this.#growth
  }

  /** Full; or its length grows with every append, and a file is ready whose length does not. */
  #isDone(): boolean {
    const { segmentBytes } = this.#options
    return this.#endByte >= segmentBytes || (this.#spare.ready && this.#tail().allocatedBytes < segmentBytes)
  }

  /** No zeros stay behind the last record of a file that is followed by another. */
  async #trim(): Promise<void> {
    const { file, allocatedBytes } = this.#tail()
    if (allocatedBytes <= this.#endByte) return
    await this.#guard(file.truncate(this.#endByte), 'truncate')
    await this.#guard(file.sync(), 'sync')
  }

  async #next(number: number): Promise<Segment> {
    const { disk, folder, segmentBytes } = this.#options
    if (!this.#spare.ready) {
      const made = await createSegment(this.#options, number)
      await this.#guard(syncSegment(this.#options, made), 'sync')
      return made
    }
    const file = await this.#spare.take(join(folder, segmentName(number)))
    await this.#guard(disk.syncFolder(folder), 'sync')
    return { number, file, sizeBytes: segmentHead.length, allocatedBytes: segmentBytes, tornBytes: 0 }
  }

  get #growth(): number {
    return segmentHead.length + this.#options.segmentBytes / idleShare
  }

  /** Ahead of need: well before the tail is full, or as soon as the log is in use where the tail was not made so. */
  #makeSpare(): void {
    const { segmentBytes } = this.#options
    const early = this.#tail().allocatedBytes < segmentBytes
    if (this.#endByte < (early ? this.#spareFromByte : Math.max(this.#spareFromByte, segmentBytes / 2))) return
    // Where there is no room for it, none is looked for at every append.
    this.#spare.make(() => (this.#spareFromByte = this.#endByte + segmentBytes / idleShare))
  }

  async #write(bytes: Uint8Array, atByte: number): Promise<void> {
    const { file } = this.#tail()
    try {
      await file.write(bytes, atByte)
    } catch (cause) {
      await this.#guard(file.truncate(atByte), 'truncate', cause)
      await this.#guard(file.sync(), 'sync', cause)
      this.#segments[this.#segments.length - 1] = { ...this.#tail(), allocatedBytes: atByte }
      throw this.#full(cause)
    }
  }

  #full(cause: unknown): DataError {
    return new DataError(
      'diskFull',
      `Writing to ${this.#options.folder} failed: nothing of it was kept. Make room, then send again.`,
      cause,
    )
  }

  /** After a failed fdatasync nobody knows what lies on the device, and a second one may report success all the same: it is final. */
  async #guard(step: Promise<void>, name: string, first?: unknown): Promise<void> {
    try {
      await step
    } catch (cause) {
      const text = `The disk under ${this.#options.folder} failed (${name}). Nothing more is accepted: stop this process, check the disk, start again.`
      this.#broken = new DataError('sync', text, first ?? cause)
      throw this.#broken
    }
  }
}
