import { assert, asyncProperty, integer, nat } from 'fast-check'
import { expect, test } from 'vitest'

import { consistencyProof, verifyConsistency } from './consistency.ts'
import { createFrontier, merkleRoot } from './frontier.ts'
import { leafHash, nodeHash, type Hash } from './hash.ts'
import { inclusionProof, verifyInclusion } from './inclusion.ts'

const leaves: readonly Hash[] = await Promise.all(
  Array.from({ length: 200 }, (_, index) => leafHash(Uint8Array.of(index % 256, index >> 8))),
)
const flip = (hash: Hash) => (hash.startsWith('0') ? '1' : '0') + hash.slice(1)

/** RFC 9162's own definition, by recursion. */
async function definition(hashes: readonly Hash[]): Promise<Hash> {
  if (hashes.length <= 1) return hashes[0] ?? merkleRoot([])
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(await definition(hashes.slice(0, split)), await definition(hashes.slice(split)))
}

test('L1 the tree has the roots of the known answers', async () => {
  // Roots of Certificate Transparency's own test tree (certificate-transparency, merkletree tests).
  const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const hashes = await Promise.all(data.map((hex) => leafHash(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)))))
  expect(await merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(await merkleRoot(hashes.slice(0, 1))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(await merkleRoot(hashes)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('L1 the incremental root is the recursive one at every size, and can be stored and taken up again', async () => {
  let frontier = createFrontier()
  for (const [size, leaf] of leaves.entries()) {
    const expected = size < 34 || size % 23 === 0 ? await definition(leaves.slice(0, size)) : await frontier.root()
    expect(await frontier.root()).toBe(expected)
    await frontier.add(leaf)
    frontier = createFrontier({ size: frontier.size, peaks: frontier.peaks })
  }
})

test('L2 every inclusion proof holds, and fails with one thing changed', async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: 200 }), nat(), nat(), async (size, at, which) => {
      const tree = leaves.slice(0, size)
      const index = at % size
      const proof = await inclusionProof(tree, index)
      const claim = { leafHash: tree[index] ?? '', index, size, root: await merkleRoot(tree), proof }
      expect(await verifyInclusion(claim)).toBe(true)
      const faults = [
        { ...claim, leafHash: flip(claim.leafHash) },
        { ...claim, root: flip(claim.root) },
        { ...claim, proof: [...proof, claim.root] },
        { ...claim, index: size },
        { ...claim, index: index + 0.5 },
        ...(proof.length > 0
          ? [
              { ...claim, proof: proof.with(which % proof.length, flip(proof[which % proof.length] ?? '')) },
              { ...claim, proof: proof.slice(1) },
              { ...claim, index: index ^ 1 },
            ]
          : []),
      ]
      for (const fault of faults) expect(await verifyInclusion(fault)).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('L2 every consistency proof holds, and fails with one thing changed', async () => {
  await assert(
    asyncProperty(integer({ min: 0, max: 200 }), nat(), nat(), async (newSize, at, which) => {
      const tree = leaves.slice(0, newSize)
      const oldSize = at % (newSize + 1)
      const proof = await consistencyProof(tree, oldSize)
      const claim = { oldSize, newSize, oldRoot: await merkleRoot(tree.slice(0, oldSize)), newRoot: await merkleRoot(tree), proof }
      expect(await verifyConsistency(claim)).toBe(true)
      expect(await verifyConsistency({ ...claim, oldRoot: flip(claim.oldRoot) })).toBe(false)
      expect(await verifyConsistency({ ...claim, proof: [...proof, claim.newRoot] })).toBe(false)
      expect(await verifyConsistency({ ...claim, newRoot: flip(claim.newRoot) })).toBe(oldSize === 0 && newSize > 0)
      if (proof.length === 0) return
      expect(await verifyConsistency({ ...claim, proof: proof.with(which % proof.length, flip(proof[which % proof.length] ?? '')) })).toBe(
        false,
      )
      expect(await verifyConsistency({ ...claim, proof: proof.slice(0, -1) })).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('L2 a rewritten history has no consistency proof', async () => {
  const honest = await merkleRoot(leaves.slice(0, 50))
  const rewritten = leaves.slice(0, 80).with(17, leaves[199] ?? '')
  const proof = await consistencyProof(rewritten, 50)
  expect(await verifyConsistency({ oldSize: 50, oldRoot: honest, newSize: 80, newRoot: await merkleRoot(rewritten), proof })).toBe(false)
})
