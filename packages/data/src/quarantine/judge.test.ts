import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import type { Permit } from '@overt/privacy'
import type { Picture } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { withdrawReceipt } from '../govern/consent.ts'
import type { Enrolment } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { finishActs } from '../finish.ts'
import { ownLedger } from '../govern/own-ledger.ts'
import { restrictUse } from '../govern/restrict.ts'
import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { crashedCopy } from '../store/crashed.fixture.ts'
import { openStore } from '../store/open-store.ts'
import { ownPermitsFor, permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { pictureModalities, pictureStore } from './fixture.ts'
import { heldPictures, lookAtHeld, permitForHeld } from './held.ts'
import { destroyHeld, releaseHeld } from './judge.ts'
import { pictureName } from './picture-name.ts'

/** One grey pixel. */
const pixel = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
const card = { kind: 'card', box: [30, 120, 200, 16] } as const

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let permit: Permit
let record: string
let body: string

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store, enrolment: ada } = await pictureStore(folder.dir))
  permit = await permitOf()
  body = await sent(2)
  record = store.rows()[0]?.idHash ?? ''
  store.keys.judge(record, 0, { verdict: 'found', findings: [card] })
  store.keys.judge(record, 1, { verdict: 'clear', findings: [] })
})
afterEach(async () => {
  await store.close()
  folder.remove()
  rmSync(`${folder.dir}-crashed`, { recursive: true, force: true })
})

async function permitOf(): Promise<Permit> {
  const [found] = await Array.fromAsync(permitsFor(store, 'ground'))
  if (found === undefined) throw new Error('there is no permit')
  return found
}

async function sent(many: number): Promise<string> {
  const pictures = Array.from({ length: many }, (_, id): Picture => {
    return { id, format: 'webp', image: pixel, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 }
  })
  const pictured = pictures.map(({ id }) => ({ kind: 'captured', event: id, picture: id, when: 'before', ageMs: 9 }) as const)
  const batch = sampleBatch(ada, 'batch-with-pictures', { modalities: [...pictureModalities], pictures, pictured })
  expect(await post(JSON.stringify(batch))).toMatchObject({ status: 200 })
  return JSON.stringify(batch)
}

const post = async (text: string) => ingestBatch(createIngest(store), await signedRequest(ada, text))
const judging = (picture = 0) => ({ name: pictureName(record, picture), by: 'privacy some-officer' })
const handedOut = async (filter: object = {}): Promise<readonly number[]> =>
  (await Array.fromAsync(store.batches(await permitOf(), filter))).flatMap(({ pictures = [] }) => pictures.map(({ id }) => id))
const entries = async (kind: string) => (await Array.fromAsync(store.ledger.of('ada'))).filter((one) => one.kind === kind)

test('what is held back is told by kind and place, without whose it is, and the look stands in the ledger', async () => {
  const held = await heldPictures(permit, store, { reader: 'an officer' })
  expect(held).toEqual([{ name: pictureName(record, 0), origin: fixtureOrigin, verdict: 'found', findings: [card] }])
  expect((await entries('read')).at(-1)?.body).toMatchObject({ what: 'held pictures', why: 'ground', reader: 'an officer' })
})

test('where nothing is held back nobody is told of a look', async () => {
  store.keys.release(record, 0)
  expect(await heldPictures(permit, store, { reader: 'an officer' })).toEqual([])
  expect(await entries('read')).toEqual([])
})

test('a held picture is handed out to whoever judges it, as a read in the ledger, and one that is not held is not', async () => {
  expect((await lookAtHeld(permit, store, { name: pictureName(record, 0), reader: 'an officer' }))?.toString('base64')).toBe(pixel)
  expect((await entries('read')).at(-1)?.body).toMatchObject({ what: 'batches', why: 'ground', reader: 'an officer' })
  for (const name of [pictureName(record, 1), pictureName(record, 9), 'nothing', `${record}-0-0`])
    expect(await lookAtHeld(permit, store, { name, reader: 'an officer' })).toBeUndefined()
  expect(await entries('read')).toHaveLength(1)
})

