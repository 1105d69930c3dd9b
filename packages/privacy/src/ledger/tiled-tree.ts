import { PrivacyError } from '../error.ts'
import { consistencyFrom } from './consistency.ts'
import { emptyRoot, nodeHash, type Hash } from './hash.ts'
import { inclusionFrom, splitOf } from './inclusion.ts'
import { tileHashes, tilePath, tileWidth } from './tile.ts'

/** Gives the bytes at a path of a log, as `tile/0/000`; throws where there are none. */
export type ReadTile = (path: string) => Promise<Uint8Array>

/** A tree of which only the tiles that a question needs are read. What it gives proves nothing by itself: its roots have to be those of signed checkpoints. */
export interface TiledTree {
  readonly size: number
  root(): Promise<Hash>
  /** Proof that the tree began with so many leaves. */
  consistency(oldSize: number): Promise<readonly Hash[]>
  /** Proof that a leaf is in it. */
  inclusion(index: number): Promise<readonly Hash[]>
  /** The hash of a leaf. */
  leaf(index: number): Promise<Hash>
  /** Roots of the perfect subtrees, the largest first: what a frontier goes on from. */
  peaks(): Promise<readonly Hash[]>
}

/** The tree of a size in a log. Throws `PrivacyError` (`OVT-1124`) where a tile is not one. */
export function tiledTree(size: number, readTile: ReadTile): TiledTree {
  const known = new Map<string, Promise<readonly Hash[]>>()
  const read = async (path: string, width: number): Promise<readonly Hash[]> => {
    const hashes = tileHashes(await readTile(path), width)
    if (hashes === undefined) throw new PrivacyError('OVT-1124', `${path} is not a tile of ${width} hashes`)
    return hashes
  }
  const tileOf = (level: number, index: number): Promise<readonly Hash[]> => {
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth)
    const path = tilePath({ level, index, width })
    const hashes = known.get(path) ?? read(path, width)
    known.set(path, hashes)
    return hashes
  }
  /** Root of the perfect subtree of 2^height leaves that is the index-th of its size. */
  const perfect = async (height: number, index: number): Promise<Hash> => {
    const level = Math.floor(height / 8)
    const count = 2 ** (height - level * 8)
    const hashes = await tileOf(level, Math.floor((index * count) / tileWidth))
    return climb(hashes.slice((index * count) % tileWidth, ((index * count) % tileWidth) + count))
  }
  const range = async (start: number, end: number): Promise<Hash> => {
    const count = end - start
    if (count === 0) return emptyRoot()
    if (Number.isInteger(Math.log2(count)) && start % count === 0) return perfect(Math.log2(count), start / count)
    const middle = start + splitOf(count)
    return nodeHash(await range(start, middle), await range(middle, end))
  }
  return {
    size,
    root: () => range(0, size),
    consistency: (oldSize) => consistencyFrom(range, size, oldSize),
    inclusion: (index) => inclusionFrom(range, size, index),
    leaf: (index) => perfect(0, index),
    peaks: () => Promise.all(peakRanges(size).map(([start, end]) => range(start, end))),
  }
}

async function climb(hashes: readonly Hash[]): Promise<Hash> {
  const [first = '', ...rest] = hashes
  if (rest.length === 0) return first
  const half = hashes.length / 2
  return nodeHash(await climb(hashes.slice(0, half)), await climb(hashes.slice(half)))
}

function peakRanges(size: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (let start = 0; start < size;) {
    const count = 2 ** Math.floor(Math.log2(size - start))
    ranges.push([start, start + count])
    start += count
  }
  return ranges
}
