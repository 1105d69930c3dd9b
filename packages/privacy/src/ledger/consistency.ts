import { PrivacyError } from '../error.ts'
import { merkleRoot } from './frontier.ts'
import { nodeHash, type Hash } from './hash.ts'
import { splitOf, type RangeRoot } from './inclusion.ts'

/** Proof that the tree over the first `oldSize` leaf hashes is the beginning of the tree over all of them (RFC 9162, section 2.1.4.1). */
export async function consistencyProof(leafHashes: readonly Hash[], oldSize: number): Promise<readonly Hash[]> {
  return consistencyFrom((start, end) => merkleRoot(leafHashes.slice(start, end)), leafHashes.length, oldSize)
}

/** The same proof, from the roots of subtrees. */
export async function consistencyFrom(root: RangeRoot, size: number, oldSize: number): Promise<readonly Hash[]> {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > size)
    throw new PrivacyError('OVT-1121', `a tree of ${size} had no size ${oldSize}`)
  if (oldSize === 0 || oldSize === size) return []
  const proof: Hash[] = []
  let [start, end] = [0, size]
  // Where the old tree is a whole subtree from the start on, the verifier knows its root already.
  while (end !== oldSize) {
    const middle = start + splitOf(end - start)
    const below = oldSize <= middle
    proof.unshift(await (below ? root(middle, end) : root(start, middle)))
    if (below) end = middle
    else start = middle
  }
  return start === 0 ? proof : [await root(start, end), ...proof]
}

/** Whether a proof shows that the old tree is the beginning of the new one (RFC 9162, section 2.1.4.2). The empty tree begins every tree. */
export async function verifyConsistency(claim: {
  readonly oldSize: number
  readonly oldRoot: Hash
  readonly newSize: number
  readonly newRoot: Hash
  readonly proof: readonly Hash[]
}): Promise<boolean> {
  const { oldSize, newSize, proof } = claim
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && claim.oldRoot === claim.newRoot
  if (oldSize === 0) return proof.length === 0 && claim.oldRoot === (await merkleRoot([]))
  // Where the old tree is perfect, the proof leaves out its root.
  const path = isPowerOfTwo(oldSize) ? [claim.oldRoot, ...proof] : proof
  const roots = await climb(path, oldSize - 1, newSize - 1)
  return roots !== undefined && roots.oldRoot === claim.oldRoot && roots.newRoot === claim.newRoot
}

async function climb(path: readonly Hash[], oldLast: number, newLast: number): Promise<{ oldRoot: Hash; newRoot: Hash } | undefined> {
  let [node, last] = [oldLast, newLast]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  const [first, ...rest] = path
  if (first === undefined) return undefined
  let [oldRoot, newRoot] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return undefined
    if (node % 2 === 1 || node === last) {
      oldRoot = await nodeHash(sibling, oldRoot)
      newRoot = await nodeHash(sibling, newRoot)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else newRoot = await nodeHash(newRoot, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 ? { oldRoot, newRoot } : undefined
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size))
}

function half(number: number): number {
  return Math.floor(number / 2)
}
