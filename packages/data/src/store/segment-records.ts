import type { DiskFile } from './disk.ts'
import { type Scanned, decodeRecord } from './record.ts'

/** A record as it was read. */
export type Found = Extract<Scanned, { readonly kind: 'record' }>

/** How much of a file is held at a time, where no record is larger. */
export const windowBytes = 1024 * 1024

/** The records of a file from one offset to another, in order, as many at a time as a window holds; ends before the first that does not read. */
export async function* recordsIn(file: DiskFile, fromByte: number, toByte: number): AsyncGenerator<readonly Found[]> {
  let window = windowBytes
  for (let atByte = fromByte; atByte < toByte;) {
    const bytes = await file.read(atByte, Math.min(window, toByte - atByte))
    const records: Found[] = []
    let taken = 0
    let next = decodeRecord(bytes, 0)
    for (; next.kind === 'record'; next = decodeRecord(bytes, taken)) {
      records.push(next)
      taken += next.sizeBytes
    }
    yield records
    if (next.kind === 'bad' || bytes.length < window) return
    atByte += taken
    // A record may be larger than the window.
    window = taken === 0 ? window * 2 : windowBytes
  }
}

/** Where the zeros begin that a file ends with, at `fromByte` or later. */
export async function writtenEnd(file: DiskFile, fromByte: number, toByte: number): Promise<number> {
  let endByte = fromByte
  for (let atByte = fromByte; atByte < toByte; atByte += windowBytes) {
    const bytes = await file.read(atByte, Math.min(windowBytes, toByte - atByte))
    const last = lastWritten(bytes)
    if (last >= 0) endByte = atByte + last + 1
  }
  return endByte
}

const zeros = Buffer.alloc(windowBytes)

function lastWritten(bytes: Buffer): number {
  return bytes.equals(zeros.subarray(0, bytes.length)) ? -1 : bytes.findLastIndex((byte) => byte !== 0)
}
