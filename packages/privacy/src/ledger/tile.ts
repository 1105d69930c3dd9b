import { joined, type Hash } from './hash.ts'
import { toHex } from '../consent/encoding.ts'

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256
const hashBytes = 32

/** A piece of a tree as C2SP tlog-tiles serves it: hashes of a level, or the entries themselves. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  /** 256 for a full one. */
  readonly width: number
}

/** Where a tile is served: `tile/0/x001/234`, a partial one with `.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g) ?? []
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`
}

/** The tile at a path; undefined where none is spelled so. */
export function parseTilePath(path: string): Tile | undefined {
  const [, name, groups = '', last = '', part] = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  if (name === undefined) return undefined
  const level = name === 'entries' ? ('entries' as const) : Number(name)
  const tile = { level, index: Number(groups.replaceAll(/[x/]/g, '') + last), width: part === undefined ? tileWidth : Number(part) }
  // One spelling for each: no leading zeros, no level beyond what a tree can have, no empty and no full partial tile.
  const known = Number.isSafeInteger(tile.index) && tile.width > 0 && (level === 'entries' || level <= 63)
  return known && (part === undefined || tile.width < tileWidth) && tilePath(tile) === path ? tile : undefined
}

/** The hashes of a tile; undefined where its bytes are not so many hashes. */
export function tileHashes(bytes: Uint8Array, width: number): readonly Hash[] | undefined {
  if (bytes.length !== width * hashBytes) return undefined
  return Array.from({ length: width }, (_, place) => toHex(bytes.subarray(place * hashBytes, (place + 1) * hashBytes)))
}

/** Entries one after another, each with its length in two bytes before it. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joined(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]))
}

/** The entries of a bundle as texts; undefined where its bytes are not so many entries. */
export function decodeBundle(bytes: Uint8Array, width: number): readonly string[] | undefined {
  const entries: string[] = []
  const text = new TextDecoder()
  let at = 0
  while (at + 2 <= bytes.length) {
    const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    if (end > bytes.length) return undefined
    entries.push(text.decode(bytes.subarray(at + 2, end)))
    at = end
  }
  return at === bytes.length && entries.length === width ? entries : undefined
}
