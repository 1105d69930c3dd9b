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
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
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
