import { sha256, toHex } from '../consent/encoding.ts'

/** A SHA-256 hash in lower-case hexadecimal. */
export type Hash = string

/** Hash of a leaf: SHA-256 of a zero byte and the leaf (RFC 9162, section 2.1.1). */
export async function leafHash(leaf: Uint8Array): Promise<Hash> {
  return toHex(await sha256(joined(Uint8Array.of(0), leaf)))
}

/** Hash of a node: SHA-256 of a one byte and its two children. */
export async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  return toHex(await sha256(joined(Uint8Array.of(1), fromHex(left), fromHex(right))))
}

/** Root of the tree without leaves: the hash of nothing. */
export async function emptyRoot(): Promise<Hash> {
  return toHex(await sha256(new Uint8Array()))
}

/** Bytes of a hexadecimal text; what is no hexadecimal becomes no bytes, which no hash equals. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return new Uint8Array()
  const bytes = new Uint8Array(text.length / 2)
  for (let place = 0; place < bytes.length; place += 1) bytes[place] = digit(text, 2 * place) * 16 + digit(text, 2 * place + 1)
  return bytes
}

function digit(text: string, place: number): number {
  const code = text.charCodeAt(place)
  return code < 58 ? code - 48 : code - 87
}

/** Bytes one after another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
