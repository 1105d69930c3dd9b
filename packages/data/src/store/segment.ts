import { join } from 'node:path'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { type LogRecord, laterWriteFollows } from './record.ts'
import { recordsIn, writtenEnd } from './segment-records.ts'

/** First bytes of every segment file; the number of the format stands in it. */
export const segmentHead: Uint8Array = Buffer.from('OVTSEG02')
/** From version 1: no record was gone. Its files are read as they are. */
const earlierHead: Uint8Array = Buffer.from('OVTSEG01')

/** How a file ends that is to take a segment's place, or to become one: what a crash leaves of it is nothing's. */
export const draftEnding = '.new'

/** Where a record lies. */
export interface Position {
  readonly segment: number
  readonly atByte: number
  readonly sizeBytes: number
}

/** One segment as scanned. */
export interface Segment {
  readonly number: number
  readonly file: DiskFile
  readonly sizeBytes: number
  /** Up to where the file reaches: zeros follow the last record of one that was allocated ahead. */
  readonly allocatedBytes: number
  /** Bytes of a write that a crash cut off, removed; 0 in health. */
  readonly tornBytes: number
}

/** File name of a segment. */
export function segmentName(number: number): string {
  return `${String(number).padStart(8, '0')}.seg`
}

/** What the caller knows to be on disk for sure: a shorter log than this is damage, never a torn tail. */
export interface Committed {
  readonly segment: number
  readonly toByte: number
}

interface ScanRequest {
  readonly disk: Disk
  readonly folder: string
  readonly number: number
  readonly last: boolean
  readonly committed: Committed
  readonly onRecord: (record: LogRecord, position: Position) => void
}

/** Reads one segment from its start. A torn tail of the last one is cut off; any other fault throws and changes nothing. */
export async function scanSegment(request: ScanRequest): Promise<Segment> {
  const path = join(request.folder, segmentName(request.number))
  const file = await request.disk.open(path)
  try {
    return await scanFile(request, file, path)
  } catch (cause) {
    await file.close()
    throw cause
  }
}

async function scanFile(request: ScanRequest, file: DiskFile, path: string): Promise<Segment> {
  const { number } = request
  const allocatedBytes = await file.size()
  const head = await file.read(0, segmentHead.length)
  const headed = head.equals(segmentHead) || head.equals(earlierHead)
  // Records come once the head is on the device: what is no longer than one may be a torn one.
  if (!headed && allocatedBytes <= segmentHead.length) return repairHead(request, file, path, allocatedBytes)
  if (!headed) throw damaged(path, 0, allocatedBytes, 'it does not begin as a segment of this version does')
  const endByte = await scanRecords(request, file, allocatedBytes)
  if (number === request.committed.segment && endByte < request.committed.toByte)
    throw damaged(path, endByte, allocatedBytes, `it was acknowledged up to byte ${request.committed.toByte}`)
  const writtenBytes = await writtenEnd(file, endByte, allocatedBytes)
  // Zeros where records should be would pass for room: only the last file has any.
  if (writtenBytes === endByte && (endByte === allocatedBytes || request.last))
    return { number, file, sizeBytes: endByte, allocatedBytes, tornBytes: 0 }
  if (!request.last || laterWriteFollows(await file.read(0, writtenBytes), endByte))
    throw damaged(path, endByte, allocatedBytes, 'the record there does not match its checksum')
  await file.truncate(endByte)
  await file.sync()
  return { number, file, sizeBytes: endByte, allocatedBytes: endByte, tornBytes: writtenBytes - endByte }
}

async function scanRecords({ number, onRecord }: ScanRequest, file: DiskFile, toByte: number): Promise<number> {
  let atByte = segmentHead.length
  for await (const records of recordsIn(file, atByte, toByte))
    for (const { record, sizeBytes } of records) {
      onRecord({ ...record, sealed: new Uint8Array(0) }, { segment: number, atByte, sizeBytes })
      atByte += sizeBytes
    }
  return atByte
}

async function repairHead(request: ScanRequest, file: DiskFile, path: string, sizeBytes: number): Promise<Segment> {
  if (!request.last || request.committed.segment === request.number)
    throw damaged(path, 0, sizeBytes, 'it does not begin as a segment of this version does')
  await file.truncate(0)
  await file.write(segmentHead, 0)
  await file.sync()
  return { number: request.number, file, sizeBytes: segmentHead.length, allocatedBytes: segmentHead.length, tornBytes: sizeBytes }
}

function damaged(path: string, atByte: number, sizeBytes: number, why: string): DataError {
  return new DataError(
    'damaged',
    `The log file ${path} (${sizeBytes} bytes) is damaged at byte ${atByte}: ${why}. ` +
      'Nothing was changed or thrown away. Copy the data folder, then restore that file from a backup.',
  )
}
