import { canonicalJson } from '@overt/schema/words'
import { assert, asyncProperty, constantFrom, nat, record, string } from 'fast-check'
import { expect, test } from 'vitest'

import { hashText, isBare, leafForm, leafOf, readBlind, tagged } from './leaf.ts'

const who = 'ab'.repeat(32)
const entry = (change: object) => canonicalJson({ v: 2, index: 7, atEpochMs: 1_000, kind: 'read', who, body: { why: 'ground' }, ...change })

test('L8 the leaf of an entry about a person holds two hashes and nothing else, whatever the entry says', async () => {
  const kinds = constantFrom('receipt', 'withdrawal', 'segment', 'read', 'export', 'manifest', 'erasure', 'device')
  await assert(
    asyncProperty(kinds, nat(), record({ text: string(), v: nat(), who: string() }), async (kind, index, body) => {
      const line = entry({ kind, index, body })
      const leaf = await leafOf(line)
      expect(leaf).toMatch(/^blind [0-9a-f]{64} [0-9a-f]{64}$/)
      expect(readBlind(leaf)).toEqual({ tag: await hashText(tagged(who, index)), line: await hashText(line) })
      expect(isBare(line)).toBe(false)
    }),
  )
})

test('L8 an entry that is about nobody is open where everybody may read its kind, else blind by what nobody can guess', async () => {
  for (const kind of ['manifest', 'key', 'dataset', 'training', 'export', 'kill']) {
    const line = entry({ kind, who: null })
    expect(await leafOf(line)).toBe(line)
  }
  const stored = entry({ kind: 'stored', who: null })
  expect(readBlind(await leafOf(stored))?.tag).toBe(await hashText(tagged(stored, 7)))
  expect(leafForm(entry({ kind: 'dataset', who: null, body: { name: 'x'.repeat(70_000) } })).kind).toBe('blind')
})

test('L8 two entries of one person have nothing in common for who does not know the name', async () => {
  const [one, two] = await Promise.all([leafOf(entry({ index: 1 })), leafOf(entry({ index: 2 }))])
  expect(readBlind(one)?.tag).not.toBe(readBlind(two)?.tag)
})

test('L8 the leaf of an entry from before version 2 is its line, and one about a person is bare', async () => {
  const old = canonicalJson({ index: 3, atEpochMs: 1, kind: 'receipt', who, body: {} })
  expect([await leafOf(old), isBare(old)]).toEqual([old, true])
  expect(isBare(canonicalJson({ index: 3, atEpochMs: 1, kind: 'stored', who: null, body: {} }))).toBe(false)
})
