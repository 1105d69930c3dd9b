import { emptyRoot, nodeHash, type Hash } from './hash.ts'

/** A growing tree, of which only the roots of its perfect subtrees are kept: an append costs as many hashes as the tree is high. */
export interface Frontier {
  /** Leaves so far. */
  readonly size: number
  /** Roots of the perfect subtrees, the largest first; with `size` they are all that has to be stored. */
  readonly peaks: readonly Hash[]
  add(leaf: Hash): Promise<void>
  root(): Promise<Hash>
}

/** A tree to append to, empty or as it was stored. */
export function createFrontier(stored: { readonly size: number; readonly peaks: readonly Hash[] } = { size: 0, peaks: [] }): Frontier {
  const peaks = [...stored.peaks]
  let size = stored.size
  return {
    get size() {
      return size
    },
    get peaks() {
      return [...peaks]
    },
    async add(leaf) {
      let hash = leaf
      // Every trailing one bit of the size is a subtree as large as the one that has just been made.
      for (let bit = size; bit % 2 === 1; bit = (bit - 1) / 2) hash = await nodeHash(peaks.pop() ?? '', hash)
      peaks.push(hash)
      size += 1
    },
    root: () => rootOf(peaks),
  }
}

async function rootOf(peaks: readonly Hash[]): Promise<Hash> {
  let root = peaks.at(-1)
  if (root === undefined) return emptyRoot()
  for (const peak of peaks.slice(0, -1).toReversed()) root = await nodeHash(peak, root)
  return root
}

/** Root of the tree over leaf hashes (RFC 9162, section 2.1.1). */
export async function merkleRoot(leafHashes: readonly Hash[]): Promise<Hash> {
  const frontier = createFrontier()
  for (const leaf of leafHashes) await frontier.add(leaf)
  return frontier.root()
}
