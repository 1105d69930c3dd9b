import { leafHash, merkleRoot } from '@overt/privacy/ledger'
import { expect, test } from 'vitest'

import { Frontier, leafHashOf } from './frontier.ts'

test('the growing root is the root that the ledger package computes, at every size', async () => {
  const frontier = new Frontier()
  const leaves: string[] = []
  expect(frontier.root().toString('hex')).toBe(await merkleRoot([]))
  for (let index = 0; index < 40; index += 1) {
    const bytes = Buffer.from(`entry ${index}`)
    expect(leafHashOf(bytes).toString('hex')).toBe(await leafHash(Uint8Array.from(bytes)))
    leaves.push(leafHashOf(bytes).toString('hex'))
    frontier.add(leafHashOf(bytes))
    expect(frontier.root().toString('hex')).toBe(await merkleRoot(leaves))
  }
})
