import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { backUp } from '../govern/backup.ts'
import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { restore } from '../govern/restore.ts'
import { enforceRetention } from '../govern/retention.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import type { CompactionProgress } from './compaction.ts'
import { verifyLedger } from './ledger-verify.ts'
import { openStore } from './open-store.ts'
import { permitsFor } from './permits.ts'
import { decodeRecord } from './record.ts'
import type { Store } from './store.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let bob: Enrolment

const at = (...names: string[]): string => join(folder.dir, ...names)
const open = (dir = at('data')): Promise<Store> => openStore(dir, { segmentBytes: 8_000 })

beforeEach(async () => {
  folder = scratchFolder()
  store = await open()
  const manifest = await trustedManifest(store)
  ada = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  bob = await enrolDevice(store, { person: 'bob', manifest, endpoint: '' })
  for (let number = 0; number < 12; number += 1)
    for (const from of [ada, bob]) await post(from, `batch-${from.receipt.person}-${String(number).padStart(2, '0')}`)
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function post(from: Enrolment, id: string, to = store): Promise<{ readonly status: number; readonly duplicate: unknown }> {
  const body = JSON.stringify(sampleBatch(from, id, { session: `session-${id}`, closedAtEpochMs: from.receipt.decidedAtEpochMs }))
  const { status, body: said } = await ingestBatch(createIngest(to), await signedRequest(from, body))
  return { status, duplicate: said['duplicate'] }
}

/** Ciphertexts in the log, by the name of their record. */
function ciphertexts(dir = at('data')): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const name of readdirSync(join(dir, 'log'))) {
    const bytes = readFileSync(join(dir, 'log', name))
    for (let one = decodeRecord(bytes, 8), atByte = 8; one.kind === 'record'; one = decodeRecord(bytes, atByte)) {
      atByte += one.sizeBytes
      if (one.record.kind !== 'gone') found.set(one.record.idHash, Buffer.from(one.record.sealed).toString('hex'))
    }
  }
  return found
}

async function readable(from = store): Promise<string[]> {
  const ids: string[] = []
  for await (const permit of permitsFor(from, 'ground')) for await (const batch of from.batches(permit)) ids.push(batch.id)
  return ids.sort()
}

const namesOf = (person: string): string[] => store.rows({ person }).map(({ idHash }) => idHash)
const bobs = Array.from({ length: 12 }, (_, number) => `batch-bob-${String(number).padStart(2, '0')}`)

test('after an erasure the ciphertexts leave the disk, and everybody else’s are as they were, to the byte', async () => {
  const [gone, kept] = [namesOf('ada'), namesOf('bob')]
  const before = ciphertexts()
  await eraseData(store, { person: 'ada' })
  expect(gone.every((name) => ciphertexts().has(name))).toBe(true)
  const told: CompactionProgress[] = []
  const report = await store.compact({ onProgress: (progress) => told.push(progress) })
  const sealedBytes = gone.reduce((sum, name) => sum + (before.get(name)?.length ?? 0) / 2, 0)
  expect(report).toMatchObject({ removed: 12, freedBytes: sealedBytes })
  expect(told.map(({ done }) => done)).toEqual(Array.from({ length: report.rewritten }, (_, place) => place + 1))
  const after = ciphertexts()
  expect(gone.filter((name) => after.has(name))).toEqual([])
  expect(kept.map((name) => after.get(name))).toEqual(kept.map((name) => before.get(name)))
  expect(await readable()).toEqual(bobs)
  await store.close()
  store = await open()
  expect(store.report).toMatchObject({ records: 12, repeated: 0, tornTails: 0 })
  expect(await readable()).toEqual(bobs)
  expect(await verifyLedger(store.dir)).toMatchObject({ ok: true })
  expect(await store.compact()).toMatchObject({ rewritten: 0, removed: 0, freedBytes: 0 })
})

test('what has ended without an erasure is not taken anew, before and after a new start, nor other content under its name', async () => {
  store.keys.destroyRecords(namesOf('ada'))
  await store.compact()
  for (const next of [async () => store, open]) {
    if (next === open) await store.close()
    store = await next()
    expect(await post(ada, 'batch-ada-03')).toEqual({ status: 200, duplicate: true })
    expect(store.rows({ person: 'ada' })).toEqual([])
    const other = JSON.stringify(sampleBatch(ada, 'batch-ada-03', { note: 'another' }))
    expect((await ingestBatch(createIngest(store), await signedRequest(ada, other))).status).toBe(409)
  }
})

test('the retention rewrites what is half dead and lets the rest be', async () => {
  const names = namesOf('ada')
  store.keys.destroyRecords(names.slice(6, 7))
  expect((await enforceRetention(store)).freedBytes).toBe(0)
  store.keys.destroyRecords([...names, ...namesOf('bob').slice(0, 6)])
  const { freedBytes, left } = await enforceRetention(store)
  expect([freedBytes > 4_000, left]).toEqual([true, []])
  expect(await readable()).toEqual(bobs.slice(6))
})

test('a backup of before a compaction, of after it, and one made while it runs are restored whole', async () => {
  const restored = async (name: string): Promise<string[]> => {
    await restore({ data: at(name), keys: at(`${name}-keys`), dir: at(`${name}-restored`) })
    const again = await open(at(`${name}-restored`))
    const ids = await readable(again)
    await again.close()
    return ids
  }
  await backUp(store, { data: at('before'), keys: at('before-keys') })
  await eraseData(store, { person: 'ada' })
  const compacting = store.compact()
  await backUp(store, { data: at('while'), keys: at('while-keys') })
  await compacting
  await backUp(store, { data: at('after'), keys: at('after-keys') })
  expect(readdirSync(at('while', 'log')).every((name) => name.endsWith('.seg'))).toBe(true)
  for (const name of ['before', 'while', 'after']) expect([name, await restored(name)]).toEqual([name, bobs])
  expect(ciphertexts(at('after')).size).toBe(12)
})

test('what is read, sent and erased while it runs is as without it', async () => {
  await eraseData(store, { person: 'ada', session: 'session-batch-ada-00' })
  store.keys.destroyRecords(namesOf('ada').slice(0, 6))
  const compacting = Promise.all([store.compact(), store.compact()])
  const sending = Promise.all(Array.from({ length: 6 }, (_, number) => post(bob, `batch-bob-x${number}`)))
  const reading = Promise.all([readable(), readable()])
  const erasing = eraseData(store, { person: 'ada' })
  await Promise.all([compacting, reading, erasing])
  expect((await sending).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200))
  await store.compact()
  expect(await readable()).toEqual([...bobs, ...Array.from({ length: 6 }, (_, number) => `batch-bob-x${number}`)])
  expect(ciphertexts().size).toBe(18)
})
