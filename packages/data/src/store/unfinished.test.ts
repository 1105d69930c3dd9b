import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest, Receipt } from '@overt/schema'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { finishActs } from '../finish.ts'
import { type Put, putManifest, putReceipt, trustKey, withdrawReceipt } from '../govern/consent.ts'
import { revokeDevice } from '../govern/devices.ts'
import { enrolDevice, registerDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { registerDataset, registerModel } from '../govern/lineage.ts'
import { restrictUse } from '../govern/restrict.ts'
import { enforceRetention } from '../govern/retention.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { diskFor } from './full-disk.fixture.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'
import { selectUnfinished } from './unfinished.ts'

const dayMs = 86_400_000
const hash = '11'.repeat(32)

let folder: ReturnType<typeof scratchFolder>
let enrolment: Awaited<ReturnType<typeof enrolledStore>>['enrolment']
let store: Store
let disk: ReturnType<typeof diskFor>
let laterMs: number
let other: Manifest
let again: Receipt

const nowEpochMs = (): number => Date.now() + laterMs

beforeEach(async () => {
  folder = scratchFolder()
  laterMs = 0
  disk = diskFor('entries.jsonl')
  const made = await enrolledStore(folder.dir)
  enrolment = made.enrolment
  const request = await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, 'batch-a001')))
  await ingestBatch(createIngest(made.store), request)
  await made.store.close()
  store = await openStore(folder.dir, { disk, nowEpochMs })
  other = await trustedManifest(store, ['ground', 'improve'])
  const { manifest, receipt } = enrolment
  const decided = { nowEpochMs: nowEpochMs(), expiresAtEpochMs: receipt.expiresAtEpochMs }
  again = await grantReceipt({ ...receipt, manifest, ...decided, id: 'receipt-2' }, await generateKeyPair())
})

afterEach(async () => {
  disk.full = false
  await store.close()
  folder.remove()
})

async function kindsFrom(size: number): Promise<readonly string[]> {
  return (await Array.fromAsync(store.ledger.entries(size))).map(({ kind }) => kind)
}

const valueOf = <T>(put: Put<T>): T | null => (put.ok ? put.value : null)

const acts: readonly [string, () => Promise<unknown>][] = [
  ['key', () => trustKey(store, { keyId: 'council-1', by: 'council', publicKey: enrolment.receipt.publicKey })],
  ['manifest', () => putManifest(store, other)],
  ['receipt', () => enrolDevice(store, { person: 'bob', manifest: enrolment.manifest, endpoint: '' })],
  ['device', () => registerDevice(store, { person: 'ada', publicKey: enrolment.receipt.publicKey, receipt: enrolment.receipt })],
  ['withdrawal', () => withdrawReceipt(store, { person: 'ada' })],
  ['restriction', () => restrictUse(store, 'ada', true)],
  ['revocation', () => revokeDevice(store, enrolment.deviceId)],
  ['erasure', () => eraseData(store, { person: 'ada' })],
  ['dataset', () => registerDataset(store, { hash, name: 'orders', path: join(folder.dir, 'a'), purpose: 'ground', episodes: [] })],
  ['training', () => registerModel(store, { hash, path: join(folder.dir, 'a.model'), dataset: hash })],
  ['retention', () => ((laterMs = 4_000 * dayMs), enforceRetention(store))],
  ['kill', () => store.killSwitch.kill('an officer', 'a look')],
]

test.each(acts)('an act that the ledger has no room for is entered once, ahead of what it takes next: %s', async (kind, act) => {
  const size = store.ledger.size
  disk.full = true
  await expect(act()).rejects.toMatchObject({ kind: 'diskFull' })
  await expect(store.ledger.append('read', {})).rejects.toMatchObject({ kind: 'diskFull' })
  expect(await kindsFrom(size)).toEqual([])
  disk.full = false
  expect(await store.ledger.append('read', {})).toBe(size + 1)
  expect([await kindsFrom(size), selectUnfinished(store.control)]).toEqual([[kind, 'read'], []])
  await store.close()
  store = await openStore(folder.dir, { disk, nowEpochMs })
  expect([await finishActs(store), await kindsFrom(size)]).toEqual([[], [kind, 'read']])
  expect(await store.ledger.verify()).toMatchObject({ ok: true })
})

test.each([
  ['withdrawal', () => withdrawReceipt(store, { person: 'ada' })],
  ['restriction', () => restrictUse(store, 'ada', true)],
  ['revocation', () => revokeDevice(store, enrolment.deviceId)],
  ['key', () => trustKey(store, { keyId: 'council-1', by: 'council', publicKey: enrolment.receipt.publicKey })],
  ['manifest', () => putManifest(store, other)],
  ['receipt', () => putReceipt(store, again)],
] as const)('whoever asks once more for what stands already is answered once it is on record: %s', async (kind, act) => {
  const size = store.ledger.size
  disk.full = true
  for (let tries = 0; tries < 2; tries += 1) await expect(act()).rejects.toMatchObject({ kind: 'diskFull' })
  disk.full = false
  await act()
  expect(await kindsFrom(size)).toEqual([kind])
})

test('an erasure that is entered late leaves no byte that names its person in the tables', async () => {
  const written = (): boolean =>
    readdirSync(folder.dir).some(
      (name) => name.startsWith('control') && readFileSync(join(folder.dir, name), 'latin1').includes('"act":"erasure"'),
    )
  disk.full = true
  await expect(eraseData(store, { person: 'ada' })).rejects.toMatchObject({ kind: 'diskFull' })
  expect(written()).toBe(true)
  disk.full = false
  await store.ledger.append('read', {})
  expect(written()).toBe(false)
})

test('an entry stands though the tables can not forget what owed it: they do with the next', async () => {
  const size = store.ledger.size
  store.control.exec(`CREATE TRIGGER kept BEFORE DELETE ON unfinished BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  expect(await withdrawReceipt(store, { person: 'ada' })).toEqual({ ok: true, value: 1 })
  expect([selectUnfinished(store.control).length, store.ledger.unforgotten]).toEqual([1, 1])
  store.control.exec('DROP TRIGGER kept')
  await store.ledger.append('read', {})
  expect([await kindsFrom(size), selectUnfinished(store.control), store.ledger.unforgotten]).toEqual([['withdrawal', 'read'], [], 0])
})

test.each<[string, () => Promise<unknown>]>([
  ['erasure', () => eraseData(store, { person: 'ada' })],
  ['restriction', async () => valueOf(await restrictUse(store, 'ada', true))],
])(
  'an act whose receipt the disk takes no checkpoint for is answered as done, with the one before; its own is owed: %s',
  async (kind, act) => {
    await store.close()
    const small = diskFor('ledger/checkpoint')
    store = await openStore(folder.dir, { disk: small, nowEpochMs })
    const [size, before] = [store.ledger.size, await store.ledger.latest()]
    small.full = true
    const entries = [expect.objectContaining({ index: size })]
    expect(await act()).toMatchObject({ receipt: { entries, checkpoint: before } })
    expect([await kindsFrom(size), selectUnfinished(store.control), store.ledger.unsigned]).toEqual([[kind], [], 1])
    // As a command ends that had the folder to itself.
    await store.close()
    small.full = false
    store = await openStore(folder.dir, { disk, nowEpochMs })
    expect([await finishActs(store), await kindsFrom(size), store.ledger.unsigned]).toEqual([[], [kind], 0])
    expect((await store.ledger.latest()).split('\n')[1]).toBe(String(size + 1))
  },
)
