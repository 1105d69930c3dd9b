import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { newKey } from './cipher.ts'
import type { RecordRow } from './key-rows.ts'
import { KeyStore } from './keys.ts'
import { insertModel, selectDatasets, selectEpisodes, selectModels } from './lineage.ts'
import { openStore } from './open-store.ts'
import { permitsFor } from './permits.ts'
import { selectUnfinished } from './unfinished.ts'

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
  const control = new DatabaseSync(path('control.sqlite'))
  control.exec('PRAGMA user_version = 99')
  control.close()
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1303' })
})

test('control tables of version 1 are upgraded, and their models stay revoked', async () => {
  const old = new DatabaseSync(path('control.sqlite'))
  old.exec('DROP TABLE restrictions; DROP TABLE unfinished')
  old.exec(readFileSync(new URL('../../fixtures/control-1.sql', import.meta.url), 'utf8'))
  old.close()
  const store = await openStore(folder.dir)
  expect(selectModels(store.control)).toMatchObject([{ hash: 'h1', path: '/a.model', revokedAtEpochMs: 7, retrainByEpochMs: 9 }])
  insertModel(store.control, { hash: 'h1', path: '/b.model', dataset: 'd1' }, 10)
  expect(selectModels(store.control)).toHaveLength(2)
  await store.close()
  expect(await readable()).toBe(3)
})

test('control tables of version 2 are upgraded: nobody had restricted anything', async () => {
  const old = new DatabaseSync(path('control.sqlite'))
  old.exec('DROP TABLE restrictions; DROP TABLE unfinished; PRAGMA user_version = 2')
  old.close()
  const store = await openStore(folder.dir)
  expect(store.restrictions.all()).toEqual([])
  expect(store.restrictions.set('somebody', true)).toBe(true)
  await store.close()
  expect(await readable()).toBe(3)
})

test('control tables of version 3 are upgraded: no act was under way', async () => {
  const old = new DatabaseSync(path('control.sqlite'))
  old.exec('DROP TABLE unfinished; PRAGMA user_version = 3')
  old.close()
  const store = await openStore(folder.dir)
  expect(selectUnfinished(store.control)).toEqual([])
  await store.close()
  expect(await readable()).toBe(3)
})

test('control tables of version 4 are upgraded: a release keeps its folder, its episodes and what became of it', async () => {
  const old = new DatabaseSync(path('control.sqlite'))
  old.exec(readFileSync(new URL('../../fixtures/control-4.sql', import.meta.url), 'utf8'))
  old.close()
  const store = await openStore(folder.dir)
  expect(selectDatasets(store.control)).toMatchObject([
    { hash: 'h1', path: '/a', name: 'orders', revokedAtEpochMs: 7, replacedBy: 'h2' },
    { hash: 'h2', path: '/a-r2', name: 'orders', revokedAtEpochMs: null, replacedBy: null },
  ])
  expect(selectEpisodes(store.control, 'h2')).toEqual([{ episode: 'e1', person: 'ada', session: 's1' }])
  await store.close()
  expect(await readable()).toBe(3)
})

test('a path that can be no folder is refused in words', async () => {
  writeFileSync(path('a-file'), '')
  await expect(openStore(path('a-file'))).rejects.toMatchObject({ code: 'OVT-1311', message: expect.stringContaining('a-file') })
  await expect(openStore(path('a-file', 'below'))).rejects.toMatchObject({ code: 'OVT-1311' })
})

const lost = [
  ['tenant.key', 'OVT-1307'],
  ['control.sqlite', 'OVT-1302'],
  ['keys.sqlite', 'OVT-1307'],
  ['ledger.key', 'OVT-1307'],
  ['ledger/entries.jsonl', 'OVT-1302'],
  ['ledger/checkpoint', 'OVT-1302'],
  ['ledger/checkpoints', 'OVT-1302'],
  ['ledger', 'OVT-1302'],
  ['log', 'OVT-1302'],
] as const

