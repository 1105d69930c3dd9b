import { afterEach, beforeEach, expect, test } from 'vitest'

import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import type { Enrolment } from '../govern/enrol.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let enrolment: Enrolment
let ingest: Ingest

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store, enrolment } = await enrolledStore(folder.dir))
  ingest = createIngest(store)
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

const post = async (body: unknown, change: Parameters<typeof signedRequest>[2] = {}) =>
  ingestBatch(ingest, await signedRequest(enrolment, typeof body === 'string' ? body : JSON.stringify(body), change))

async function stored() {
  const batches = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit, { reader: 'test' })) batches.push(batch)
  return batches
}

test('a valid batch is acknowledged and can be read by a permit', async () => {
  const answer = await post(sampleBatch(enrolment, 'batch-0001'))
  expect(answer).toMatchObject({ status: 200, body: { acked: 'batch-0001', duplicate: false } })
  expect(await stored()).toMatchObject([{ id: 'batch-0001', person: 'ada', count: 3 }])
})
