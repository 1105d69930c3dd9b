import { promisify } from 'node:util'
import { constants, gunzip, zstdDecompress } from 'node:zlib'

import { type Checked, accept, refuse } from './refusal.ts'

/** Largest body after decompression. */
export const maxBodyBytes = 8 * 1024 * 1024

const maxRatio = 100
/** Below this, a high ratio is no threat: short bodies of few words compress that well. */
const freeBytes = 64 * 1024

const unzip = promisify(gunzip)
const unzstd = promisify(zstdDecompress)

/** The body as the device made it. Output stops growing at the limit: a bomb is never held whole. */
export async function inflate(body: Uint8Array, encoding: string | undefined): Promise<Checked<Uint8Array>> {
  const limitBytes = Math.min(maxBodyBytes, Math.max(freeBytes, body.length * maxRatio))
  if (body.length > maxBodyBytes) return tooLarge()
  try {
    switch ((encoding ?? 'identity').trim().toLowerCase()) {
      case 'identity':
      case '':
        return accept(body)
      case 'gzip':
        return accept(await unzip(body, { maxOutputLength: limitBytes }))
      case 'zstd':
        return accept(await unzstd(body, { maxOutputLength: limitBytes, params: { [constants.ZSTD_d_windowLogMax]: 23 } }))
      default:
        return refuse('encoding', 'The content-encoding is not one of gzip, zstd, identity. Send the batch in one of those, once.')
    }
  } catch (cause) {
    if (isTooLarge(cause)) return tooLarge()
    return refuse('encoding', 'The body does not decompress as its content-encoding says.')
  }
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
}

function tooLarge(): Checked<never> {
  return refuse(
    'too-large',
    `A batch has at most ${maxBodyBytes} bytes after decompression, at a ratio of at most ${maxRatio}:1. Send smaller batches.`,
  )
}
