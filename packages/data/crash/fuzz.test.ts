import fc from 'fast-check'
import { expect, test } from 'vitest'

import { fuzz, fuzzOne } from './fuzz.ts'
import { nearBytes } from './near.ts'

test('no reader of batches, manifests, receipts, segments or ledgers crashes or hangs on what is near to a real one', async () => {
  const fuzzed = await fuzz(Date.now() % 1_000_000, 6_000)
  expect(fuzzed.map(({ name }) => name)).toHaveLength(6)
  for (const { name, fault, inputs, seed } of fuzzed)
    expect({ name, seed, fault, some: inputs > 0 }).toEqual({ name, seed, fault: null, some: true })
})

test('a reader that throws at a rare input is found out', async () => {
  const property = (seen: (taken: boolean) => void) =>
    fc.asyncProperty(nearBytes(Buffer.from('{"a":[1,2,3]}')), async (bytes) => {
      seen(true)
      if (bytes.includes('"\\ud800')) throw new TypeError('planted')
    })
  expect((await fuzzOne({ name: 'planted', property }, 1, 20_000)).fault).toContain('planted')
})
