import { gunzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** A record's bytes as they go under its key. */
export function pack(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes)
}

/** The bytes of a record: packed here, or by the device that sent them, as gzip. */
export function unpack(packed: Uint8Array): Buffer {
  return packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : zstdDecompressSync(packed)
}
