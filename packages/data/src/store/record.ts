import { crc32 } from 'node:zlib'

/** What a record of the log holds. */
export type RecordKind = 'batch' | 'episode'

/** One record of the log: hashes that mean nothing without the tenant's key, and a ciphertext. */
export interface LogRecord {
  /** `gone`: its ciphertext was removed after its key; it stays so that it is not taken anew. */
  readonly kind: RecordKind | 'gone'
  /** Keyed hash of the batch's or episode's id, hexadecimal, 32 bytes. */
  readonly idHash: string
  /** Keyed hash of the content as received, hexadecimal, 32 bytes. */
  readonly contentHash: string
  readonly sealed: Uint8Array
}

/** What a scan found at an offset. */
export type Scanned =
  | { readonly kind: 'record'; readonly record: LogRecord; readonly sizeBytes: number; readonly writeAtByte: number }
  | { readonly kind: 'short' }
  | { readonly kind: 'bad' }

/** Longest record that can be meant; anything longer is damage. */
export const maxRecordBytes = 64 * 1024 * 1024

const marker = 0x3152564f
/** Marker, length and checksum before every record. */
const frameBytes = 12
const hashesAt = frameBytes + 5
const fixedBytes = 5 + 32 + 32
const kinds: readonly LogRecord['kind'][] = ['batch', 'episode', 'gone']

/**
 * Bytes of a record: marker, length, CRC-32 of length and body; body: kind, where its write began, two hashes, ciphertext. Little-endian.
 * `writeAtByte`: offset of the first record that was written, and synced, together with this one.
 */
export function encodeRecord(record: LogRecord, writeAtByte: number): Buffer {
  const bodyBytes = fixedBytes + record.sealed.length
  const bytes = Buffer.allocUnsafe(frameBytes + bodyBytes)
  bytes.writeUInt32LE(marker, 0)
  bytes.writeUInt32LE(bodyBytes, 4)
  bytes.writeUInt8(kinds.indexOf(record.kind), frameBytes)
  bytes.writeUInt32LE(writeAtByte, frameBytes + 1)
  bytes.write(record.idHash, hashesAt, 'hex')
  bytes.write(record.contentHash, hashesAt + 32, 'hex')
  bytes.set(record.sealed, frameBytes + fixedBytes)
  bytes.writeUInt32LE(checksum(bytes, bodyBytes), 8)
  return bytes
}

/** Reads the record at an offset: `short` where the bytes end before it does, `bad` where the marker, length, checksum or kind is wrong. */
export function decodeRecord(bytes: Buffer, atByte: number): Scanned {
  const rest = bytes.length - atByte
  if (rest < frameBytes) return { kind: 'short' }
  const bodyBytes = bytes.readUInt32LE(atByte + 4)
  if (bytes.readUInt32LE(atByte) !== marker || bodyBytes < fixedBytes || bodyBytes > maxRecordBytes) return { kind: 'bad' }
  if (rest < frameBytes + bodyBytes) return { kind: 'short' }
  const frame = bytes.subarray(atByte, atByte + frameBytes + bodyBytes)
  const kind = kinds[frame.readUInt8(frameBytes)]
  if (checksum(frame, bodyBytes) !== frame.readUInt32LE(8) || kind === undefined) return { kind: 'bad' }
  return { kind: 'record', record: bodyOf(frame, kind), sizeBytes: frame.length, writeAtByte: frame.readUInt32LE(frameBytes + 1) }
}

/** What stays of a record in the log once its key is destroyed. */
export function remainderOf(record: LogRecord): LogRecord {
  return { ...record, kind: 'gone', sealed: new Uint8Array(0) }
}

function bodyOf(frame: Buffer, kind: LogRecord['kind']): LogRecord {
  return {
    kind,
    idHash: frame.toString('hex', hashesAt, hashesAt + 32),
    contentHash: frame.toString('hex', hashesAt + 32, hashesAt + 64),
    sealed: frame.subarray(frameBytes + fixedBytes),
  }
}

function checksum(frame: Buffer, bodyBytes: number): number {
  return crc32(frame.subarray(frameBytes, frameBytes + bodyBytes), crc32(frame.subarray(4, 8)))
}

/**
 * True where a sound record follows whose write began after this offset: by then all before it was synced, so what does not read here is damage.
 * Sound records of the same write prove nothing: a disk may bring the end of a write to the device and not its beginning.
 */
export function laterWriteFollows(bytes: Buffer, afterByte: number): boolean {
  const needle = Buffer.alloc(4)
  needle.writeUInt32LE(marker, 0)
  for (let at = bytes.indexOf(needle, afterByte + 1); at !== -1; at = bytes.indexOf(needle, at + 1)) {
    const found = decodeRecord(bytes, at)
    if (found.kind === 'record' && found.writeAtByte > afterByte) return true
  }
  return false
}
