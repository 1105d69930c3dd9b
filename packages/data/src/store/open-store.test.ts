import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { newKey } from './cipher.ts'
import type { RecordRow } from './key-rows.ts'
import { KeyStore } from './keys.ts'
import { openStore } from './open-store.ts'
import { permitsFor } from './permits.ts'

let folder: ReturnType<typeof scratchFolder>

beforeEach(async () => {
  folder = scratchFolder()
  const { store, enrolment } = await enrolledStore(folder.dir)
  const request = await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
  await ingestBatch(createIngest(store), request)
  await store.close()
})

afterEach(() => folder.remove())

const path = (...names: string[]): string => join(folder.dir, ...names)

async function readable(): Promise<number> {
  const store = await openStore(folder.dir)
  let found = 0
  for await (const permit of permitsFor(store, 'ground')) for await (const batch of store.batches(permit)) found += batch.count
  await store.close()
  return found
}

test('everything in the folder is its owner’s alone', () => {
  expect(statSync(folder.dir).mode & 0o077).toBe(0)
  const keys = readdirSync(folder.dir).filter((name) => name.endsWith('.key') || name.endsWith('.sqlite'))
  expect(keys.length).toBeGreaterThanOrEqual(4)
  for (const name of keys) expect(statSync(path(name)).mode & 0o077, name).toBe(0)
})

test('a folder that another store of this process holds is in use; once closed it opens again', async () => {
  const store = await openStore(folder.dir)
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1301', message: expect.stringContaining(String(process.pid)) })
  await store.close()
  expect(await readable()).toBe(3)
})

test.each(['control.sqlite', 'keys.sqlite', 'lock'])('a damaged %s is named, with a code, and left as it is', async (name) => {
  const whole = readFileSync(path(name))
  writeFileSync(path(name), 'this is no database, whatever it was before')
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1302', message: expect.stringContaining(path(name)) })
  expect(readFileSync(path(name), 'utf8')).toContain('no database')
  writeFileSync(path(name), whole)
  expect(await readable()).toBe(3)
})

test('a missing tenant key is not made anew over recorded work, and another one is refused', async () => {
  const key = readFileSync(path('tenant.key'))
  rmSync(path('tenant.key'))
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining('missing') })
  expect(readdirSync(folder.dir)).not.toContain('tenant.key')
  writeFileSync(path('tenant.key'), Buffer.alloc(32, 7).toString('base64url'))
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining('not the one') })
  writeFileSync(path('tenant.key'), 'short')
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining('bytes') })
  writeFileSync(path('tenant.key'), key)
  expect(await readable()).toBe(3)
})

test('a folder of a newer version is not touched', async () => {
  const { DatabaseSync } = await import('node:sqlite')
  const control = new DatabaseSync(path('control.sqlite'))
  control.exec('PRAGMA user_version = 99')
  control.close()
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1303' })
})

test('a path that can be no folder is refused in words', async () => {
  writeFileSync(path('a-file'), '')
  await expect(openStore(path('a-file'))).rejects.toMatchObject({ code: 'OVT-1311', message: expect.stringContaining('a-file') })
  await expect(openStore(path('a-file', 'below'))).rejects.toMatchObject({ code: 'OVT-1311' })
})

test('keys without their log, or a log without its keys, read nothing and harm nothing', async () => {
  const log = readFileSync(path('log', '00000001.seg'))
  for (const name of ['keys.sqlite', 'keys.sqlite-wal', 'keys.sqlite-shm']) rmSync(path(name), { force: true })
  expect(await readable()).toBe(0)
  expect(readFileSync(path('log', '00000001.seg'))).toEqual(log)
})

test('ciphertexts that were swapped between records do not open', () => {
  const keys = new KeyStore(path('other.sqlite'), 'tenant', newKey())
  const row = (id: string): RecordRow => ({
    idHash: `hash of ${id}`,
    kind: 'batch',
    id,
    person: 'ada',
    session: 'session-1',
    device: 'device-1',
    mode: 'task',
    origin: '',
    receipt: 'receipt-1',
    form: 'overt.batch/1',
    atEpochMs: 1,
    receivedAtEpochMs: 1,
    events: 0,
    observations: 0,
    tasks: 0,
  })
  const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = keys.seal([
    { row: row('batch-1'), bytes: Buffer.from('first') },
    { row: row('batch-2'), bytes: Buffer.from('second') },
  ])
  expect(keys.open('hash of batch-1', one)?.bytes.toString()).toBe('first')
  for (const wrong of [two, one.subarray(0, -1), Buffer.concat([one, Buffer.of(0)]), Buffer.alloc(60)])
    expect(() => keys.open('hash of batch-1', wrong)).toThrow(expect.objectContaining({ code: 'OVT-1307' }))
  keys.close()
})