test('a released picture goes to readers, under a permit, and the ledger says who released it and what was found', async () => {
  expect(await handedOut()).toEqual([1])
  expect(await releaseHeld(permit, store, judging())).toMatchObject({ act: 'released', found: { card: 1 }, left: [] })
  expect(await handedOut()).toEqual([0, 1])
  const [entry] = await entries('picture')
  expect(entry?.body).toEqual({ act: 'released', verdict: 'found', found: { card: 1 }, by: 'privacy some-officer', why: 'ground' })
  await expect(releaseHeld(permit, store, judging())).rejects.toMatchObject({ code: 'OVT-1310' })
  await expect(releaseHeld(permit, store, judging(1))).rejects.toMatchObject({ code: 'OVT-1310' })
  expect(await entries('picture')).toHaveLength(1)
})

test('of two who judge one picture at once one does, and what was cleared is not released', async () => {
  const ended = await Promise.allSettled([releaseHeld(permit, store, judging()), releaseHeld(permit, store, judging())])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(store.keys.release(record, 1)).toBe(false)
  expect(store.keys.judgements(record).get(1)?.verdict).toBe('clear')
})

test('what was released is held again where a later check finds more, and by nothing less', () => {
  store.keys.release(record, 0)
  store.keys.judge(record, 0, { verdict: 'found', findings: [{ ...card, kind: 'sought' }] })
  expect(store.keys.judgements(record).get(0)?.verdict).toBe('found')
  store.keys.judge(record, 0, { verdict: 'clear', findings: [] })
  expect(store.keys.judgements(record).get(0)?.verdict).toBe('found')
})

test.each<[string, () => Promise<unknown>]>([
  ['a withdrawal', () => withdrawReceipt(store, { person: 'ada' })],
  ['an erasure', () => eraseData(store, { person: 'ada' })],
  ['a restriction', () => restrictUse(store, 'ada', true)],
  ['the kill switch', () => store.killSwitch.kill('somebody', 'why not')],
])('after %s nothing is released, destroyed or looked at, and there is no permit to', async (_, end) => {
  await end()
  expect(await permitForHeld(store, pictureName(record, 0), 'ground')).toBeUndefined()
  for (const act of [releaseHeld, destroyHeld]) await expect(act(permit, store, judging())).rejects.toThrow(/permit|held back/)
  await expect(heldPictures(permit, store, { reader: 'an officer' })).rejects.toThrow(/permit|held back/)
  await expect(lookAtHeld(permit, store, { name: pictureName(record, 0), reader: 'an officer' })).rejects.toThrow(/permit|held back/)
  expect(await entries('picture')).toEqual([])
})

test('there is a permit for a purpose that the person agreed to and for no other, and for no picture that is not held', async () => {
  expect(await permitForHeld(store, pictureName(record, 0), 'ground')).toMatchObject({ person: 'ada', purpose: 'ground' })
  expect(await permitForHeld(store, pictureName(record, 0), 'share')).toBeUndefined()
  expect(await permitForHeld(store, pictureName(record, 1), 'ground')).toBeUndefined()
})

test('a withdrawal that comes while the entry is written releases nothing', async () => {
  const releasing = releaseHeld(permit, store, judging())
  store.consent.end('ada')
  await expect(releasing).rejects.toThrow(/permit|held back/)
  expect(store.keys.judgements(record).get(0)?.verdict).toBe('found')
})

