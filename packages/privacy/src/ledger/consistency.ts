import { PrivacyError } from '../error.ts'
import { merkleRoot } from './frontier.ts'
import { nodeHash, type Hash } from './hash.ts'
import { splitOf } from './inclusion.ts'

/** Proof that the tree over the first `oldSize` leaf hashes is the beginning of the tree over all of them (RFC 9162, section 2.1.4.1). */
export async function consistencyProof(leafHashes: readonly Hash[], oldSize: number): Promise<readonly Hash[]> {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leafHashes.length)
    throw new PrivacyError('OVT-1121', `a tree of ${leafHashes.length} had no size ${oldSize}`)
  return oldSize === 0 || oldSize === leafHashes.length ? [] : subproof(leafHashes, oldSize, true)
}

/** `whole`: the old tree is a subtree that the verifier knows the root of already. */
async function subproof(leafHashes: readonly Hash[], oldSize: number, whole: boolean): Promise<readonly Hash[]> {
  if (oldSize === leafHashes.length) return whole ? [] : [await merkleRoot(leafHashes)]
  const split = splitOf(leafHashes.length)
  const left = leafHashes.slice(0, split)
  const right = leafHashes.slice(split)
  return oldSize <= split
    ? [...(await subproof(left, oldSize, whole)), await merkleRoot(right)]
    : [...(await subproof(right, oldSize - split, false)), await merkleRoot(left)]
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
