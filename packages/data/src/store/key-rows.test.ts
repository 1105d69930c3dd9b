import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { expect, test } from 'vitest'

import { scratchFolder } from '../ingest/fixture.ts'
import { newKey } from './cipher.ts'
import { KeyStore } from './keys.ts'
import { keyTables, type RecordRow } from './key-rows.ts'

const row: RecordRow = {
  idHash: 'hash',
  kind: 'batch',
  id: 'batch-0001',
  person: 'ada',
  session: 'session-1',
  device: 'device-1',
  mode: 'task',
  origin: '',
  receipt: 'receipt-1',
  form: 'overt.batch/1',
  atEpochMs: 1,
  receivedAtEpochMs: 1,
  events: 2,
  observations: 1,
  tasks: 0,
  contentSha256: '',
  pictures: 0,
}

test('records of one commit have nonces and keys of their own', () => {
  const folder = scratchFolder()
  const path = join(folder.dir, 'keys.sqlite')
  const keys = new KeyStore(path, 'tenant', newKey())
  const rows = Array.from({ length: 200 }, (_, at) => ({ ...row, idHash: `hash-${at}`, id: `batch-${at}` }))
  const sealed = keys.seal(rows.map((one) => ({ row: one, bytes: Buffer.alloc(40) })))
  const file = new DatabaseSync(path)
  const wrapped = file
    .prepare('SELECT wrapped FROM records')
    .all()
    .map((one) => Buffer.from(one['wrapped'] as Uint8Array)) // as: a column of bytes
  file.close()
  const hex = (bytes: Buffer, to: number): string => bytes.subarray(0, to).toString('hex')
  const nonces = [...sealed, ...wrapped].map((bytes) => hex(bytes, 12))
  expect(new Set(nonces).size).toBe(400)
  // One text under one key and nonce would be one ciphertext.
  expect(new Set(sealed.map((bytes) => bytes.subarray(12).toString('hex'))).size).toBe(200)
  for (const [at, one] of rows.entries()) expect(keys.open(one.idHash, sealed[at] ?? Buffer.alloc(0))?.bytes).toEqual(Buffer.alloc(40))
  keys.close()
  folder.remove()
})

test('keys of before there were pictures still open their records, which had none', () => {
  const folder = scratchFolder()
  const path = join(folder.dir, 'keys.sqlite')
  const tenantKey = newKey()
  const made = new KeyStore(path, 'tenant', tenantKey)
  const [sealed] = made.seal([{ row, bytes: Buffer.from('of before') }])
  made.close()
  const file = new DatabaseSync(path)
  file.exec('DROP TABLE replaced; DROP TABLE pictures; ALTER TABLE records DROP COLUMN pictures; PRAGMA user_version = 2')
  file.close()
  const keys = new KeyStore(path, 'tenant', tenantKey)
  expect(keys.open('hash', sealed ?? Buffer.alloc(0))).toMatchObject({ row, bytes: Buffer.from('of before') })
  keys.seal([{ row: { ...row, idHash: 'other', id: 'batch-0002', pictures: 4 }, bytes: Buffer.from('of now') }])
  expect(keys.rows().map(({ pictures }) => pictures)).toEqual([0, 4])
  keys.close()
  folder.remove()
  expect(keyTables).toContain('pictures')
})

test('verdicts of version 4 hold, and do not tell what they rest on', () => {
  const folder = scratchFolder()
  const path = join(folder.dir, 'keys.sqlite')
  const tenantKey = newKey()
  const made = new KeyStore(path, 'tenant', tenantKey)
  made.seal([{ row: { ...row, pictures: 1 }, bytes: Buffer.from('of before') }])
  made.judge('hash', 0, { verdict: 'found', findings: [{ kind: 'card', box: [1, 2, 3, 4] }] })
  made.close()
  const file = new DatabaseSync(path)
  file.exec('DROP TABLE replaced; ALTER TABLE pictures DROP COLUMN findings; PRAGMA user_version = 4')
  file.close()
  const keys = new KeyStore(path, 'tenant', tenantKey)
  expect([...keys.judgements('hash')]).toEqual([[0, { verdict: 'found', findings: [] }]])
  keys.close()
  folder.remove()
})

test('of the keys of many sessions few are at hand, and what is sealed under any of them opens', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // as: the flag defines it
  const folder = scratchFolder()
  const keys = new KeyStore(join(folder.dir, 'keys.sqlite'), 'tenant', newKey())
  const bytes = Buffer.from('of any session')
  const seal = (from: number): Buffer[] => {
    const of = (at: number): RecordRow => ({ ...row, idHash: `hash-${at}`, id: `batch-${at}`, session: `session-${at}` })
    return keys.seal(Array.from({ length: 4_000 }, (_, at) => ({ row: of(from + at), bytes })))
  }
  const usedBytes = (): number => {
    for (let turn = 0; turn < 4; turn += 1) collect()
    return process.memoryUsage().heapUsed
  }
  const [first] = seal(0)
  const before = usedBytes()
  for (const from of [4_000, 8_000, 12_000]) seal(from)
  // A session's takes 290 bytes of the heap, and four times that outside it.
  expect((usedBytes() - before) / 12_000).toBeLessThan(100)
  expect(keys.open('hash-0', first ?? Buffer.alloc(0))?.bytes).toEqual(bytes)
  keys.close()
  folder.remove()
})
