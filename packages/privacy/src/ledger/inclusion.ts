import { PrivacyError } from '../error.ts'
import { merkleRoot } from './frontier.ts'
import { nodeHash, type Hash } from './hash.ts'

/** Root of the tree over the leaves from one index to before another. */
export type RangeRoot = (start: number, end: number) => Promise<Hash>

/** Proof that a leaf is in the tree over these leaf hashes (RFC 9162, section 2.1.3.1): the siblings on the way up. */
export async function inclusionProof(leafHashes: readonly Hash[], index: number): Promise<readonly Hash[]> {
  return inclusionFrom((start, end) => merkleRoot(leafHashes.slice(start, end)), leafHashes.length, index)
}

/** The same proof, from the roots of subtrees. */
export async function inclusionFrom(root: RangeRoot, size: number, index: number): Promise<readonly Hash[]> {
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new PrivacyError('OVT-1120', `leaf ${index} is not in a tree of ${size}`)
  const proof: Hash[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    const below = index < middle
    proof.unshift(await (below ? root(middle, end) : root(start, middle)))
    if (below) end = middle
    else start = middle
  }
  return proof
}

/** The largest power of two smaller than a size. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** Whether a proof shows that a leaf is at an index of the tree with this size and root (RFC 9162, section 2.1.3.2). */
export async function verifyInclusion(claim: {
  readonly leafHash: Hash
  readonly index: number
  readonly size: number
  readonly root: Hash
  readonly proof: readonly Hash[]
}): Promise<boolean> {
  const { index, size, proof } = claim
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let node = index
  let last = size - 1
  let hash = claim.leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else hash = await nodeHash(hash, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 && hash === claim.root
}

/** Sizes go beyond 32 bits, so no shift. */
function half(number: number): number {
  return Math.floor(number / 2)
}
