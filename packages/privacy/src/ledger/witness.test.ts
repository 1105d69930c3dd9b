import { assert, asyncProperty, integer, nat } from 'fast-check'
import { expect, test } from 'vitest'

import { generateKeyPair } from '../consent/keys.ts'
import { cosignedAt } from './cosignature.ts'
import { openTrialLog, type TrialLog } from './fixture.ts'
import { beginFollowing, follow, type Followed } from './follow.ts'
import { witnessCheckpoint, type WitnessMemory } from './witness.ts'

const keyPair = await generateKeyPair()
const witness = { name: 'witness.example/w', keyPair }
const nowEpochMs = 1_700_000_000_000

async function grow(log: TrialLog, count: number, tone = 'a'): Promise<void> {
  for (let n = 0; n < count; n += 1) await log.append(n % 5 === 0 ? 'manifest' : 'stored', { n, tone })
}

const keyOf = (log: TrialLog) => ({ name: log.name, publicKey: log.keyPair.publicKey })
const look = async (memory: WitnessMemory, log: TrialLog) =>
  witnessCheckpoint(memory, { note: await log.note(), readTile: log.readTile, nowEpochMs }, witness)

async function seen(log: TrialLog): Promise<WitnessMemory> {
  const first = await look({ log: keyOf(log), last: null }, log)
  if (!first.ok) throw new Error(first.problem)
  return first.memory
}

const next = async (from: Followed, log: TrialLog, witnessed: readonly { note: string }[] = []) =>
  follow(from, {
    note: await log.note(),
    readTile: log.readTile,
    witnessed: witnessed.map(({ note }) => ({ note, witness: { name: witness.name, publicKey: keyPair.publicKey } })),
  })

async function followed(log: TrialLog): Promise<Followed> {
  const first = await next(await beginFollowing(keyOf(log)), log)
  if (!first.ok) throw new Error(first.finding.problem)
  return first.followed
}

test('L9 a witness signs what a log grew to, at every two sizes, and a client follows it', async () => {
  await assert(
    asyncProperty(nat(600), nat(300), async (begun, more) => {
      const log = await openTrialLog()
      await grow(log, begun)
      const [memory, from] = [await seen(log), await followed(log)]
      await grow(log, more)
      const again = await look(memory, log)
      if (!again.ok) throw new Error(again.problem)
      expect(again.memory.last?.size).toBe(begun + more)
      expect(await cosignedAt(again.note, { name: witness.name, publicKey: keyPair.publicKey })).toBe(nowEpochMs)
      const after = await next(from, log, [{ note: again.note }])
      if (!after.ok) throw new Error(after.finding.problem)
      expect(after.leaves.map(({ index }) => index)).toEqual(Array.from({ length: more }, (_, n) => begun + n))
      expect(after.followed.size).toBe(begun + more)
    }),
    { numRuns: 8 },
  )
})

test('attack 37: a log that was rolled back is refused by a witness and by a client', async () => {
  const log = await openTrialLog()
  await grow(log, 300)
  const [memory, from] = [await seen(log), await followed(log)]
  const back = await log.fork(260)
  expect(await look(memory, back)).toMatchObject({ ok: false, reason: 'rolled-back' })
  expect(await next(from, back)).toMatchObject({ ok: false, finding: { kind: 'rolled-back' } })
})

test('attack 37: a history written anew from any entry on is refused by a witness and by a client, at any later size', async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: 400 }), nat(), nat(60), async (begun, at, more) => {
      const log = await openTrialLog()
      await grow(log, begun)
      const [memory, from] = [await seen(log), await followed(log)]
      const kept = at % begun
      const forged = await log.fork(kept)
      await grow(forged, begun - kept + more, 'b')
      expect(await look(memory, forged)).toMatchObject({ ok: false, reason: 'forked' })
      expect(await next(from, forged)).toMatchObject({ ok: false, finding: { kind: 'forked' } })
    }),
    { numRuns: 8 },
  )
})

test('attack 37: a split view shows to a client that is new to the log, by what a witness has signed: behind it, at the same size, ahead of it', async () => {
  const log = await openTrialLog()
  await grow(log, 50)
  const view = await log.fork()
  const [from, old] = [await followed(view), await seen(log)]
  await grow(log, 30)
  await grow(view, 30, 'b')
  const signed = await look(old, log)
  if (!signed.ok) throw new Error(signed.problem)
  const fresh = await beginFollowing(keyOf(log))
  for (const memory of [fresh, from]) expect(await next(memory, view, [signed])).toMatchObject({ ok: false, finding: { kind: 'forked' } })
  await grow(view, 20, 'b')
  const later = await followed(view)
  await grow(view, 3, 'b')
  for (const memory of [fresh, later]) expect(await next(memory, view, [signed])).toMatchObject({ ok: false, finding: { kind: 'forked' } })
  await grow(log, 200)
  const ahead = await look(signed.memory, log)
  if (!ahead.ok) throw new Error(ahead.problem)
  expect(await next(later, view, [ahead])).toMatchObject({ ok: false, finding: { kind: 'rolled-back' } })
})

test('attack 37: a checkpoint of another key, another name, changed by hand, or without its tiles is refused', async () => {
  const log = await openTrialLog()
  await grow(log, 20)
  const [memory, from] = [await seen(log), await followed(log)]
  await grow(log, 5)
  const other = await openTrialLog('overt/test')
  await grow(other, 25)
  expect(await look(memory, other)).toMatchObject({ ok: false, reason: 'unsigned' })
  expect(await next(from, other)).toMatchObject({ ok: false, finding: { kind: 'unsigned' } })
  const renamed = await openTrialLog('overt/else', log.keyPair)
  await grow(renamed, 25)
  expect(await look(memory, renamed)).toMatchObject({ ok: false, reason: 'unsigned' })
  expect(await next(from, renamed)).toMatchObject({ ok: false, finding: { kind: 'unsigned' } })
  const note = (await log.note()).replace('\n25\n', '\n26\n')
  expect(await witnessCheckpoint(memory, { note, readTile: log.readTile, nowEpochMs }, witness)).toMatchObject({ reason: 'bad-signature' })
  const shown = { note: await log.note(), readTile: () => Promise.reject(new Error('404')), nowEpochMs, witnessed: [] }
  expect(await witnessCheckpoint(memory, shown, witness)).toMatchObject({ ok: false, reason: 'withheld' })
  expect(await follow(from, shown)).toMatchObject({ ok: false, finding: { kind: 'withheld' } })
})

test('L9 a note that no witness has signed says nothing about the log', async () => {
  const log = await openTrialLog()
  await grow(log, 9)
  const view = await log.fork(4)
  await grow(view, 20, 'b')
  expect(await next(await beginFollowing(keyOf(log)), view, [{ note: await log.note() }])).toMatchObject({ ok: true })
})
