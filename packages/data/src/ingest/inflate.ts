import { promisify } from 'node:util'
import { constants, crc32, gunzip, gunzipSync, inflateRawSync, zstdDecompress } from 'node:zlib'

import { type Checked, type Refusal, accept, refuse } from './refusal.ts'

/** Largest body after decompression. */
export const maxBodyBytes = 8 * 1024 * 1024

const maxRatio = 100
/** Below this, a high ratio is no threat: short bodies of few words compress that well. */
const freeBytes = 64 * 1024

/** Up to here a body is decompressed at once: a thread costs more than the work, which ends at a hundred times as much. */
const smallBytes = 64 * 1024
const gzipHeadBytes = 10
const gzipTailBytes = 8
const leastChunkBytes = 1_024

const unzip = promisify(gunzip)
const unzstd = promisify(zstdDecompress)

/** A body as the device made it. `packed`: as it came, where that is gzip of this and of nothing else. */
export interface Inflated {
  readonly bytes: Uint8Array
  readonly packed?: Uint8Array
}

/** The body as the device made it. Output stops growing at the limit: a bomb is never held whole. */
export async function inflate(body: Uint8Array, encoding: string | undefined): Promise<Checked<Inflated>> {
  const limitBytes = Math.min(maxBodyBytes, Math.max(freeBytes, body.length * maxRatio))
  if (body.length > maxBodyBytes) return tooLarge()
  try {
    switch ((encoding ?? 'identity').trim().toLowerCase()) {
      case 'identity':
      case '':
        return accept({ bytes: body })
      case 'gzip':
        return accept(await inflateGzip(body, limitBytes))
      case 'zstd':
        return accept({ bytes: await unzstd(body, { maxOutputLength: limitBytes, params: { [constants.ZSTD_d_windowLogMax]: 23 } }) })
      default:
        return refuse('encoding', 'The content-encoding is not one of gzip, zstd, identity. Send the batch in one of those, once.')
    }
  } catch (cause) {
    if (isTooLarge(cause)) return tooLarge()
    return refuse('encoding', 'The body does not decompress as its content-encoding says.')
  }
}

async function inflateGzip(body: Uint8Array, limitBytes: number): Promise<Inflated> {
  if (body.length > smallBytes) return { bytes: await unzip(body, { maxOutputLength: limitBytes }) }
  return inflateMember(body, limitBytes) ?? { bytes: gunzipSync(body, { maxOutputLength: limitBytes }) }
}

/** One gzip member (RFC 1952) with neither name, comment nor extra field, and nothing behind it: what a browser makes. Undefined for any other body. */
function inflateMember(body: Uint8Array, limitBytes: number): Inflated | undefined {
  const head = Buffer.from(body.buffer, body.byteOffset, body.length)
  if (head.length < gzipHeadBytes + gzipTailBytes || head.readUInt32BE(0) !== 0x1f8b0800) return undefined
  const deflated = body.subarray(gzipHeadBytes, body.length - gzipTailBytes)
  const tail = head.subarray(head.length - gzipTailBytes)
  // The tail says how long it will be: in one piece it is not copied together again. A lie costs a device no more than the limit.
  const chunkSize = Math.max(leastChunkBytes, Math.min(tail.readUInt32LE(4) + 1, limitBytes))
  const options = { maxOutputLength: limitBytes, chunkSize, info: true }
  const { buffer, engine } = inflateRawSync(deflated, options) as unknown as Informed // as: the types of zlib leave `info` out
  const whole = engine.bytesWritten === deflated.length && tail.readUInt32LE(0) === crc32(buffer) && tail.readUInt32LE(4) === buffer.length
  return whole ? { bytes: buffer, packed: body } : undefined
}

interface Informed {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
}

/** What a body is told that is longer than a batch may be. */
export function tooLarge(): Refusal {
  return refuse(
    'too-large',
    `A batch has at most ${maxBodyBytes} bytes after decompression, at a ratio of at most ${maxRatio}:1. Send smaller batches.`,
  )
}
