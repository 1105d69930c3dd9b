import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import { selectEpisodes } from '../store/lineage.ts'
import { permitsFor } from '../store/permits.ts'
import { verifyLedger } from '../store/ledger-verify.ts'
import type { Store } from '../store/store.ts'
import { beginMaking, endMaking, selectUnfinished } from '../store/unfinished.ts'
import { backUp, filesIn, hashOf } from './backup.ts'
import { withdrawReceipt } from './consent.ts'
import { clearDraft } from './draft.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { registerDataset, registerModel } from './lineage.ts'
import type { Reemit } from './reach.ts'
import { restore } from './restore.ts'
import { stopAll } from './stop.ts'

const dayMs = 86_400_000

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let bob: Enrolment
let laterMs: number

const at = (...names: string[]): string => join(folder.dir, ...names)
const nowEpochMs = (): number => Date.now() + laterMs

beforeEach(async () => {
  folder = scratchFolder()
  laterMs = 0
  store = await openStore(at('data'), { nowEpochMs })
  const manifest = await trustedManifest(store)
  ada = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  bob = await enrolDevice(store, { person: 'bob', manifest, endpoint: '' })
  for (const number of [1, 2, 3]) await post(store, ada, `batch-a${number}`)
  await post(store, bob, 'batch-b1')
}, 60_000)

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function post(to: Store, from: Enrolment, id: string, closedAtEpochMs = nowEpochMs()): Promise<number> {
  const body = JSON.stringify(sampleBatch(from, id, { closedAtEpochMs }))
  const { status } = await ingestBatch(createIngest(to), await signedRequest(from, body, { atEpochMs: nowEpochMs() }))
  return status
}

async function found(dir: string): Promise<string[]> {
  const opened = await openStore(dir, { nowEpochMs })
  const ids: string[] = []
  for await (const permit of permitsFor(opened, 'ground')) for await (const batch of opened.batches(permit)) ids.push(batch.id)
  await opened.close()
  return ids.sort()
}

const backedUp = () => backUp(store, { data: at('backup'), keys: at('keys') })
const restored = (change: { readonly keys?: string; readonly erasedIn?: string } = {}) =>
  restore({ data: at('backup'), keys: at('keys'), dir: at('restored'), nowEpochMs, ...change })

test('a backup of a folder in use brings all back that was acknowledged before it, and its ledger verifies', async () => {
  const sending = Array.from({ length: 20 }, (_, number) => post(store, bob, `batch-c${String(number).padStart(2, '0')}`))
  const { records } = await backedUp().then(() => restored())
  expect(records).toBeGreaterThanOrEqual(4)
  await Promise.all(sending)
  expect(await found(at('restored'))).toEqual(expect.arrayContaining(['batch-a1', 'batch-a2', 'batch-a3', 'batch-b1']))
  expect(await verifyLedger(at('restored'))).toMatchObject({ ok: true })
})

test('attack 35: a backup restored from before an erasure finds nothing of the erased person, and all of the others', async () => {
  const when = nowEpochMs()
  await backedUp()
  const ids = store.rows({ person: 'ada' }).map((row) => row.idHash)
  const { left } = await eraseData(store, { person: 'ada' })
  expect(left).toEqual([])
  const { erased } = await restored()
  // The keys were rewritten out of the copy itself: the restore found none to destroy.
  expect(erased).toEqual({ persons: 0, records: 0 })
  const again = await openStore(at('restored'), { nowEpochMs })
  expect(again.rows({ person: 'ada' })).toEqual([])
  expect({ opens: await again.openable(ids), key: again.keys.has('ada') }).toEqual({ opens: 0, key: false })
  expect(await post(again, ada, 'batch-a9', when)).toBe(403)
  await again.close()
  expect(await found(at('restored'))).toEqual(['batch-b1'])
})

test('attack 35: an erasure of a session or of the last minutes holds after a restore too', async () => {
  await backedUp()
  await eraseData(store, { person: 'ada', session: 'session-1' })
  await eraseData(store, { person: 'bob', lastMs: 60_000 })
  await restored()
  expect(await found(at('restored'))).toEqual([])
})

test('a copy of the keys that an erasure does not reach is named, and a restore of it obeys the folder that the erasure happened in', async () => {
  await backedUp()
  renameSync(at('keys'), at('elsewhere'))
  const { left } = await eraseData(store, { person: 'ada' })
  expect(left.join()).toContain(at('keys'))
  const { erased } = await restored({ keys: at('elsewhere'), erasedIn: at('data') })
  expect(erased.persons).toBe(1)
  expect(await found(at('restored'))).toEqual(['batch-b1'])
})

