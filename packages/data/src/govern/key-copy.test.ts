import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { grantReceipt, importPrivateKey } from '@overt/privacy'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { backUp } from './backup.ts'
import { putReceipt, receiptsOf, withdrawReceipt } from './consent.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { restore } from './restore.ts'
import { enforceRetention } from './retention.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

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
  await post(store, ada, 'batch-a1')
  await post(store, bob, 'batch-b1')
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function post(to: Store, from: Enrolment, id: string): Promise<number> {
  const body = JSON.stringify(sampleBatch(from, id, { closedAtEpochMs: nowEpochMs() }))
  return (await ingestBatch(createIngest(to), await signedRequest(from, body, { atEpochMs: nowEpochMs() }))).status
}

const idsIn = (opened: Store): readonly string[] => opened.rows().map(({ id }) => id)
const restoredTo = (dir: string, keys = 'keys', data = 'backup') =>
  restore({ data: at(data), keys: at(keys), dir: at(dir), nowEpochMs }).then(() => openStore(at(dir), { nowEpochMs }))

test('a copy of the keys that is over takes no newer one with it that lies in its place, nor what lies beside it', async () => {
  await backUp(store, { data: at('monday'), keys: at('stick') })
  rmSync(at('stick'), { recursive: true })
  laterMs = 6 * dayMs
  await backUp(store, { data: at('sunday'), keys: at('stick') })
  await backUp(store, { data: at('sunday-2'), keys: at('stick', 'second') })
  writeFileSync(at('stick', 'letter.txt'), 'of somebody else')
  laterMs = 7 * dayMs + hourMs
  expect((await enforceRetention(store)).left).toEqual([])
  const restored = await restoredTo('restored', 'stick', 'sunday')
  expect(idsIn(restored)).toEqual(['batch-a1', 'batch-b1'])
  await restored.close()
  laterMs = 14 * dayMs
  expect((await enforceRetention(store)).left).toEqual([])
  expect([existsSync(at('stick', 'keys.sqlite')), existsSync(at('stick', 'tenant.key'))]).toEqual([false, false])
  expect([existsSync(at('stick', 'second')), existsSync(at('stick', 'letter.txt'))]).toEqual([false, true])
})

test('an erasure names a copy of the keys whose place another one has taken, and writes nothing into one of another folder', async () => {
  await backUp(store, { data: at('one'), keys: at('keys') })
  renameSync(at('keys'), at('moved'))
  const other = await openStore(at('other'), { nowEpochMs })
  await backUp(other, { data: at('two'), keys: at('keys') })
  const { left } = await eraseData(store, { person: 'ada' })
  expect(left).toEqual([expect.stringContaining(`${at('keys')}: it is not there`)])
  expect(existsSync(at('keys', 'since.json'))).toBe(false)
  rmSync(at('keys'), { recursive: true })
  cpSync(at('moved'), at('keys'), { recursive: true })
  expect((await eraseData(store, { person: 'bob' })).left).toEqual([])
  expect(readFileSync(at('keys', 'keys.sqlite'), 'latin1')).not.toContain('batch-')
  await other.close()
})

test('of a backup that fails no keys are left, and no erasure asks for them', async () => {
  const { keys } = store
  const own = keys.copyTo
  keys.copyTo = (path) => {
    own.call(keys, path)
    throw new Error('no room')
  }
  await expect(backUp(store, { data: at('backup'), keys: at('keys') })).rejects.toThrow('no room')
  keys.copyTo = own
  expect(readdirSync(at('keys'))).toEqual([])
  expect((await eraseData(store, { person: 'ada' })).left).toEqual([])
  await backUp(store, { data: at('backup-2'), keys: at('keys') })
  const both = () => backUp(store, { data: at(crypto.randomUUID()), keys: at('keys-2') })
  const settled = await Promise.allSettled([both(), both()])
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(existsSync(at('keys-2', 'keys.sqlite'))).toBe(true)
})

/** What the ledger says of backups, told apart by when they began. */
async function backupsTold(): Promise<readonly string[]> {
  const entries = (await Array.fromAsync(store.ledger.entries())).filter(({ kind }) => kind === 'backup')
  const begun = [...new Set(entries.map(({ body }) => body['atEpochMs']))]
  return entries.map(({ body }) => `${begun.indexOf(body['atEpochMs'])} ${body['state'] === 'failed' ? 'failed' : 'begun'}`)
}

