import { renameSync } from 'node:fs'
import { join } from 'node:path'

import { generateKeyPair, grantReceipt, importPrivateKey } from '@overt/privacy'
import type { Batch, Purpose } from '@overt/schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import type { IngestAnswer } from '../ingest/http.ts'
import { createIngest, ingestBatch, type Ingest } from '../ingest/ingest.ts'
import { nodeDisk, type Disk } from '../store/disk.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { backUp } from './backup.ts'
import { putReceipt, receiptsOf, withdrawReceipt } from './consent.ts'
import { devicesOf, revokeDevice } from './devices.ts'
import { type Enrolment, enrolDevice, registerDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { restore } from './restore.ts'
import { slowDisk } from './slow-disk.fixture.ts'

vi.setConfig({ testTimeout: 120_000 })

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let bob: Enrolment
let ingest: Ingest
let nowEpochMs: number

const at = (...names: string[]): string => join(folder.dir, ...names)

async function begin(disk: Disk = nodeDisk()): Promise<void> {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  store = await openStore(at('data'), { nowEpochMs: () => nowEpochMs, disk })
  ingest = createIngest(store)
  const manifest = await trustedManifest(store)
  ada = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  bob = await enrolDevice(store, { person: 'bob', manifest, endpoint: '' })
}
async function end(): Promise<void> {
  await store.close()
  folder.remove()
}
beforeEach(() => begin())
afterEach(end)

/** Another folder, or the same again, is opened. */
async function open(name: string): Promise<void> {
  store = await openStore(at(name), { nowEpochMs: () => nowEpochMs })
  ingest = createIngest(store)
}

async function answerTo(from: Enrolment, id: string, change: Partial<Batch> = {}): Promise<IngestAnswer> {
  const batch = sampleBatch(from, id, { closedAtEpochMs: nowEpochMs, ...change })
  return ingestBatch(ingest, await signedRequest(from, JSON.stringify(batch), { atEpochMs: nowEpochMs }))
}
const send = async (...sent: Parameters<typeof answerTo>): Promise<number> => (await answerTo(...sent)).status
const kept = (person: string) => store.rows({ person }).map(({ id }) => id)

async function kindsOf(person: string): Promise<string[]> {
  return (await Array.fromAsync(store.ledger.of(person))).map(({ kind }) => kind)
}

test('a person sees their devices, when the newest came of what is kept of each, and when it ended', async () => {
  expect(await send(ada, 'batch-0001')).toBe(200)
  nowEpochMs += 5_000
  const sentAtEpochMs = nowEpochMs
  expect(await send(ada, 'batch-0002')).toBe(200)
  const second = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  nowEpochMs += 5_000
  await revokeDevice(store, ada.deviceId)
  expect(devicesOf(store, 'ada')).toMatchObject([
    { id: ada.deviceId, revokedAtEpochMs: nowEpochMs, lastSentAtEpochMs: sentAtEpochMs },
    { id: second.deviceId, revokedAtEpochMs: null, lastSentAtEpochMs: null },
  ])
  await eraseData(store, { person: 'ada', session: store.rows({ person: 'ada' })[0]?.session ?? '' })
  expect(devicesOf(store, 'ada').map(({ lastSentAtEpochMs }) => lastSentAtEpochMs)).toEqual([null, null])
})

test('what a device sends under the id of its receipt is of that device', async () => {
  const named = { ...ada, deviceId: ada.receipt.id }
  expect(await send(named, 'batch-0001')).toBe(200)
  expect(devicesOf(store, 'ada')).toMatchObject([{ id: ada.deviceId, lastSentAtEpochMs: nowEpochMs }])
  await revokeDevice(store, ada.deviceId)
  expect(await send(named, 'batch-0002')).toBe(401)
})

test('a key ends with its device, by whatever other id it was enrolled too', async () => {
  const { publicKey } = ada.receipt
  const { deviceId } = await registerDevice(store, { person: 'ada', publicKey, receipt: ada.receipt })
  await revokeDevice(store, ada.deviceId)
  expect(await send({ ...ada, deviceId }, 'batch-0001')).toBe(401)
})

test('the end of a device is one entry of its person’s, once, and it holds after a start', async () => {
  expect(await revokeDevice(store, 'dev-nothing')).toMatchObject({ ok: false, reason: 'unknown' })
  expect(await revokeDevice(store, ada.deviceId)).toMatchObject({ ok: true, value: { revoked: true } })
  expect(await revokeDevice(store, ada.deviceId)).toMatchObject({ ok: true, value: { revoked: false } })
  expect([(await kindsOf('ada')).filter((kind) => kind === 'revocation'), (await kindsOf('bob')).includes('revocation')]).toEqual([
    ['revocation'],
    false,
  ])
  await store.close()
  await open('data')
  expect([await send(ada, 'batch-0001'), await send(bob, 'batch-0002')]).toEqual([401, 200])
})

test('to end a device that an erasure has ended makes no name for its person', async () => {
  await eraseData(store, { person: 'ada' })
  expect(await revokeDevice(store, ada.deviceId)).toMatchObject({ ok: true, value: { revoked: false } })
  expect(store.keys.has('ada')).toBe(false)
})

test.each([
  ['ended', () => revokeDevice(store, ada.deviceId)],
  ['erased with everything', () => eraseData(store, { person: 'ada' })],
] as const)('a backup from before brings no device back that was %s since', async (_, end) => {
  await backUp(store, { data: at('copy', 'data'), keys: at('copy', 'keys') })
  nowEpochMs += 1_000
  await end()
  await store.close()
  await restore({ data: at('copy', 'data'), keys: at('copy', 'keys'), dir: at('again'), nowEpochMs: () => nowEpochMs })
  await open('again')
  nowEpochMs += 1_000
  expect([await send(ada, 'batch-0001'), await send(bob, 'batch-0002')]).toEqual([401, 200])
})

test('a copy of the keys that the end of a device did not reach is named, counted in its entry, and reached once somebody asks again', async () => {
  await backUp(store, { data: at('copy', 'data'), keys: at('copy', 'keys') })
  nowEpochMs += 1_000
  renameSync(at('copy', 'keys'), at('elsewhere'))
  const missed = [expect.stringContaining(at('copy', 'keys'))]
  for (const revoked of [true, false]) expect(await revokeDevice(store, ada.deviceId)).toMatchObject({ value: { revoked, left: missed } })
  const entries = (await Array.fromAsync(store.ledger.of('ada'))).filter(({ kind }) => kind === 'revocation')
  expect(entries.map(({ body }) => body['missedBackups'])).toEqual([1])
  renameSync(at('elsewhere'), at('copy', 'keys'))
  expect(await revokeDevice(store, ada.deviceId)).toMatchObject({ value: { revoked: false, left: [] } })
  await store.close()
  await restore({ data: at('copy', 'data'), keys: at('copy', 'keys'), dir: at('again'), nowEpochMs: () => nowEpochMs })
  await open('again')
  nowEpochMs += 1_000
  expect(await send(ada, 'batch-0001')).toBe(401)
})

test('after an erasure of all nothing is taken from the devices that recorded it, and their keys are enrolled no more', async () => {
  expect(await send(ada, 'batch-0001')).toBe(200)
  await eraseData(store, { person: 'ada' })
  nowEpochMs += 60_000
  expect(await answerTo(ada, 'batch-0002')).toMatchObject({ status: 401, body: { code: 'OVT-1384', reason: 'device' } })
  // Nor under an agreement that its key signs anew, nor one for all devices.
  const pair = { publicKey: ada.receipt.publicKey, privateKey: await importPrivateKey(ada.deviceKey) }
  const { purposes, modalities, expiresAtEpochMs } = ada.receipt
  const given = { person: 'ada', manifest: ada.manifest, purposes, modalities, nowEpochMs, expiresAtEpochMs, assurance: 'local' } as const
  for (const [id, keys] of [
    ['batch-0003', pair],
    ['batch-0004', await generateKeyPair()],
  ] as const) {
    const receipt = await grantReceipt(given, keys)
    expect(await putReceipt(store, receipt)).toMatchObject({ ok: true })
    expect([id, await send(ada, id, { receipt: receipt.id })]).toEqual([id, 401])
  }
  const again = await grantReceipt(given, pair)
  await expect(registerDevice(store, { person: 'ada', publicKey: pair.publicKey, receipt: again })).rejects.toMatchObject({
    kind: 'invalid',
  })
  expect(receiptsOf(store, 'ada').some(({ receipt }) => receipt.id === again.id)).toBe(false)
  expect([kept('ada'), await send(bob, 'batch-b001')]).toEqual([[], 200])
})

type Asked = Parameters<typeof registerDevice>[1]

/** A device's key with a person's agreement that it signed. */
async function withKeyOf(device: Enrolment, person: string): Promise<Asked> {
  return agreedBy(person, { publicKey: device.receipt.publicKey, privateKey: await importPrivateKey(device.deviceKey) })
}

/** A person's agreement that is signed with a key, by the clock of its device. */
async function agreedBy(person: string, pair: Parameters<typeof grantReceipt>[1], deviceEpochMs = nowEpochMs): Promise<Asked> {
  const { purposes, modalities, expiresAtEpochMs } = ada.receipt
  const given = { person, manifest: ada.manifest, purposes, modalities, expiresAtEpochMs, assurance: 'local' } as const
  return { person, publicKey: pair.publicKey, receipt: await grantReceipt({ ...given, nowEpochMs: deviceEpochMs }, pair) }
}

const liveOf = (person: string) => devicesOf(store, person).filter(({ revokedAtEpochMs }) => revokedAtEpochMs === null)
const turn = () => new Promise((resolve) => setImmediate(resolve))

test.each([
  ['its person ends it', () => revokeDevice(store, ada.deviceId)],
  ['everything of theirs is erased', () => eraseData(store, { person: 'ada' })],
] as const)('a key is not enrolled again where %s while its new agreement is kept', async (_, end) => {
  const enrolling = registerDevice(store, await withKeyOf(ada, 'ada'))
  // The new receipt is being checked: its device is to be written after the end.
  await Promise.all([end(), expect(enrolling).rejects.toMatchObject({ kind: 'invalid' })])
  expect(liveOf('ada')).toEqual([])
})

const keptReceipt = async ({ person, receipt }: Asked): Promise<void> => {
  while (!receiptsOf(store, person).some((one) => one.receipt.id === receipt.id)) await turn()
}

test.each<[string, string, number, (asked: Asked) => Promise<void>]>([
  ['its agreement is being checked', 'ada', 0, async () => {}],
  ['its agreement is being checked, by a clock that is ahead', 'ada', 60_000, async () => {}],
  ['its agreement is being entered', 'ada', 60_000, keptReceipt],
  ['the agreement of somebody new is being entered', 'cyd', 60_000, keptReceipt],
])('a new device is not enrolled where everything of its person’s is erased while %s', async (_, person, aheadMs, wait) => {
  const asked = await agreedBy(person, await generateKeyPair(), nowEpochMs + aheadMs)
  const enrolling = registerDevice(store, asked)
  await wait(asked)
  const refused = { kind: 'invalid', message: expect.stringContaining('was erased') }
  await Promise.all([eraseData(store, { person }), expect(enrolling).rejects.toMatchObject(refused)])
  expect(liveOf(person)).toEqual([])
})

test('whenever everything is erased while a device of the same person is enrolled, it is refused or ended', async () => {
  const outcomes = new Set<string>()
  for (let turns = 0; outcomes.size < 2; turns = turns * 2 + 1) {
    const enrolling = registerDevice(store, await agreedBy('ada', await generateKeyPair())).then(
      () => 'ended',
      () => 'refused',
    )
    for (let n = 0; n < turns; n += 1) await turn()
    await eraseData(store, { person: 'ada' })
    outcomes.add(await enrolling)
    expect([turns, liveOf('ada')]).toEqual([turns, []])
    nowEpochMs += 1_000
  }
})

test('an agreement of before an erasure of everything enrols no device after it, and one of after it does', async () => {
  const pair = await generateKeyPair()
  const before = await agreedBy('ada', pair)
  nowEpochMs += 5 * 60_000
  await eraseData(store, { person: 'ada' })
  nowEpochMs += 1_000
  await expect(registerDevice(store, before)).rejects.toMatchObject({ kind: 'invalid' })
  expect([liveOf('ada'), store.keys.has('ada'), receiptsOf(store, 'ada').length]).toEqual([[], false, 1])
  // By a clock that is behind, as clocks are.
  const { deviceId } = await registerDevice(store, await agreedBy('ada', pair, nowEpochMs - 4 * 60_000))
  expect(liveOf('ada')).toMatchObject([{ id: deviceId }])
})

test('a key that two people enrolled ends for both to be enrolled anew, and the one who erased nothing goes on', async () => {
  const cyd = await withKeyOf(ada, 'cyd')
  const { deviceId } = await registerDevice(store, cyd)
  await eraseData(store, { person: 'ada' })
  nowEpochMs += 1_000
  for (const person of ['ada', 'cyd'])
    await expect(registerDevice(store, await withKeyOf(ada, person))).rejects.toMatchObject({ kind: 'invalid' })
  // By its receipt too, it is Ada's device that asks, and not the other's of the same key.
  const named = { ...ada, deviceId: ada.receipt.id }
  expect([await answerTo(ada, 'batch-0001'), await answerTo(named, 'batch-0002')]).toMatchObject([{ status: 401 }, { status: 401 }])
  expect(await send({ ...ada, deviceId, receipt: cyd.receipt }, 'batch-0003')).toBe(200)
})

test('a backup from before a device was enrolled knows, once it is restored, that its key has ended', async () => {
  await backUp(store, { data: at('copy', 'data'), keys: at('copy', 'keys') })
  // They are told in the order in which they were enrolled.
  nowEpochMs += 1_000
  const late = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  await revokeDevice(store, late.deviceId)
  await store.close()
  await restore({ data: at('copy', 'data'), keys: at('copy', 'keys'), dir: at('again'), nowEpochMs: () => nowEpochMs })
  await open('again')
  await expect(registerDevice(store, await withKeyOf(late, 'ada'))).rejects.toMatchObject({ kind: 'invalid' })
  expect(devicesOf(store, 'ada')).toMatchObject([{ revokedAtEpochMs: null }, { id: late.deviceId, revokedAtEpochMs: nowEpochMs }])
})

test('a device that has ended is told so, whatever became of what its person agreed to', async () => {
  await withdrawReceipt(store, { person: 'ada' })
  expect(await answerTo(ada, 'batch-0001')).toMatchObject({ status: 403, body: { reason: 'receipt' } })
  await revokeDevice(store, ada.deviceId)
  expect(await answerTo(ada, 'batch-0002')).toMatchObject({ status: 401, body: { reason: 'device' } })
})

test('what is stored is entered as of the device that its person enrolled and ended, by whatever name it came', async () => {
  expect(await send(ada, 'batch-0001')).toBe(200)
  expect(await send({ ...ada, deviceId: ada.receipt.id }, 'batch-0002')).toBe(200)
  await revokeDevice(store, ada.deviceId)
  const entries = (await Array.fromAsync(store.ledger.of('ada'))).filter(({ body }) => 'device' in body)
  expect(entries.map(({ kind }) => kind)).toEqual(['device', 'segment', 'segment', 'revocation'])
  expect(new Set(entries.map(({ body }) => body['device'])).size).toBe(1)
})

test('an erasure of less than all ends no device', async () => {
  for (const subject of [{ session: 'old' }, { lastMs: 1_000 }, { fromEpochMs: 0, untilEpochMs: nowEpochMs - 1 }]) {
    await eraseData(store, { person: 'ada', ...subject })
    nowEpochMs += 1_000
    expect(await send(ada, `batch-${nowEpochMs}`, { session: 'live' })).toBe(200)
  }
})

test('a device that its person ends sends nothing more, whatever waits, and their other one goes on', async () => {
  await end()
  const slow = slowDisk()
  await begin(slow.disk)
  const other = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  const release = slow.hold()
  const first = send(other, 'batch-a001')
  await vi.waitFor(() => expect(slow.waiting()).toBe(1), 20_000)
  const [behind, beside] = [send(ada, 'batch-a002'), send(other, 'batch-a003')]
  await vi.waitFor(() => expect(ingest.counters().inFlight).toBe(3), 20_000)
  const ending = revokeDevice(store, ada.deviceId)
  release()
  expect(await ending).toMatchObject({ ok: true, value: { person: 'ada', revoked: true, left: [] } })
  expect([await first, await behind, await beside]).toEqual([200, 401, 200])
  expect([await send(ada, 'batch-a004'), await send(other, 'batch-a005')]).toEqual([401, 200])
  expect(kept('ada').toSorted()).toEqual(['batch-a001', 'batch-a003', 'batch-a005'])
})

test('whenever a device is ended, what is answered with 200 is kept and nothing after it is', async () => {
  for (let turns = 0; turns < 24; turns += 1) {
    const device = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
    const sent = [0, 1, 2].map((n) => send(device, `batch-${1_000 + turns * 4 + n}`))
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    const ending = revokeDevice(store, device.deviceId)
    const statuses = await Promise.all([...sent, send(device, `batch-${1_003 + turns * 4}`)])
    await ending
    expect([turns, statuses.at(-1), statuses.filter((status) => status !== 200 && status !== 401)]).toEqual([turns, 401, []])
    expect(kept('ada').filter((id) => Number(id.slice(6)) >= 1_000 + turns * 4)).toHaveLength(statuses.filter((one) => one === 200).length)
  }
})

test('of several purposes that a manifest offers none is taken for agreed to: each is named', async () => {
  const manifest = await trustedManifest(store, ['ground', 'share'])
  const enrol = (purposes?: readonly Purpose[]) =>
    enrolDevice(store, { person: 'cyd', manifest, endpoint: '', ...(purposes === undefined ? {} : { purposes }) })
  for (const purposes of [undefined, []]) await expect(enrol(purposes)).rejects.toMatchObject({ kind: 'invalid' })
  expect(receiptsOf(store, 'cyd')).toEqual([])
  expect((await enrol(['share'])).receipt.purposes).toEqual(['share'])
})
