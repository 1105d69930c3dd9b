import { encodeBundle, isBare, tileWidth, type Tile } from '@overt/privacy/ledger'

import type { DiskFile } from './disk.ts'
import { Frontier } from './frontier.ts'
import { leafOf } from './ledger-entry.ts'
import { leafAt, leafBytes } from './ledger-files.ts'

/** What tiles are cut from: the ledger's two files as far as they are on the device. */
export interface TileSource {
  readonly entries: Pick<DiskFile, 'read'>
  readonly leaves: Pick<DiskFile, 'read'>
  size(): number
  /** Where the first entry of a bundle begins in the file of entries, in bytes; the file's end beyond the last. */
  bundleAtByte(index: number): number
}

/** Cuts tiles and entry bundles (C2SP tlog-tiles) from a ledger. */
export class Tiles {
  readonly #source: TileSource
  /** Roots of full tiles, by level and index: they never change. */
  readonly #roots = new Map<string, Promise<Buffer>>()

  constructor(source: TileSource) {
    this.#source = source
  }

  /** The bytes of a tile; undefined where the tree has none such yet, and of bundles from before version 2, whose leaves told about people. */
  async read(tile: Tile): Promise<Uint8Array | undefined> {
    const { level, index, width } = tile
    const across = Math.floor(this.#source.size() / tileWidth ** (level === 'entries' ? 0 : level))
    if (index * tileWidth + width > across) return undefined
    return level === 'entries' ? this.#bundle(index, width) : this.#hashes(level, index, width)
  }

  async #bundle(index: number, width: number): Promise<Uint8Array | undefined> {
    const from = this.#source.bundleAtByte(index)
    const bytes = await this.#source.entries.read(from, this.#source.bundleAtByte(index + 1) - from)
    const lines = linesOf(bytes).slice(0, width)
    return lines.some((line) => isBare(line.toString('utf8'))) ? undefined : encodeBundle(lines.map(leafOf))
  }

  async #hashes(level: number, index: number, width: number): Promise<Buffer> {
    const first = index * tileWidth
    if (level === 0) return this.#source.leaves.read(first * leafBytes, width * leafBytes)
    return Buffer.concat(await Promise.all(Array.from({ length: width }, (_, place) => this.#root(level - 1, first + place))))
  }

  #root(level: number, index: number): Promise<Buffer> {
    const name = `${level}/${index}`
    const root = this.#roots.get(name) ?? this.#hashes(level, index, tileWidth).then(rootOf)
    this.#roots.set(name, root)
    return root
  }
}

function rootOf(hashes: Buffer): Buffer {
  const frontier = new Frontier()
  for (let place = 0; place < tileWidth; place += 1) frontier.add(leafAt(hashes, place))
  return frontier.root()
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let at = 0, end = bytes.indexOf(10); end !== -1; at = end + 1, end = bytes.indexOf(10, at)) lines.push(bytes.subarray(at, end))
  return lines
}
