import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** SHA-256 and size of a file, read in chunks. Throws where it can't be read. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path)) {
    const bytes: Buffer = chunk
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

/** A pseudonym: the first 32 hexadecimal digits of an HMAC under the release's salt, which is kept nowhere. */
export function pseudonym(salt: Uint8Array, kind: 'person' | 'episode' | 'receipt', id: string): string {
  return createHmac('sha256', salt).update(`${kind}\0${id}`).digest('hex').slice(0, 32)
}

/** A number in [0, 1) that depends on the seed and the text alone. */
export function draw01(seed: number, text: string): number {
  return Number.parseInt(sha256(`${seed}\0${text}`).slice(0, 12), 16) / 2 ** 48
}
