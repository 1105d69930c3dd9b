import { join } from 'node:path'

import type { Batch } from '@overt/schema'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Enrolment } from '../govern/enrol.ts'
import { type MadeModel, writeModel } from '../ner/fixture.ts'
import { type Ner, openNer } from '../ner/open.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let enrolment: Enrolment
let ner: Ner | undefined

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store, enrolment } = await enrolledStore(join(folder.dir, 'data')))
})

afterEach(async () => {
  await ner?.close()
  ner = undefined
  await store.close()
  folder.remove()
})

const known = { 'B-PER': ['qorvathi', 'zülmërë'] }

async function withModel(made: MadeModel): Promise<Ingest> {
  ner = await openNer(writeModel(join(folder.dir, 'ner'), made))
  return createIngest(store, { ner })
}

const post = async (ingest: Ingest, batch: Batch) => ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(batch)))

async function kept(): Promise<string> {
  const batches: Batch[] = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit, { reader: 'test' })) batches.push(batch)
  expect(batches).toHaveLength(1)
  return JSON.stringify(batches)
}

const note = '🙂 for zülmërë, then qorvathi, then zülmërë'

test('a name that no rule knows is kept while the slot is empty', async () => {
  const ingest = createIngest(store)
  expect((await post(ingest, sampleBatch(enrolment, 'batch-0001', { note }))).headers).toEqual({ 'overt-base': '3' })
  expect(await kept()).toContain(note)
  expect(ingest.counters()).toMatchObject({ redacted: 0, nerJudged: 0, nerFound: 0, nerFailed: 0 })
})

test('a name that no rule knows is masked by the model, the same one by the same placeholder, and the batch is no longer as it was signed', async () => {
  const ingest = await withModel({ known })
  expect((await post(ingest, sampleBatch(enrolment, 'batch-0001', { note }))).headers).toEqual({})
  expect(await kept()).toContain('🙂 for [PERSON_1], then [PERSON_2], then [PERSON_1]')
  expect(ingest.counters()).toMatchObject({ redacted: 1, nerFound: 3, nerFailed: 0 })
  expect(ingest.counters().nerJudged).toBeGreaterThan(3)
})

test('a batch in which the model finds nothing is kept as it was signed', async () => {
  const ingest = await withModel({ known })
  expect((await post(ingest, sampleBatch(enrolment, 'batch-0001'))).headers).toEqual({ 'overt-base': '3' })
  expect(ingest.counters()).toMatchObject({ redacted: 0, nerFound: 0, nerFailed: 0 })
})

test('a text at which the model throws is masked whole, and no other', async () => {
  const ingest = await withModel({ known, unheard: ['boom'] })
  await post(ingest, sampleBatch(enrolment, 'batch-0001', { note: 'a boom of something' }))
  const text = await kept()
  expect(text).toContain('"[OTHER_1]"')
  expect(text).toContain('write hello')
  expect(text).not.toContain('boom')
  expect(ingest.counters()).toMatchObject({ redacted: 1, nerFailed: 1 })
})
