import { crc32 } from 'node:zlib'

/** What a record of the log holds. */
export type RecordKind = 'batch' | 'episode'

/** One record of the log: hashes that mean nothing without the tenant's key, and a ciphertext. */
export interface LogRecord {
  readonly kind: RecordKind
  /** Keyed hash of the batch's or episode's id, hexadecimal, 32 bytes. */
  readonly idHash: string
  /** Keyed hash of the content as received, hexadecimal, 32 bytes. */
  readonly contentHash: string
  readonly sealed: Uint8Array
}

/** What a scan found at an offset. */
export type Scanned =
  | { readonly kind: 'record'; readonly record: LogRecord; readonly sizeBytes: number }
  | { readonly kind: 'short' }
  | { readonly kind: 'bad' }

/** Longest record that can be meant; anything longer is damage. */
export const maxRecordBytes = 64 * 1024 * 1024

/** Marker, length and checksum before every record. */
export const frameBytes = 12

const marker = 0x3152564f
const fixedBytes = 1 + 32 + 32
const kinds: readonly RecordKind[] = ['batch', 'episode']

/** Bytes of a record: marker, length, CRC-32 of length and body; body: kind, two hashes, ciphertext. Little-endian. */
export function encodeRecord(record: LogRecord): Buffer {
  const bodyBytes = fixedBytes + record.sealed.length
  const bytes = Buffer.allocUnsafe(frameBytes + bodyBytes)
  bytes.writeUInt32LE(marker, 0)
  bytes.writeUInt32LE(bodyBytes, 4)
  bytes.writeUInt8(kinds.indexOf(record.kind), frameBytes)
  bytes.write(record.idHash, frameBytes + 1, 'hex')
  bytes.write(record.contentHash, frameBytes + 33, 'hex')
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
  return { kind: 'record', record: bodyOf(frame, kind), sizeBytes: frame.length }
}

function bodyOf(frame: Buffer, kind: RecordKind): LogRecord {
  return {
    kind,
    idHash: frame.toString('hex', frameBytes + 1, frameBytes + 33),
    contentHash: frame.toString('hex', frameBytes + 33, frameBytes + fixedBytes),
    sealed: frame.subarray(frameBytes + fixedBytes),
  }
}

function checksum(frame: Buffer, bodyBytes: number): number {
  return crc32(frame.subarray(frameBytes, frameBytes + bodyBytes), crc32(frame.subarray(4, 8)))
}

/** True where a whole, sound record begins anywhere from this offset on: what lies before it is damage, not a torn tail. */
export function recordFollows(bytes: Buffer, fromByte: number): boolean {
  const needle = Buffer.alloc(4)
  needle.writeUInt32LE(marker, 0)
  for (let at = bytes.indexOf(needle, fromByte); at !== -1; at = bytes.indexOf(needle, at + 1))
    if (decodeRecord(bytes, at).kind === 'record') return true
  return false
}
