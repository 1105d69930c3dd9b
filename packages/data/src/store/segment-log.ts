import { join } from 'node:path'

import type { Disk } from './disk.ts'
import { DataError } from './error.ts'
import { Readers } from './readers.ts'
import { type LogRecord, decodeRecord, encodeRecord } from './record.ts'
import { type Committed, type Position, type Segment, scanSegment, segmentHead, segmentName } from './segment.ts'

const openReaders = 8

/** What the log found when it was opened. */
export interface LogReport {
  readonly segments: number
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
  read(position: Position): Promise<LogRecord>
  /** End of what is on disk. */
  end(): Committed
  close(): Promise<void>
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
    records += 1
    options.onRecord(record, position)
  }
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
  return { number, file, sizeBytes: segmentHead.length, tornBytes: 0 }
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
  #endByte: number
  #broken: DataError | undefined

  constructor(options: LogOptions, segments: Segment[], report: LogReport) {
    this.#options = options
    this.#readers = new Readers(options.disk, openReaders)
    this.#segments = segments
    this.#endByte = segments.at(-1)?.sizeBytes ?? 0
    this.report = report
  }

  end(): Committed {
    return { segment: this.#segments.length, toByte: this.#endByte }
  }

  async append(records: readonly LogRecord[]): Promise<readonly Position[]> {
    if (this.#broken !== undefined) throw this.#broken
    if (this.#endByte >= this.#options.segmentBytes) await this.#roll()
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
    return positions
  }

  async read(position: Position): Promise<LogRecord> {
    const path = join(this.#options.folder, segmentName(position.segment))
    const bytes = await this.#readers.read(path, position.atByte, position.sizeBytes)
    const found = decodeRecord(Buffer.from(bytes), 0)
    if (found.kind === 'record') return found.record
    throw new DataError(
      'damaged',
      `The log file ${path} is damaged at byte ${position.atByte}: it was sound when it was opened. Restore it from a backup.`,
    )
  }

  async close(): Promise<void> {
    await this.#readers.close()
    await this.#tail().file.close()
  }

  #tail(): Segment {
    const tail = this.#segments.at(-1)
    if (tail === undefined) throw new DataError('closed', 'The log has no segment.')
    return tail
  }

  async #roll(): Promise<void> {
    const segment = await createSegment(this.#options, this.#segments.length + 1).catch((cause: unknown) => {
      throw this.#full(cause)
    })
    await this.#guard(syncSegment(this.#options, segment), 'sync')
    await this.#tail().file.close()
    this.#segments.push(segment)
    this.#endByte = segmentHead.length
  }

  async #write(bytes: Uint8Array, atByte: number): Promise<void> {
    const { file } = this.#tail()
    try {
      await file.write(bytes, atByte)
    } catch (cause) {
      await this.#guard(file.truncate(atByte), 'truncate', cause)
      await this.#guard(file.sync(), 'sync', cause)
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
