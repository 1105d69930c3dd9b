import { readFileSync } from 'node:fs'

import type { Batch } from '@overt/schema'
import type { FirstBatch } from '@overt/schema/told'
import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Enrolment } from '../govern/enrol.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import type { IngestAnswer } from './http.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

/** As a recorder wrote it before version 2. */
const recorded: { readonly columns: Pick<FirstBatch, 'strings' | 'observations' | 'events' | 'order' | 'firstSeq' | 'count'> } = JSON.parse(
  readFileSync(new URL('../../../schema/fixtures/batch-1.json', import.meta.url), 'utf8').replaceAll(
    'https://shop.test',
    'http://127.0.0.1:4748',
  ),
)

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

const post = async (body: object): Promise<IngestAnswer> => ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(body)))

function firstBatch(): FirstBatch {
  return { ...sampleBatch(enrolment, 'batch-0001'), ...recorded.columns, v: 'overt.batch/1' }
}

async function stored(): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit, { reader: 'test' })) batches.push(batch)
  return batches
}

test('a batch of version 1 is kept with all that it says, in version 2; what is sent again is known by its own bytes', async () => {
  const batch = firstBatch()
  expect(await post(batch)).toMatchObject({ status: 200, body: { acked: batch.id, duplicate: false }, headers: {} })
  expect(await post(batch)).toMatchObject({ status: 200, body: { duplicate: true } })
  expect(await post({ ...batch, path: '/another' })).toMatchObject({ status: 409, body: { reason: 'conflict' } })
  const [kept, ...more] = await stored()
  expect([kept?.v, kept?.firstSeq, more]).toEqual(['overt.batch/2', 3, []])
  expect(kept && decodeColumns(kept)).toEqual(decodeColumns(batch))
  expect(ingest.counters()).toMatchObject({ stored: 1, redacted: 0 })
})

test('a text of version 1 is redacted like any other', async () => {
  const batch = firstBatch()
  const strings = batch.strings.map((text) => (text === 'Paid' ? 'Paid by ada@example.com' : text))
  expect((await post({ ...batch, strings: [...strings, 'bob@example.com'] })).status).toBe(200)
  expect(JSON.stringify(await stored())).not.toContain('example.com')
})

test('what would become millions of rows or labels, or does not fit together, is refused', async () => {
  const batch = firstBatch()
  const [seen] = batch.observations
  if (seen === undefined) throw new Error('there is no observation')
  const places = Array.from({ length: 20_000 }, () => -1)
  const none = { ...seen.rows, ...Object.fromEntries(Object.keys(seen.rows).map((field) => [field, []])) }
  const inOrder = { ...seen, rows: none, runs: undefined, kept: [0], order: places, parent: places }
  const inRuns = { ...seen, rows: none, runs: [0, 20_000, 0], parent: [] }
  for (const bomb of [inOrder, inRuns]) {
    const bombs = Array.from({ length: 20 }, (_, index) => ({ ...bomb, base: index }))
    expect(await post({ ...batch, observations: [seen, ...bombs] })).toMatchObject({ status: 413, body: { reason: 'too-large' } })
  }
  const strings = [...batch.strings, '\u001f'.repeat(5_000)]
  const wide = { ...seen, rows: { ...seen.rows, options: seen.rows.options.map(() => strings.length - 1) } }
  expect(await post({ ...batch, strings, observations: [wide] })).toMatchObject({ status: 413 })
  for (const change of [{ runs: [0, 9, 0] }, { title: 999 }, { base: 3 }])
    expect(await post({ ...batch, observations: [{ ...seen, ...change }] })).toMatchObject({ status: 400, body: { reason: 'schema' } })
  expect(await stored()).toEqual([])
})