test('attack 35: what the copy of the keys held of the erased is in none of its bytes any more', async () => {
  await backedUp()
  const bytes = () =>
    readdirSync(at('keys'))
      .map((name) => readFileSync(at('keys', name)).toString('latin1'))
      .join()
  expect(bytes()).toContain('batch-a1')
  await eraseData(store, { person: 'ada' })
  expect(bytes()).not.toContain('batch-a1')
  expect(bytes()).toContain('batch-b1')
})

test('attack 35: what an interrupted restore leaves opens nothing, and the next one makes the folder', async () => {
  await backedUp()
  await eraseData(store, { person: 'ada' })
  // Its end is cut off: the erasures since can't be read.
  const since = readFileSync(at('keys', 'since.json'))
  writeFileSync(at('keys', 'since.json'), '{')
  await expect(restored()).rejects.toThrow('JSON')
  expect(existsSync(at('restored.restoring'))).toBe(false)
  writeFileSync(at('keys', 'since.json'), since)
  await restored()
  expect(await found(at('restored'))).toEqual(['batch-b1'])
  expect(existsSync(at('restored.restoring'))).toBe(false)
})

test('what lies where a restore makes its folder, and is none of its, is left alone', async () => {
  await backedUp()
  mkdirSync(at('restored.restoring'))
  writeFileSync(at('restored.restoring', 'notes.txt'), 'of somebody else')
  await expect(restored()).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(at('restored.restoring')) })
  expect(readFileSync(at('restored.restoring', 'notes.txt'), 'utf8')).toBe('of somebody else')
  rmSync(at('restored.restoring'), { recursive: true })
  symlinkSync(at('data'), at('restored.restoring'))
  await expect(restored()).rejects.toMatchObject({ kind: 'invalid' })
  expect(readdirSync(at('data'))).toContain('keys.sqlite')
})

test('a data folder that has the name of what a restore leaves, and an empty one, keep every byte', async () => {
  await backedUp()
  await restore({ data: at('backup'), keys: at('keys'), dir: at('live.restoring'), nowEpochMs })
  const bytes = () => filesIn(at('live.restoring')).map((name) => [name, hashOf(at('live.restoring', name))])
  const before = bytes()
  await expect(clearDraft(at('live'))).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(at('live.restoring')) })
  await expect(restore({ data: at('backup'), keys: at('keys'), dir: at('live'), nowEpochMs })).rejects.toMatchObject({ kind: 'invalid' })
  expect(bytes()).toEqual(before)
  expect(await found(at('live.restoring'))).toEqual(['batch-a1', 'batch-a2', 'batch-a3', 'batch-b1'])
  mkdirSync(at('other.restoring'))
  await expect(clearDraft(at('other'))).rejects.toMatchObject({ kind: 'invalid' })
  expect(readdirSync(at('other.restoring'))).toEqual([])
})

test('a release that was being made while a backup was is not taken for half made in what is restored', async () => {
  beginMaking(store.control, at('release'))
  await backedUp()
  endMaking(store.control, at('release'))
  await restored()
  const again = await openStore(at('restored'), { nowEpochMs })
  expect(selectUnfinished(again.control)).toEqual([])
  await again.close()
})

test('a release and a model of after a backup are known to what is restored, so that an erasure there reaches them', async () => {
  const episodes = ['ada', 'bob'].map((person) => ({ episode: `of ${person}`, person, session: 'session-1' }))
  await registerDataset(store, { hash: 'before', name: 'orders', path: at('before'), purpose: 'ground', episodes })
  await backedUp()
  await registerDataset(store, { hash: 'after', name: 'orders', path: folder.dir, purpose: 'ground', episodes })
  await registerModel(store, { hash: 'model', path: at('a.model'), dataset: 'after' })
  const asked: unknown[] = []
  const reemit: Reemit = async ({ hash, dropEpisodes }) => (asked.push([hash, dropEpisodes]), { hash: `${hash}-r2` })
  await eraseData(store, { person: 'ada' }, { reemit })
  await restored()
  const again = await openStore(at('restored'), { nowEpochMs })
  const { reached } = await eraseData(again, { person: 'bob' }, { reemit })
  expect([reached.datasets, reached.models]).toEqual([2, 1])
  expect(selectEpisodes(again.control, 'after')).toEqual([])
  await again.close()
})