test.each(lost)('a folder that has lost its %s is refused by name, and nothing is made in its place', async (name, code) => {
  const elsewhere = scratchFolder()
  const kept = join(elsewhere.dir, 'kept')
  const moved = [name, `${name}-wal`, `${name}-shm`].filter((one) => existsSync(path(one)))
  for (const one of moved) renameSync(path(one), kept + one.slice(name.length))
  const left = new Set(readdirSync(folder.dir, { recursive: true, encoding: 'utf8' }))
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code, message: expect.stringContaining(path(name)) })
  expect(new Set(readdirSync(folder.dir, { recursive: true, encoding: 'utf8' }))).toEqual(left)
  for (const one of moved) renameSync(kept + one.slice(name.length), path(one))
  elsewhere.remove()
  expect(await readable()).toBe(3)
})

test('a folder that has lost all but its databases is not new', async () => {
  for (const name of ['ledger', 'log', 'ledger.key']) rmSync(path(name), { recursive: true })
  await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining('ledger.key') })
})

test('a crash while the folder was made is no loss', async () => {
  const whole = ['tenant.key', 'control.sqlite', 'keys.sqlite', 'ledger.key']
  for (const [count] of whole.entries()) {
    const begun = scratchFolder()
    const fresh = await openStore(begun.dir, { segmentBytes: 1_024 })
    await fresh.close()
    for (const name of ['log', 'ledger', ...whole.slice(count)]) rmSync(join(begun.dir, name), { recursive: true })
    if (count > 1) unfound(join(begun.dir, 'control.sqlite'))
    await (await openStore(begun.dir)).close()
    begun.remove()
  }
})

/** As before the first opening had ended. */
function unfound(control: string): void {
  const database = new DatabaseSync(control)
  database.exec("DELETE FROM settings WHERE name = 'founded'")
  database.close()
}

test('a ledger key that is none, or another one, is named and left as it is', async () => {
  const whole = readFileSync(path('ledger.key'), 'utf8')
  for (const text of ['garbage', '', 'a.b', `${'A'.repeat(43)}.AAAA`]) {
    writeFileSync(path('ledger.key'), text)
    await expect(openStore(folder.dir)).rejects.toMatchObject({ code: 'OVT-1307', message: expect.stringContaining(path('ledger.key')) })
    expect(readFileSync(path('ledger.key'), 'utf8')).toBe(text)
  }
  const other = scratchFolder()
  await (await openStore(other.dir)).close()
  writeFileSync(path('ledger.key'), readFileSync(join(other.dir, 'ledger.key')))
  await expect(openStore(folder.dir)).rejects.toMatchObject({
    code: 'OVT-1307',
    message: expect.stringContaining('not the key that signed'),
  })
  other.remove()
  writeFileSync(path('ledger.key'), whole)
  expect(await readable()).toBe(3)
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
    contentSha256: '',
    pictures: 0,
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

test('a record that a crash kept from the ledger gets its segment when the folder is opened, and no other gets a second', async () => {
  const { store, enrolment } = await enrolledStore(path('crashed'))
  const ingest = createIngest(store)
  const send = async (id: string) => ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, id))))
  await send('batch-0001')
  cpSync(path('crashed', 'ledger'), path('before'), { recursive: true })
  await send('batch-0002')
  const segments = async (of: typeof store) => (await Array.fromAsync(of.ledger.of('ada'))).filter(({ kind }) => kind === 'segment')
  const whole = await segments(store)
  await store.close()
  rmSync(path('crashed', 'ledger'), { recursive: true })
  cpSync(path('before'), path('crashed', 'ledger'), { recursive: true })
  const again = await openStore(path('crashed'))
  expect((await segments(again)).map(({ body }) => body)).toEqual(whole.map(({ body }) => body))
  await again.close()
})

test('keys from before version 2, which did not know what a record was made of, open and go on', async () => {
  const keys = new DatabaseSync(path('keys.sqlite'))
  keys.exec(
    'DROP TABLE replaced; DROP TABLE pictures; ALTER TABLE records DROP COLUMN content; ALTER TABLE records DROP COLUMN pictures; PRAGMA user_version = 1',
  )
  keys.close()
  expect(await readable()).toBe(3)
})