test('a backup that fails is entered as failed, but where a copy of the keys can’t be removed', async () => {
  const { keys } = store
  const own = keys.copyTo
  keys.copyTo = () => {
    throw new Error('no room')
  }
  await expect(backUp(store, { data: at('backup'), keys: at('keys') })).rejects.toThrow('no room')
  expect(await backupsTold()).toEqual(['0 begun', '0 failed'])
  // In its place lies what is no file: nobody knows what it holds.
  keys.copyTo = (path) => {
    mkdirSync(path)
    throw new Error('no room')
  }
  laterMs += 1_000
  await expect(backUp(store, { data: at('backup-2'), keys: at('keys-2') })).rejects.toMatchObject({ code: 'ERR_FS_EISDIR' })
  keys.copyTo = own
  expect(await backupsTold()).toEqual(['0 begun', '0 failed', '1 begun'])
  expect((await eraseData(store, { person: 'ada' })).left).toEqual([expect.stringContaining(at('keys-2'))])
})

test('of two backups into one place the one that finds it taken is entered as failed, and takes nothing from the other', async () => {
  const into = (data: string) => backUp(store, { data: at(data), keys: at('keys') })
  const first = into('backup')
  laterMs += 1_000
  const settled = (await Promise.allSettled([first, into('backup-2')])).map(({ status }) => status)
  expect(settled.toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await backupsTold()).toEqual(['0 begun', '1 begun', `${settled.indexOf('rejected')} failed`])
  expect(existsSync(at('keys', 'keys.sqlite'))).toBe(true)
})

test('what is erased or withdrawn in a folder that was restored holds in the next one from the same copy of the keys, wherever it lies', async () => {
  await backUp(store, { data: at('backup'), keys: at('keys') })
  renameSync(at('keys'), at('moved'))
  const second = await restoredTo('second', 'moved')
  const { left } = await eraseData(second, { person: 'ada' })
  // Where it was made another one of it may lie again.
  expect(left).toEqual([expect.stringContaining(`${at('keys')}: it is not there`)])
  await withdrawReceipt(second, { person: 'bob' })
  await second.close()
  expect(readFileSync(at('moved', 'keys.sqlite'), 'latin1')).not.toContain('batch-a1')
  const third = await restoredTo('third', 'moved')
  expect(idsIn(third)).toEqual(['batch-b1'])
  expect(await post(third, bob, 'batch-b2')).toBe(403)
  await third.close()
})

test('folders that were restored from one copy of the keys, and the one that it was made of, take back nothing that another told it', async () => {
  await backUp(store, { data: at('backup'), keys: at('keys') })
  const second = await restoredTo('second')
  const third = await restoredTo('third')
  await withdrawReceipt(store, { person: 'bob' })
  await withdrawReceipt(second, { person: 'ada' })
  for (const one of [store, second, third]) await enforceRetention(one)
  for (const one of [second, third]) await one.close()
  const fourth = await restoredTo('fourth')
  expect([await post(fourth, ada, 'batch-a2'), await post(fourth, bob, 'batch-b2')]).toEqual([403, 403])
  expect(readdirSync(at('fourth')).filter((name) => name.startsWith('since'))).toEqual([])
  await fourth.close()
})

test('a copy of the keys that was made after the one that is restored from is reached too', async () => {
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await post(store, bob, 'batch-b2')
  await backUp(store, { data: at('backup-2'), keys: at('keys-2') })
  await enforceRetention(store)
  const second = await restoredTo('second')
  expect((await eraseData(second, { person: 'ada' })).left).toEqual([])
  await second.close()
  const third = await restoredTo('third', 'keys-2', 'backup-2')
  expect(idsIn(third)).toEqual(['batch-b1', 'batch-b2'])
  await third.close()
})

test('what was renewed and then withdrawn since a backup stays withdrawn', async () => {
  await backUp(store, { data: at('backup'), keys: at('keys') })
  const { publicKey, modalities, expiresAtEpochMs, id: follows } = ada.receipt
  const pair = { publicKey, privateKey: await importPrivateKey(ada.deviceKey) }
  const given = { person: 'ada', manifest: ada.manifest, purposes: ['ground'], modalities, assurance: 'local' } as const
  laterMs = hourMs
  const renewed = await grantReceipt({ ...given, status: 'renewed', follows, nowEpochMs: nowEpochMs(), expiresAtEpochMs }, pair)
  expect(await putReceipt(store, renewed)).toMatchObject({ ok: true })
  laterMs += hourMs
  await withdrawReceipt(store, { person: 'ada' })
  laterMs += hourMs
  const restored = await restoredTo('restored')
  expect(receiptsOf(restored, 'ada').map(({ withdrawnAtEpochMs }) => withdrawnAtEpochMs)).not.toContain(null)
  expect(await post(restored, ada, 'batch-a2')).toBe(403)
  await restored.close()
})
