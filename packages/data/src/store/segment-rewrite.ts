import { join } from 'node:path'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { type LogRecord, encodeRecord, remainderOf } from './record.ts'
import { type Position, draftEnding, segmentHead, segmentName } from './segment.ts'
import { recordsIn } from './segment-records.ts'

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
  let [readBytes, sizeBytes, removed] = [segmentHead.length, segmentHead.length, 0]
  await to.write(segmentHead, 0)
  for await (const records of recordsIn(from, readBytes, segment.sizeBytes)) {
    const [frames, fromByte]: [Buffer[], number] = [[], sizeBytes]
    for (const found of records) {
      const dead = found.record.kind !== 'gone' && !isAlive(found.record.idHash)
      const record = dead ? remainderOf(found.record) : found.record
      // The whole file is one write: nothing of it counts before all is synced.
      const frame = encodeRecord(record, segmentHead.length)
      placed.push({
        record: { ...record, sealed: new Uint8Array(0) },
        position: { segment: segment.number, atByte: sizeBytes, sizeBytes: frame.length },
      })
      frames.push(frame)
      readBytes += found.sizeBytes
      sizeBytes += frame.length
      if (dead) removed += 1
    }
    await to.write(Buffer.concat(frames), fromByte)
  }
  if (readBytes < segment.sizeBytes) throw unreadable(join(segment.folder, segmentName(segment.number)), readBytes)
  await segment.sync(to)
  return { sizeBytes, removed, placed }
}

function unreadable(path: string, atByte: number): DataError {
  return new DataError(
    'damaged',
    `The log file ${path} is damaged at byte ${atByte}: it was sound when it was opened. Nothing was changed. Restore it from a backup.`,
  )
}