test('a stop holds in a folder that is restored from before it, whatever else came since or did not', async () => {
  await backedUp()
  expect(await stopAll(store, 'an officer', 'a look')).toMatchObject({ left: [] })
  await restored()
  const again = await openStore(at('restored'), { nowEpochMs })
  expect(again.killSwitch.stop).toMatchObject({ by: 'an officer' })
  await again.close()
})

test('a copy of the keys that a stop does not reach is named, and told once somebody stops again', async () => {
  await backedUp()
  renameSync(at('keys'), at('elsewhere'))
  const missed = [expect.stringContaining(at('keys'))]
  for (const why of ['a look', 'again'])
    expect(await stopAll(store, 'an officer', why)).toMatchObject({ stop: { why: 'a look' }, left: missed })
  renameSync(at('elsewhere'), at('keys'))
  expect(await stopAll(store, 'an officer', 'again')).toMatchObject({ left: [] })
  await restored()
  const again = await openStore(at('restored'), { nowEpochMs })
  expect(again.killSwitch.stop).toMatchObject({ why: 'a look' })
  await again.close()
})

test('a withdrawal since the backup holds after the restore', async () => {
  await backedUp()
  await withdrawReceipt(store, { person: 'bob' })
  await restored()
  expect(await found(at('restored'))).toEqual(['batch-a1', 'batch-a2', 'batch-a3'])
})

test('a copy of the keys that is older than seven days is refused, and deleted where it lies', async () => {
  await backedUp()
  cpSync(at('keys'), at('kept'), { recursive: true })
  laterMs = 8 * dayMs
  await expect(restored()).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining('7 days') })
  await eraseData(store, { person: 'bob' })
  expect(existsSync(at('keys'))).toBe(false)
  await expect(restored({ keys: at('kept') })).rejects.toMatchObject({ code: 'OVT-1307' })
})

test('halves that do not belong together, changed files and places that are in use are refused, and nothing is made', async () => {
  await backedUp()
  await expect(restore({ data: at('keys'), keys: at('backup'), dir: at('restored') })).rejects.toMatchObject({ code: 'OVT-1311' })
  await expect(restore({ data: at('backup'), keys: at('keys'), dir: at('data') })).rejects.toMatchObject({ code: 'OVT-1311' })
  await expect(backUp(store, { data: at('backup'), keys: at('other') })).rejects.toMatchObject({ code: 'OVT-1311' })
  await expect(backUp(store, { data: at('one'), keys: at('one', 'keys') })).rejects.toMatchObject({ code: 'OVT-1311' })
  await expect(backUp(store, { data: at('data', 'backup'), keys: at('two') })).rejects.toMatchObject({ code: 'OVT-1311' })
  const segment = at('backup', 'log', '00000001.seg')
  const bytes = readFileSync(segment)
  bytes[20]! ^= 1
  writeFileSync(segment, bytes)
  await expect(restored()).rejects.toMatchObject({ code: 'OVT-1302', message: expect.stringContaining(segment) })
  expect(existsSync(at('restored'))).toBe(false)
})

test.each(['backup', 'keys'])('attack 8: a link in the %s is not followed, and nothing is made', async (half) => {
  await backedUp()
  writeFileSync(at('elsewhere'), 'of somebody else')
  symlinkSync(at('elsewhere'), at(half, 'log-2'))
  await expect(restored()).rejects.toMatchObject({ kind: 'invalid' })
  rmSync(at(half, 'log-2'))
  symlinkSync(folder.dir, at(half, 'more'))
  await expect(restored()).rejects.toMatchObject({ kind: 'invalid' })
  expect(existsSync(at('restored'))).toBe(false)
  rmSync(at(half, 'more'))
  expect((await restored()).records).toBe(4)
})

test('an erasure that a crash cut off between its tombstone and its keys is finished at the next start', async () => {
  store.tombstones.put(store.hash('person', 'ada'), 0, nowEpochMs())
  await store.close()
  expect(await found(at('data'))).toEqual(['batch-b1'])
})

/** What of a folder others than its owner may do anything with: files, and folders that were made in it. */
const openIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => (statSync(join(dir, name)).mode & 0o077) !== 0)

test('either half of a backup is its owner’s alone, also in folders that everybody reads', async () => {
  for (const half of ['backup', 'keys']) mkdirSync(at(half), { mode: 0o755 })
  writeFileSync(at('data', 'access.json'), '{}', { mode: 0o644 })
  await backedUp()
  await withdrawReceipt(store, { person: 'bob' })
  expect([openIn(at('backup')), openIn(at('keys'))]).toEqual([[], []])
})