test('a destroyed picture is gone for its person too, out of the keys and the log; all else of its record is as it was', async () => {
  const [before] = await Array.fromAsync(store.batches(permit, { pictures: 'all' }))
  const logged = (): string => readFileSync(join(folder.dir, 'log', '00000001.seg'), 'latin1')
  const sealed = logged()
  expect(await destroyHeld(permit, store, judging())).toMatchObject({ act: 'destroyed', found: { card: 1 }, left: [] })
  const [own] = await Array.fromAsync(ownPermitsFor(store, 'ada'))
  if (own === undefined) throw new Error('ada may not see her own')
  const [after] = await Array.fromAsync(store.batches(own, { pictures: 'all' }))
  expect(after).toEqual({ ...before, pictures: before?.pictures?.slice(1), counters: { ...before?.counters, 'pictures-destroyed': 1 } })
  expect(await handedOut()).toEqual([1])
  expect(await heldPictures(permit, store, { reader: 'an officer' })).toEqual([])
  expect(await store.openable([record])).toBe(0)
  expect(logged()).not.toContain(sealed.slice(-300))
  expect(logged().length).toBeGreaterThan(500)
  expect((await entries('picture'))[0]?.body).toMatchObject({ act: 'destroyed', found: { card: 1 }, by: 'privacy some-officer' })
  await expect(destroyHeld(permit, store, judging())).rejects.toMatchObject({ code: 'OVT-1310' })
})

test('what a destroyed picture came with is not taken anew, is whole for its person, and stays so when the folder is opened again', async () => {
  await destroyHeld(permit, store, judging())
  const segments = await entries('segment')
  expect(await post(body)).toMatchObject({ status: 200, body: { duplicate: true } })
  const opened = async () => (await ownLedger(store, 'ada', { fromIndex: 0, names: [], batches: ['batch-with-pictures'] })).opened
  expect(await opened()).toEqual(['batch-with-pictures'])
  await store.close()
  store = await openStore(folder.dir)
  expect(await handedOut()).toEqual([1])
  expect(await entries('segment')).toEqual(segments)
  expect([await opened(), (await store.ledger.verify()).ok, store.rows().length]).toEqual([['batch-with-pictures'], true, 1])
  expect(await post(body)).toMatchObject({ body: { duplicate: true } })
  await eraseData(store, { person: 'ada' })
  expect([await opened(), store.rows()]).toEqual([[], []])
})

test('a crash while a picture is destroyed leaves the record whole, once, and the picture held or gone', async () => {
  let crashed = ''
  const seen = new Set<string>()
  const parts = ['keys.sqlite', 'keys.sqlite-wal', 'log', 'ledger'] as const
  const states: string[] = []
  const { destroyRecords } = store.keys
  // As a crash leaves it that comes when the new record lies in the log and the old key is there still.
  store.keys.destroyRecords = (names) => {
    crashed = crashedCopy(folder.dir)
    states.push(...readdirSync(crashed))
    destroyRecords.call(store.keys, names)
  }
  await destroyHeld(permit, store, judging())
  expect(states).toEqual(expect.arrayContaining([...parts]))
  await store.close()
  store = await openStore(crashed)
  for (const row of store.rows()) seen.add(row.id)
  expect([store.rows().length, seen.size]).toEqual([1, 1])
  expect(await handedOut({ pictures: 'all' })).toEqual([1])
  expect((await entries('segment')).length).toBe(1)
  expect(await finishActs(store)).toEqual(['an act that was cut off is finished: picture'])
  expect(await entries('picture')).toMatchObject([{ body: { act: 'destroyed', by: 'privacy some-officer', found: { card: 1 } } }])
  expect([await finishActs(store), (await store.ledger.verify()).ok]).toEqual([[], true])
})

test('a destruction that a crash cuts off before it began leaves the picture held, and no entry', async () => {
  let crashed = ''
  const { replace } = store
  store.replace = (...args) => {
    crashed = crashedCopy(folder.dir)
    return replace.apply(store, args)
  }
  await destroyHeld(permit, store, judging())
  await store.close()
  store = await openStore(crashed)
  await finishActs(store)
  expect([await entries('picture'), await handedOut({ pictures: 'all' })]).toEqual([[], [0, 1]])
  expect((await heldPictures(await permitOf(), store, { reader: 'an officer' })).length).toBe(1)
})
