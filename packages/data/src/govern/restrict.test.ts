import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { buildDataset } from '../datasets/build.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { datasetContext, exportFrom } from '../releases.ts'
import { verifyLedger } from '../store/ledger-verify.ts'
import { fillDisk } from '../store/full-disk.fixture.ts'
import { openStore } from '../store/open-store.ts'
import { ownPermitsFor, permitFor, permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { takeoutOf } from '../takeout.ts'
import { backUp } from './backup.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { restore } from './restore.ts'
import { restrictUse } from './restrict.ts'
import { enforceRetention } from './retention.ts'

const dayMs = 86_400_000
const spec = { name: 'notes', purpose: 'ground', dedupe: false, splits: { by: 'episode', validation01: 0, test01: 0 } } as const

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
  await post(ada, 'batch-a1')
  await post(bob, 'batch-b1')
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function post(from: Enrolment, id: string): Promise<number> {
  const body = JSON.stringify(sampleBatch(from, id, { closedAtEpochMs: nowEpochMs(), session: `session-${id}` }))
  return (await ingestBatch(createIngest(store), await signedRequest(from, body, { atEpochMs: nowEpochMs() }))).status
}

async function people(from: Store = store): Promise<string[]> {
  return (await Array.fromAsync(permitsFor(from, 'ground'))).map(({ person }) => person).sort()
}

async function kindsOf(person: string): Promise<string[]> {
  return (await Array.fromAsync(store.ledger.of(person))).map(({ kind, body }) =>
    kind === 'restriction' ? `${kind} ${String(body['state'])}` : kind,
  )
}

test('restricted work is kept and nobody but its person reads it, until they lift that by one act', async () => {
  const begun = await restrictUse(store, 'ada', true)
  expect(begun).toMatchObject({
    ok: true,
    value: { restricted: true, left: [], receipt: { entries: [{ who: store.ledger.whoIs('ada') }] } },
  })
  expect(await people()).toEqual(['bob'])
  expect(await permitFor(store, ada.receipt.id, 'ground')).toMatchObject({ ok: false, reason: 'restricted' })
  expect(store.rows({ person: 'ada' })).toHaveLength(1)
  const [own] = await Array.fromAsync(ownPermitsFor(store, 'ada'))
  expect(own && (await store.sessions(own, { reader: 'person' }))).toHaveLength(1)
  const files = (await Array.fromAsync(takeoutOf(store, 'ada'))).map(({ name }) => name)
  expect(files).toContain('recordings/session-batch-a1/batch-a1.json')
  expect(await restrictUse(store, 'ada', false)).toMatchObject({ ok: true, value: { restricted: false } })
  expect(await people()).toEqual(['ada', 'bob'])
  expect((await kindsOf('ada')).filter((kind) => kind.startsWith('restriction'))).toEqual(['restriction begun', 'restriction lifted'])
  expect(await verifyLedger(store.dir)).toMatchObject({ ok: true })
})

test('while it holds nothing new is taken in, and a permit of before neither reads nor writes', async () => {
  const before = await permitFor(store, ada.receipt.id, 'ground')
  if (!before.ok) throw new Error(before.explain)
  await post(ada, 'batch-a0')
  const reading = store.batches(before.value)
  await reading.next()
  await restrictUse(store, 'ada', true)
  await expect(reading.next()).rejects.toThrow(/permit/i)
  expect(await post(ada, 'batch-a2')).toBe(403)
  expect(await post(bob, 'batch-b2')).toBe(200)
  const [own] = await Array.fromAsync(ownPermitsFor(store, 'ada'))
  if (own === undefined) throw new Error('no permit of her own')
  const envelope = { person: 'ada', session: 's', receipt: ada.receipt.id, atEpochMs: nowEpochMs() }
  expect(() => store.assertMayAppend(own, envelope)).toThrow('restricted')
  await restrictUse(store, 'ada', false)
  expect(await post(ada, 'batch-a2')).toBe(200)
})

test('a yes that is given while it holds is kept, and its device sends nothing until it is lifted', async () => {
  await restrictUse(store, 'ada', true)
  const fresh = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  expect(await permitFor(store, fresh.receipt.id, 'ground')).toMatchObject({ ok: false, reason: 'restricted' })
  expect([await post(fresh, 'batch-a2'), await post(ada, 'batch-a3')]).toEqual([403, 403])
  expect(store.rows({ person: 'ada' }).map(({ id }) => id)).toEqual(['batch-a1'])
  await restrictUse(store, 'ada', false)
  expect([await post(fresh, 'batch-a2'), await post(ada, 'batch-a3')]).toEqual([200, 200])
})

test('a dataset leaves it out, and neither an export nor a copy of before passes it on', async () => {
  const both = await buildDataset(datasetContext(store), spec, at('both'))
  expect(both.people).toBe(2)
  await restrictUse(store, 'ada', true)
  expect((await buildDataset(datasetContext(store), spec, at('without'))).people).toBe(1)
  await expect(exportFrom(store, at('both'), 'jsonl', at('copy'))).rejects.toMatchObject({ code: 'OVT-1308' })
  expect(existsSync(at('copy'))).toBe(false)
  await restrictUse(store, 'ada', false)
  expect((await exportFrom(store, at('both'), 'jsonl', at('copy'))).rows).toBe(both.rows)
})

test('an export during which it begins is not kept', async () => {
  await buildDataset(datasetContext(store), spec, at('both'))
  const exporting = exportFrom(store, at('both'), 'jsonl', at('copy')).then(
    () => 'kept',
    (error: unknown) => String(error),
  )
  await vi.waitUntil(() => existsSync(at('copy.partial')), { interval: 0 })
  await restrictUse(store, 'ada', true)
  expect(await exporting).toContain('ended while')
  expect(existsSync(at('copy'))).toBe(false)
})

test('it is kept beyond its time, and ends when the person lifts the restriction or erases', async () => {
  await restrictUse(store, 'ada', true)
  laterMs = 400 * dayMs
  expect(await enforceRetention(store)).toMatchObject({ events: { kept: 1, ended: 1, nextAtEpochMs: null } })
  expect(store.rows().map(({ person }) => person)).toEqual(['ada'])
  await restrictUse(store, 'ada', false)
  expect(await enforceRetention(store)).toMatchObject({ events: { kept: 0, ended: 1 } })
  await restrictUse(store, 'bob', true)
  expect((await eraseData(store, { person: 'bob' })).receipt.entries).toHaveLength(1)
})

test.each([true, false])('that it holds (%s) outlives a new start, and a backup of before', async (restricted) => {
  if (!restricted) await restrictUse(store, 'ada', true)
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await restrictUse(store, 'ada', restricted)
  await store.close()
  store = await openStore(at('data'), { nowEpochMs })
  expect(store.isRestricted('ada')).toBe(restricted)
  await restore({ data: at('backup'), keys: at('keys'), dir: at('restored'), nowEpochMs })
  const restored = await openStore(at('restored'), { nowEpochMs })
  expect(restored.isRestricted('ada')).toBe(restricted)
  expect(await people(restored)).toEqual(restricted ? ['bob'] : ['ada', 'bob'])
  await restored.close()
})

test('one that the disk has no room for is not there, and the next is answered only once it outlives a restart', async () => {
  const makeRoom = fillDisk(store.control)
  for (let tries = 0; tries < 2; tries += 1) {
    await expect(restrictUse(store, 'ada', true)).rejects.toThrow('constraint failed')
    expect(await people()).toEqual(['ada', 'bob'])
    expect(store.restrictions.empty).toBe(true)
  }
  makeRoom()
  expect(await restrictUse(store, 'ada', true)).toMatchObject({ ok: true, value: { receipt: { entries: [{}] } } })
  await store.close()
  store = await openStore(at('data'), { nowEpochMs })
  expect(await people()).toEqual(['bob'])
})

test.each([
  [
    [false, true],
    [true, 'restriction lifted', 'restriction begun'],
  ],
  [
    [false, false],
    [false, 'restriction lifted'],
  ],
  [
    [false, true, false],
    [false, 'restriction lifted', 'restriction begun', 'restriction lifted'],
  ],
])('of acts at the same moment each takes effect after the one before, and is on record: %j', async (acts, [restricted, ...kinds]) => {
  await restrictUse(store, 'ada', true)
  const done = await Promise.all(acts.map((to) => restrictUse(store, 'ada', to)))
  expect(done.map((one) => one.ok && one.value.restricted)).toEqual(acts)
  expect(store.isRestricted('ada')).toBe(restricted)
  expect((await kindsOf('ada')).filter((kind) => kind.startsWith('restriction'))).toEqual(['restriction begun', ...kinds])
  await store.close()
  store = await openStore(at('data'), { nowEpochMs })
  expect(store.isRestricted('ada')).toBe(restricted)
})

test('who restricts their work while that is being lifted has it restricted, whatever is asked meanwhile', async () => {
  await restrictUse(store, 'ada', true)
  const lifting = restrictUse(store, 'ada', false)
  const restricting = restrictUse(store, 'ada', true)
  await restricting
  expect(await people()).toEqual(['bob'])
  await lifting
  expect(await people()).toEqual(['bob'])
})

test('asking for what holds already changes nothing, and nobody unknown is restricted', async () => {
  await restrictUse(store, 'ada', true)
  expect(await restrictUse(store, 'ada', true)).toMatchObject({ ok: true, value: { restricted: true, receipt: { entries: [] } } })
  expect(await restrictUse(store, 'nobody', true)).toMatchObject({ ok: false, reason: 'unknown' })
  expect(store.keys.has('nobody')).toBe(false)
})
