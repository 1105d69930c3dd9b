import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import type { Episode } from '@overt/schema'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { fillDisk } from '../store/full-disk.fixture.ts'
import { selectDatasets, selectModels } from '../store/lineage.ts'
import { openStore } from '../store/open-store.ts'
import { permitFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { isModelRevoked, registerDataset, registerModel } from './lineage.ts'

const canary = 'kingfisher over the weir'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let bob: Enrolment
let nowEpochMs: number

beforeEach(async () => {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  store = await openStore(folder.dir, { nowEpochMs: () => nowEpochMs })
  const manifest = await trustedManifest(store)
  ada = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  bob = await enrolDevice(store, { person: 'bob', manifest, endpoint: '' })
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function send(sender: Enrolment, id: string, session = 'session-1'): Promise<void> {
  const batch = sampleBatch(sender, id, { note: canary, session, closedAtEpochMs: nowEpochMs })
  const request = await signedRequest(sender, JSON.stringify(batch), { atEpochMs: nowEpochMs })
  expect((await ingestBatch(createIngest(store), request)).status).toBe(200)
}

async function read(sender: Enrolment): Promise<string[]> {
  const decision = await permitFor(store, sender.receipt.id, 'ground')
  if (!decision.ok) throw new Error(decision.explain)
  const batches = await Array.fromAsync(store.batches(decision.value))
  expect(batches.every((batch) => JSON.stringify(batch).includes(canary))).toBe(true)
  return batches.map((batch) => batch.id)
}

/** Files of the folder that hold these bytes. */
function filesWith(bytes: string | Uint8Array<ArrayBuffer>): string[] {
  const files = readdirSync(folder.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(typeof bytes === 'string' ? bytes : Buffer.from(bytes)))
}

/** Ada's wrapped keys as they stand in the key store's tables. */
function wrappedKeys(): Uint8Array<ArrayBuffer>[] {
  const keys = new DatabaseSync(join(folder.dir, 'keys.sqlite'), { readOnly: true })
  const sql = `SELECT wrapped FROM persons WHERE person = 'ada' UNION ALL SELECT salt FROM persons WHERE person = 'ada'
    UNION ALL SELECT wrapped FROM sessions WHERE person = 'ada'
    UNION ALL SELECT r.wrapped FROM records r JOIN sessions s ON s.id = r.session WHERE s.person = 'ada'`
  const rows = keys.prepare(sql).all()
  keys.close()
  return rows.map((row) => row['wrapped'] as Uint8Array<ArrayBuffer>)
}

test('recorded work never lies in the folder in the clear, before or after an erasure', async () => {
  await send(ada, 'batch-a001')
  expect(await read(ada)).toEqual(['batch-a001'])
  expect(filesWith(canary)).toEqual([])
  await eraseData(store, { person: 'ada' })
  expect(filesWith(canary)).toEqual([])
})

test('erasing a person destroys their keys, in the files too, and leaves other people alone', async () => {
  await send(ada, 'batch-a001')
  await send(ada, 'batch-a002', 'session-2')
  await send(bob, 'batch-b001')
  const names = store.rows({ person: 'ada' }).map((row) => row.idHash)
  const keys = wrappedKeys()
  expect(keys.length).toBeGreaterThanOrEqual(5)
  expect(keys.every((key) => filesWith(key).length > 0)).toBe(true)
  const report = await eraseData(store, { person: 'ada' })
  expect(report.reached).toEqual({ events: 6, frames: 0, episodes: 2, datasets: 0, models: 0 })
  expect(report.left).toEqual([])
  expect(keys.flatMap((key) => filesWith(key))).toEqual([])
  expect(names.flatMap((name) => filesWith(name))).toEqual([])
  expect(await store.openable(names)).toBe(0)
  expect(await read(ada)).toEqual([])
  expect(await read(bob)).toEqual(['batch-b001'])
})

test('erasing a session reaches that session alone', async () => {
  await send(ada, 'batch-a001')
  await send(ada, 'batch-a002', 'session-2')
  expect((await eraseData(store, { session: 'session-1' })).reached).toMatchObject({ events: 3, episodes: 1 })
  expect(await read(ada)).toEqual(['batch-a002'])
})

test('erasing the last ten minutes reaches what was recorded or arrived in them', async () => {
  await send(ada, 'batch-a001')
  nowEpochMs += 20 * 60_000
  await send(ada, 'batch-a002')
  nowEpochMs += 60_000
  expect((await eraseData(store, { person: 'ada', lastMs: 10 * 60_000 })).reached.events).toBe(3)
  expect(await read(ada)).toEqual(['batch-a001'])
})

test('erasing a span reaches what was recorded in it, not what came after, however late it arrived', async () => {
  await send(ada, 'batch-a001')
  nowEpochMs += 20 * 60_000
  const fromEpochMs = nowEpochMs - 60_000
  await send(ada, 'batch-a002')
  const untilEpochMs = nowEpochMs
  nowEpochMs += 60_000
  await send(ada, 'batch-a003')
  expect((await eraseData(store, { person: 'ada', fromEpochMs, untilEpochMs })).reached.events).toBe(3)
  expect(await read(ada)).toEqual(['batch-a001', 'batch-a003'])
  expect(store.isErased({ person: 'ada', session: 'session-1', atEpochMs: untilEpochMs })).toBe(true)
  expect(store.isErased({ person: 'ada', session: 'session-1', atEpochMs: untilEpochMs + 1 })).toBe(false)
})

test('a span from the very beginning ends where it ends', async () => {
  await send(ada, 'batch-a001')
  const untilEpochMs = nowEpochMs
  nowEpochMs += 60_000
  await send(ada, 'batch-a002')
  expect((await eraseData(store, { person: 'ada', fromEpochMs: 0, untilEpochMs })).reached.events).toBe(3)
  expect(await read(ada)).toEqual(['batch-a002'])
})

test('of two spans that end at one moment the longer one holds, also once the folder is opened again', async () => {
  const untilEpochMs = nowEpochMs - 3_600_000
  for (const hours of [12, 2]) await eraseData(store, { person: 'ada', fromEpochMs: untilEpochMs - hours * 3_600_000, untilEpochMs })
  await store.close()
  store = await openStore(folder.dir, { nowEpochMs: () => nowEpochMs })
  const subject = { person: 'ada', session: 'session-1', atEpochMs: untilEpochMs - 6 * 3_600_000 }
  expect(store.isErased(subject)).toBe(true)
})

test('erasing what is not there reaches nothing and says so', async () => {
  expect(await eraseData(store, { session: 'nothing' })).toMatchObject({ reached: { events: 0 }, receipt: { entries: [] } })
})

test('a person whom the folder does not know is not erased: no entry, no tombstone, no key', async () => {
  const { size } = store.ledger
  for (const subject of [{ person: 'adda' }, { person: 'adda', session: 'session-1' }, { person: 'adda', lastMs: 60_000 }])
    expect(await eraseData(store, subject)).toMatchObject({ reached: { events: 0 }, receipt: { entries: [] } })
  expect(store.ledger.size).toBe(size)
  expect(store.tombstones.empty).toBe(true)
  expect(store.keys.has('adda')).toBe(false)
})

test('an erasure that the disk has no room for marks nothing as erased; the next one does, and that outlives a restart', async () => {
  await send(ada, 'batch-0001')
  const makeRoom = fillDisk(store.control)
  const erasedAtEpochMs = nowEpochMs
  await expect(eraseData(store, { person: 'ada' })).rejects.toThrow('constraint failed')
  expect(store.tombstones.empty).toBe(true)
  expect(await read(ada)).toHaveLength(1)
  makeRoom()
  expect(await eraseData(store, { person: 'ada' })).toMatchObject({ reached: { events: expect.any(Number) }, receipt: { entries: [{}] } })
  await store.close()
  store = await openStore(folder.dir, { nowEpochMs: () => nowEpochMs })
  expect(store.isErased({ person: 'ada', session: 'session-1', atEpochMs: erasedAtEpochMs })).toBe(true)
  expect(store.keys.rows({ person: 'ada' })).toEqual([])
})

test('an erasure that the disk has no room for leaves the marks of one before', async () => {
  await send(ada, 'batch-0001', 'session-1')
  await eraseData(store, { person: 'ada', session: 'session-1' })
  const marks = store.tombstones.all()
  fillDisk(store.control)
  nowEpochMs += 1_000
  await expect(eraseData(store, { person: 'ada', session: 'session-1' })).rejects.toThrow('constraint failed')
  expect(store.tombstones.all()).toEqual(marks)
})

test('a person with a receipt and no recording can be erased, and a second time', async () => {
  for (const _ of [1, 2]) expect((await eraseData(store, { person: 'bob' })).receipt.entries).toHaveLength(1)
})

test('an erasure is an entry of the ledger under the name that the person had, and the ledger holds', async () => {
  await send(ada, 'batch-a001')
  const who = store.ledger.whoIs('ada')
  const { receipt } = await eraseData(store, { person: 'ada' })
  expect(receipt.entries).toMatchObject([{ who }])
  const entries = await Array.fromAsync(store.ledger.entries(receipt.entries[0]!.index))
  expect(entries[0]).toMatchObject({ kind: 'erasure', who, body: { scope: 'person', events: 3 } })
  expect(store.ledger.whoIs('ada')).not.toBe(who)
  expect(await store.ledger.verify()).toMatchObject({ ok: true })
})

test('a release that holds the person’s episodes is revoked and made anew without them, and models that learnt from it are flagged', async () => {
  await send(ada, 'batch-a001')
  const path = join(folder.dir, 'release')
  const model = join(folder.dir, 'a.model')
  mkdirSync(path)
  writeFileSync(model, 'weights')
  const episodes = [
    { episode: 'ep-a', person: 'ada', session: 'session-1' },
    { episode: 'ep-b', person: 'bob', session: 'session-9' },
  ]
  await registerDataset(store, { hash: '11'.repeat(32), name: 'orders', path, purpose: 'ground', episodes })
  await registerDataset(store, { hash: '22'.repeat(32), name: 'others', path, purpose: 'ground', episodes: episodes.slice(1) })
  await registerModel(store, { hash: '33'.repeat(32), path: model, dataset: '11'.repeat(32) })
  await registerModel(store, { hash: '44'.repeat(32), path: join(folder.dir, 'gone.model'), dataset: '11'.repeat(32) })
  await registerModel(store, { hash: '55'.repeat(32), path: model, dataset: '22'.repeat(32) })
  const asked: unknown[] = []
  const report = await eraseData(store, { person: 'ada' }, { reemit: async (release) => (asked.push(release), { hash: '66'.repeat(32) }) })
  expect(asked).toEqual([{ hash: '11'.repeat(32), name: 'orders', path, dropEpisodes: ['ep-a'] }])
  expect(report.reached).toMatchObject({ datasets: 1, models: 2 })
  expect(report.left).toEqual([expect.stringContaining('gone.model')])
  expect(selectDatasets(store.control)).toMatchObject([
    { hash: '11'.repeat(32), revokedAtEpochMs: nowEpochMs, replacedBy: '66'.repeat(32) },
    { hash: '22'.repeat(32), revokedAtEpochMs: null },
  ])
  expect(selectModels(store.control).map((one) => one.revokedAtEpochMs !== null)).toEqual([true, true, false])
  const note: unknown = JSON.parse(readFileSync(`${model}.revoked.json`, 'utf8'))
  expect(note).toMatchObject({
    model: '33'.repeat(32),
    reason: 'trained on erased data',
    retrainBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  })
})

test('an erasure reaches every file of a model, and none that is registered again is free of it', async () => {
  const release = { hash: '11'.repeat(32), name: 'orders', path: folder.dir, purpose: 'ground' as const }
  await registerDataset(store, { ...release, episodes: [{ episode: 'ep-a', person: 'ada', session: 'session-1' }] })
  const files = ['a.model', 'b.model'].map((name) => join(folder.dir, name))
  const model = (path: string) => ({ hash: '33'.repeat(32), path, dataset: release.hash })
  for (const path of files) {
    writeFileSync(path, 'weights')
    await registerModel(store, model(path))
  }
  expect((await eraseData(store, { person: 'ada' })).reached.models).toBe(2)
  expect(files.map((path) => existsSync(`${path}.revoked.json`))).toEqual([true, true])
  const again = [...files, join(folder.dir, 'c.model')]
  for (const path of again) await registerModel(store, model(path))
  const other = { ...model(join(folder.dir, 'd.model')), hash: '44'.repeat(32) }
  writeFileSync(other.path, 'weights')
  await registerModel(store, other)
  expect(selectModels(store.control).map(({ path, revokedAtEpochMs }) => [path, revokedAtEpochMs])).toEqual(
    [...again, other.path].map((path) => [path, nowEpochMs]),
  )
  expect(existsSync(`${other.path}.revoked.json`)).toBe(true)
  expect(isModelRevoked(store, { hash: '99'.repeat(32), dataset: release.hash })).toBe(true)
  expect(isModelRevoked(store, { hash: '99'.repeat(32), dataset: '22'.repeat(32) })).toBe(false)
})

test('a release that can’t be made anew is revoked all the same, and listed', async () => {
  await send(ada, 'batch-a001')
  const path = join(folder.dir, 'release')
  mkdirSync(path)
  await registerDataset(store, {
    hash: '11'.repeat(32),
    name: 'orders',
    path,
    purpose: 'ground',
    episodes: [{ episode: 'e', person: 'ada', session: 'session-1' }],
  })
  const fail = async (): Promise<never> => {
    throw new Error('disk full')
  }
  const report = await eraseData(store, { person: 'ada' }, { reemit: fail })
  expect(report.left).toEqual([expect.stringContaining('disk full')])
  expect(selectDatasets(store.control)[0]?.revokedAtEpochMs).toBe(nowEpochMs)
  expect(existsSync(path)).toBe(true)
  // Once there is room, the same erasure reaches it.
  const made: unknown[] = []
  const again = await eraseData(
    store,
    { person: 'ada' },
    { reemit: async (release) => (made.push(release.dropEpisodes), { hash: 'next' }) },
  )
  expect([again.reached.datasets, again.left, made]).toEqual([1, [], [['e']]])
})

test('imported episodes are encrypted, read back, counted once and erased like recorded work', async () => {
  const decision = await permitFor(store, ada.receipt.id, 'ground')
  if (!decision.ok) throw new Error(decision.explain)
  const episode: Episode = {
    id: 'miniwob-1',
    person: 'ada',
    session: 'import-1',
    receipt: ada.receipt.id,
    app: 'dataset:miniwob',
    goal: canary,
    template: 'miniwob/click',
    seed: '1',
    outcome: 'success',
    outcomeBy: 'page',
    startedAtEpochMs: nowEpochMs - 1_000,
    steps: [],
    reduction: 1,
    quality: { events: 4, explained: 4, gaps: 0, withoutObservation: 0 },
  }
  expect(await store.appendEpisodes(decision.value, [episode, { ...episode, id: 'miniwob-2' }])).toEqual({
    stored: 2,
    duplicate: 0,
    conflict: 0,
  })
  expect(await store.appendEpisodes(decision.value, [episode])).toEqual({ stored: 0, duplicate: 1, conflict: 0 })
  expect(await Array.fromAsync(store.episodes(decision.value))).toHaveLength(2)
  expect(filesWith(canary)).toEqual([])
  expect((await eraseData(store, { person: 'ada' })).reached).toMatchObject({ events: 8, episodes: 2 })
  const anew = await permitFor(store, ada.receipt.id, 'ground')
  expect(anew.ok && (await Array.fromAsync(store.episodes(anew.value)))).toEqual([])
})
