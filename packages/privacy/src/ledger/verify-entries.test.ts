import { canonicalJson } from '@overt/schema/words'
import { assert, asyncProperty, constantFrom, nat } from 'fast-check'
import { expect, test } from 'vitest'

import { bytesOf } from '../consent/encoding.ts'
import { generateKeyPair } from '../consent/keys.ts'
import { signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { merkleRoot } from './frontier.ts'
import { leafHash } from './hash.ts'
import { verifyEntries, type StoredEntry } from './verify-entries.ts'

const size = 40
const entries: readonly StoredEntry[] = await Promise.all(
  Array.from({ length: size }, async (_, index) => {
    const line = canonicalJson({
      index,
      atEpochMs: 1_000 + index,
      kind: 'read',
      who: 'ab'.repeat(32),
      body: { why: 'ground', rows: index },
    })
    return { line, leaf: await leafHash(bytesOf(line)) }
  }),
)
const at = async (count: number) => ({
  origin: 'overt/test',
  size: count,
  root: await merkleRoot(entries.slice(0, count).map(({ leaf }) => leaf)),
})
const checkpoints = [await at(0), await at(16), await at(32), await at(size)]

/** One byte of a text changed to another character. */
function flipped(text: string, place: number, by: number): string {
  const index = place % text.length
  const code = 33 + ((text.charCodeAt(index) - 33 + 1 + (by % 90)) % 93)
  return text.slice(0, index) + (String.fromCharCode(code) === text[index] ? '~' : String.fromCharCode(code)) + text.slice(index + 1)
}

test('L4 an honest ledger verifies, also with entries after the last checkpoint', async () => {
  expect(await verifyEntries(entries, checkpoints)).toEqual({ ok: true, size, root: checkpoints[3]?.root, firstBad: null })
  expect((await verifyEntries(entries, checkpoints.slice(0, 2))).ok).toBe(true)
  expect((await verifyEntries([], [await at(0)])).ok).toBe(true)
})

test('L4 one flipped byte in an entry or in its leaf hash names that entry', async () => {
  await assert(
    asyncProperty(nat(size - 1), nat(), nat(), constantFrom('line', 'leaf'), async (bad, place, by, part) => {
      const entry = entries[bad] ?? { line: '', leaf: '' }
      const verdict = await verifyEntries(entries.with(bad, { ...entry, [part]: flipped(entry[part], place, by) }), checkpoints)
      expect(verdict).toMatchObject({ ok: false, firstBad: bad })
    }),
    { numRuns: 60 },
  )
})

test('L4 an entry rewritten with its leaf hash, dropped, or moved shows all the same', async () => {
  const line = canonicalJson({ ...(JSON.parse(entries[20]?.line ?? '') as object), kind: 'export' }) // as: our own entry
  const rewritten = entries.with(20, { line, leaf: await leafHash(bytesOf(line)) })
  expect(await verifyEntries(rewritten, checkpoints)).toMatchObject({ ok: false, firstBad: 16 })
  expect(await verifyEntries(entries.toSpliced(7, 1), checkpoints)).toMatchObject({ ok: false, firstBad: 7 })
  expect(await verifyEntries(entries.slice(0, 35), checkpoints)).toMatchObject({ ok: false, firstBad: 35 })
})

test('L3 a checkpoint is a signed note that only its key makes', async () => {
  const [mine, other] = await Promise.all([generateKeyPair(), generateKeyPair()])
  const checkpoint = await at(size)
  const note = await signCheckpoint(checkpoint, mine)
  expect(note.split('\n').slice(0, 2)).toEqual(['overt/test', String(size)])
  expect(await verifyCheckpoint(note, mine.publicKey)).toEqual({ ok: true, value: checkpoint })
  expect(await verifyCheckpoint(note, other.publicKey)).toEqual({ ok: false, reason: 'unsigned' })
  expect(await verifyCheckpoint(note.replace('\n40\n', '\n41\n'), mine.publicKey)).toEqual({ ok: false, reason: 'bad-signature' })
  const witness = (await signCheckpoint({ ...checkpoint, origin: 'witness' }, other)).split('\n').at(-2) ?? ''
  expect((await verifyCheckpoint(`${note}${witness}\n`, mine.publicKey)).ok).toBe(true)
  for (const broken of ['', 'x', note.slice(1, -2), note.replaceAll('\n', ' '), '\n\n', `${note}x`])
    expect((await verifyCheckpoint(broken, mine.publicKey)).ok).toBe(false)
})
