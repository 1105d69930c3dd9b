import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrolDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import type { Enrolment } from '../govern/enrol.ts'
import { type Disk, nodeDisk } from '../store/disk.ts'
import { openStore } from '../store/open-store.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from './fixture.ts'
import type { IngestAnswer } from './http.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let enrolment: Enrolment
let ingest: Ingest
let fault: 'none' | 'write' | 'sync'

function disk(): Disk {
  const real = nodeDisk()
  return {
    ...real,
    async open(path) {
      const file = await real.open(path)
      const log = path.endsWith('.seg')
      return {
        ...file,
        write: async (bytes, atByte) => {
          if (log && fault === 'write') throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          await file.write(bytes, atByte)
        },
        sync: async () => {
          if (log && fault === 'sync') throw Object.assign(new Error('input/output error'), { code: 'EIO' })
          await file.sync()
        },
      }
    },
  }
}

beforeEach(async () => {
  folder = scratchFolder()
  fault = 'none'
  store = await openStore(folder.dir, { disk: disk() })
  const manifest = await trustedManifest(store)
  enrolment = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  ingest = createIngest(store)
})

afterEach(async () => {
  fault = 'none'
  await store.close()
  folder.remove()
})

const post = async (id: string, note = 'hello'): Promise<IngestAnswer> =>
  ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, id, { note }))))

async function ids(from: Store): Promise<string[]> {
  const found: string[] = []
  for await (const permit of permitsFor(from, 'ground')) for await (const batch of from.batches(permit)) found.push(batch.id)
  return found.sort()
}

test('on a full disk a batch is refused with 503 and nothing is kept; once there is room the same bytes are taken', async () => {
  expect((await post('batch-0001')).status).toBe(200)
  fault = 'write'
  const answer = await post('batch-0002')
  expect(answer).toMatchObject({ status: 503, body: { reason: 'unavailable' }, headers: { 'retry-after': '5' } })
  expect(await ids(store)).toEqual(['batch-0001'])
  fault = 'none'
  expect((await post('batch-0002')).body).toEqual({ acked: 'batch-0002', duplicate: false })
  expect(await ids(store)).toEqual(['batch-0001', 'batch-0002'])
  expect(store.failed.aborted).toBe(false)
})

test('a sync that fails is never acknowledged, never tried again, and tells the process to stop', async () => {
  expect((await post('batch-0001')).status).toBe(200)
  fault = 'sync'
  expect((await post('batch-0002')).status).toBe(503)
  fault = 'none'
  expect((await post('batch-0003')).status).toBe(503)
  expect(store.failed.aborted).toBe(true)
  expect(ingest.counters()).toMatchObject({ received: 3, acked: 1, refused: { unavailable: 2 } })
})

test('after a failed sync and a new start every acknowledged batch is there, and what was refused can be sent again', async () => {
  await post('batch-0001')
  fault = 'sync'
  await post('batch-0002')
  fault = 'none'
  // It may lie on the device after all: a new key for it would make that unreadable.
  await post('batch-0002')
  await store.close()
  store = await openStore(folder.dir)
  ingest = createIngest(store)
  expect(await ids(store)).toContain('batch-0001')
  expect((await post('batch-0002')).status).toBe(200)
  expect(await ids(store)).toEqual(['batch-0001', 'batch-0002'])
})

test('an erasure under load leaves nothing readable of what was recorded before it, acknowledged or not', async () => {
  const sending = Array.from({ length: 60 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index))
    return post(`batch-${1_000 + index}`)
  })
  await new Promise((resolve) => setTimeout(resolve, 25))
  await eraseData(store, { person: 'ada' })
  const statuses = (await Promise.all(sending)).map((answer) => answer.status)
  expect(statuses.every((status) => status === 200 || status === 403)).toBe(true)
  expect(statuses).toContain(403)
  expect(await ids(store)).toEqual([])
  expect(store.rows()).toEqual([])
})
