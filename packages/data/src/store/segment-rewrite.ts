import { join } from 'node:path'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { type LogRecord, decodeRecord, encodeRecord, remainderOf } from './record.ts'
import { type Position, draftEnding, segmentHead, segmentName } from './segment.ts'

const windowBytes = 1024 * 1024

/** A segment that is not written to any more. */
export interface SealedSegment {
  readonly disk: Disk
  readonly folder: string
  readonly number: number
  /** Up to where it holds records. */
  readonly sizeBytes: number
  /** Returns once a file lies on the device. */
  readonly sync: (file: DiskFile) => Promise<void>
}

/** A record and where it lies now. */
export interface Placed {
  readonly record: LogRecord
  readonly position: Position
}

/** A segment written anew, which lies beside the one whose place it is to take. */
export interface Draft {
  readonly path: string
  readonly sizeBytes: number
  /** Ciphertexts that are not in it any more. */
  readonly removed: number
  /** Without their ciphertexts. */
  readonly placed: readonly Placed[]
}

/**
 * Writes a sealed segment anew beside itself, without the ciphertexts of records that are not alive: of those it keeps that they were there. Synced, and not in its place yet.
 * Throws where a record does not read; whatever is thrown, the segment is as it was.
 */
export async function draftSegment(segment: SealedSegment, isAlive: (idHash: string) => boolean): Promise<Draft> {
  const path = join(segment.folder, segmentName(segment.number))
  const draftPath = `${path}${draftEnding}`
  const from = await segment.disk.open(path)
  const to = await segment.disk.open(draftPath)
  try {
    await to.truncate(0)
    return { path: draftPath, ...(await copy(segment, from, to, isAlive)) }
  } finally {
    await from.close()
    await to.close()
  }
}

async function copy(
  segment: SealedSegment,
  from: DiskFile,
  to: DiskFile,
  isAlive: (idHash: string) => boolean,
): Promise<Omit<Draft, 'path'>> {
  const placed: Placed[] = []
  let waiting: Uint8Array[] = [segmentHead]
  let [writtenBytes, sizeBytes, removed] = [0, segmentHead.length, 0]
  const flush = async (): Promise<void> => {
    await to.write(Buffer.concat(waiting), writtenBytes)
    writtenBytes = sizeBytes
    waiting = []
  }
  for await (const found of recordsOf(segment, from)) {
    const dead = found.kind !== 'gone' && !isAlive(found.idHash)
    const record = dead ? remainderOf(found) : found
    // The whole file is one write: nothing of it counts before all is synced.
    const frame = encodeRecord(record, segmentHead.length)
    placed.push({
      record: { ...record, sealed: new Uint8Array(0) },
      position: { segment: segment.number, atByte: sizeBytes, sizeBytes: frame.length },
    })
    waiting.push(frame)
    sizeBytes += frame.length
    if (dead) removed += 1
    if (sizeBytes - writtenBytes >= windowBytes) await flush()
  }
  await flush()
  await segment.sync(to)
  return { sizeBytes, removed, placed }
}

/** The records of a segment, in order, without holding more than a few of them. */
async function* recordsOf({ folder, number, sizeBytes }: SealedSegment, file: DiskFile): AsyncGenerator<LogRecord> {
  let atByte = segmentHead.length
  for (let window = windowBytes; atByte < sizeBytes;) {
    const bytes = Buffer.from(await file.read(atByte, Math.min(window, sizeBytes - atByte)))
    let taken = 0
    for (let found = decodeRecord(bytes, 0); found.kind === 'record'; found = decodeRecord(bytes, taken)) {
      yield found.record
      taken += found.sizeBytes
    }
    // A record may be larger than the window, and not than what is left of the file.
    if (taken === 0 && (bytes.length < window || bytes.length === sizeBytes - atByte))
      throw unreadable(join(folder, segmentName(number)), atByte)
    window = taken === 0 ? window * 2 : windowBytes
    atByte += taken
  }
}

function unreadable(path: string, atByte: number): DataError {
  return new DataError(
    'damaged',
    `The log file ${path} is damaged at byte ${atByte}: it was sound when it was opened. Nothing was changed. Restore it from a backup.`,
  )
}
