import { gzipSync } from 'node:zlib'

import type { Batch, Observation } from '@overt/schema'
import { decodeColumns, encodeColumns, encodeDifference, toldBase } from '@overt/schema/words'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { withdrawReceipt } from '../govern/consent.ts'
import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { sha256Hex } from '../store/cipher.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import type { IngestAnswer } from './http.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let enrolment: Enrolment
let manifest: Awaited<ReturnType<typeof enrolledStore>>['manifest']
let ingest: Ingest

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store, enrolment, manifest } = await enrolledStore(folder.dir))
  ingest = createIngest(store)
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

const post = async (document: object, sender = enrolment): Promise<IngestAnswer> => {
  const body = Buffer.from(JSON.stringify(document))
  return ingestBatch(ingest, await signedRequest(sender, body, { encoding: 'gzip', sent: gzipSync(body) }))
}

/** The n-th batch of a document: each has typed something else, and sees it. */
function batchOf(n: number, change: { readonly producer?: string; readonly note?: string; readonly value?: string } = {}): Batch {
  const { producer = 'page-1', note = `note ${n}`, value = `seen ${n}` } = change
  const made = sampleBatch(enrolment, `${producer}-${n}`, { note, producer })
  const { events, observations } = decodeColumns(made)
  const seen = observations.map((one): Observation => ({
    ...one,
    id: n,
    nodes: one.nodes.map((row) => ({ ...row, value: row.id === 2 ? value : '' })),
  }))
  const numbered = events.map((event, at) => ({ ...event, seq: 3 * n + at, observation: n }))
  return { ...made, closedAtEpochMs: made.closedAtEpochMs + n, ...encodeColumns(numbered, seen) }
}

function told(batch: Batch, by: Batch): ReturnType<typeof encodeDifference> {
  const { observations: seen } = decodeColumns(by)
  return encodeDifference(toldBase(by, seen), batch, decodeColumns(batch).observations, sha256Hex(Buffer.from(JSON.stringify(batch))))
}

async function stored(): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit, { reader: 'test' })) batches.push(batch)
  return batches
}

const taken = { status: 200, headers: { 'overt-base': '3' } }
const unknown = { status: 409, body: { code: 'OVT-1374', reason: 'base' } }

test('a batch that is told by the one before it is stored whole, and says that it may be told by', async () => {
  const [first, second, third] = [batchOf(0), batchOf(1), batchOf(2)]
  expect(await post(first)).toMatchObject(taken)
  expect(await post(told(second, first))).toMatchObject({ ...taken, body: { acked: second.id, duplicate: false } })
  expect(await post(told(third, second))).toMatchObject(taken)
  expect((await stored()).map((one) => JSON.stringify(one))).toEqual([first, second, third].map((one) => JSON.stringify(one)))
  expect(ingest.counters()).toMatchObject({ stored: 3, redacted: 0, refused: {} })
})

test('whole or told, one batch is one: what is sent again in the other form is a duplicate', async () => {
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  const difference = told(second, first)
  await post(difference)
  expect(await post(second)).toMatchObject({ status: 200, body: { duplicate: true }, headers: { 'overt-base': '3' } })
  // Its base is gone by now: nothing but the whole of it will do, and that is known.
  expect(await post(difference)).toMatchObject(unknown)
  expect(await stored()).toHaveLength(2)
})

test('a base that is not here is asked for: never seen, of a server that began anew, or too long ago', async () => {
  const [first, second] = [batchOf(0), batchOf(1)]
  expect(await post(told(second, first))).toMatchObject(unknown)
  await post(first)
  ingest = createIngest(store)
  expect(await post(told(second, first))).toMatchObject(unknown)
  ingest = createIngest(store, { baseBytes: 2_000 })
  const [oldest, ...later] = ['page-a', 'page-b', 'page-c', 'page-d'].map((producer) => batchOf(0, { producer }))
  const newest = later.at(-1)
  if (oldest === undefined || newest === undefined) throw new Error('there is no batch')
  for (const batch of [oldest, ...later]) await post(batch)
  expect(await post(told(batchOf(1, { producer: 'page-a' }), oldest))).toMatchObject(unknown)
  expect(await post(told(batchOf(1, { producer: 'page-d' }), newest))).toMatchObject(taken)
  expect(await post(second)).toMatchObject(taken)
})

test('a difference that makes another batch than was signed is asked for whole, and nothing of it is kept', async () => {
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  const honest = told(second, first)
  const [head, strings, ...rest] = honest.told
  expect(await post({ ...honest, told: [head, strings.map(() => 'something else'), ...rest] })).toMatchObject(unknown)
  expect(await post({ ...honest, sha256: 'f'.repeat(32) })).toMatchObject(unknown)
  expect(await stored()).toHaveLength(1)
})

test('what a difference brings along is judged as if it had come whole', async () => {
  const first = batchOf(0)
  await post(first)
  const leaky = batchOf(1, { value: 'write to ada.lovelace@example.com' })
  const answer = await post(told(leaky, first))
  // What is kept is no longer what the device has: no other batch can be told by it.
  expect(answer).toMatchObject({ status: 200, headers: {} })
  expect(JSON.stringify(await stored())).not.toContain('example.com')
  expect(ingest.counters().redacted).toBeGreaterThan(0)
  const pushy = { ...batchOf(2), modalities: ['actions', 'structure'] as const }
  expect(await post(told({ ...pushy, modalities: [...pushy.modalities] }, first))).toMatchObject({
    status: 403,
    body: { reason: 'modality' },
  })
})

test('of rows that cost more than they weigh, or that its base does not have, no difference makes a batch', async () => {
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  const { told: honest, ...rest } = told(second, first)
  const [head, strings, sights, ids, bits, ...after] = honest
  const many = Array.from({ length: 100_001 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 9) % 997)
  const refusal = async (document: object): Promise<unknown> => (await post(document)).body['explain']
  expect(await refusal({ ...rest, told: [head, strings, sights, many, bits, ...after] })).toMatch(
    /^Not an overt\.difference\/3: \/told\/3 /,
  )
  expect(await refusal({ ...rest, told: [head, strings, [[0, 99, 0, 0]], ids, bits, ...after] })).toMatch(/does not have/)
  expect(await stored()).toHaveLength(1)
})

test('a base is of one device: to another one it is not there', async () => {
  const other = await enrolDevice(store, { person: 'bob', manifest, endpoint: 'http://127.0.0.1:4747' })
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  expect(await post(told(second, first), other)).toMatchObject(unknown)
})

test.each([
  ['an erasure of it all', () => eraseData(store, { person: 'ada' })],
  ['an erasure of a session', () => eraseData(store, { person: 'ada', session: 'another' })],
  ['an erasure of the last minutes', () => eraseData(store, { person: 'ada', lastMs: 1_000 })],
  ['a withdrawal', () => withdrawReceipt(store, { id: enrolment.receipt.id })],
])('%s leaves nothing of its person in memory, and no batch that is told by it is made', async (_, end) => {
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  expect(ingest.bases.has(enrolment.deviceId, first.id)).toBe(true)
  await end()
  expect(ingest.bases.has(enrolment.deviceId, first.id)).toBe(false)
  expect(await post(told(second, first))).toMatchObject(unknown)
})

test('whatever gets lost on the way, and wherever the server begins anew, what is stored is what was recorded', async () => {
  let whole = 0
  let short = 0
  const turn = fc.record({
    producer: fc.constantFrom('a', 'b'),
    lostAnswer: fc.boolean(),
    begins: fc.integer({ min: 0, max: 4 }),
    value: fc.constantFrom('x', 'y', 'z'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 12 }), fc.uuid(), async (turns, run) => {
      const known = new Map<string, Batch>()
      const sent: Batch[] = []
      for (const [n, { lostAnswer, begins, value, ...who }] of turns.entries()) {
        const producer = `${who.producer}-${run}`
        const batch = batchOf(n, { producer, value })
        const by = known.get(producer)
        if (begins === 0) ingest = createIngest(store)
        let answer = by === undefined ? await post(batch) : await post(told(batch, by))
        if (answer.status === 200) short += by === undefined ? 0 : 1
        if (answer.status !== 200 || lostAnswer) {
          whole += 1
          answer = await post(batch)
        }
        expect(answer.status).toBe(200)
        if (!lostAnswer && answer.headers['overt-base'] === '3') known.set(producer, batch)
        sent.push(batch)
      }
      const kept = (await stored()).filter(({ producer }) => producer.endsWith(run))
      expect(kept.map((one) => JSON.stringify(one))).toEqual(sent.map((one) => JSON.stringify(one)))
    }),
    { numRuns: 25 },
  )
  expect(Math.min(whole, short)).toBeGreaterThan(5)
}, 60_000)

test('however a difference is bent, it is refused or makes the batch that was signed', async () => {
  const [first, second] = [batchOf(0), batchOf(1)]
  await post(first)
  const honest = JSON.stringify(told(second, first))
  const numbers = [...honest.matchAll(/(?<![\w"-])-?\d+(?![\w"])/g)]
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom('0', '-1', '1e9', '1.5', '99999', '[]', '"x"', 'null'), async (at, other) => {
      const place = numbers[at % numbers.length]
      if (place === undefined) throw new Error('there is no number')
      const bent = honest.slice(0, place.index) + other + honest.slice(place.index + place[0].length)
      const answer = await ingestBatch(ingest, await signedRequest(enrolment, bent))
      expect([200, 400, 403, 409, 413]).toContain(answer.status)
      expect([second.id, undefined]).toContain(answer.body['acked'])
    }),
    { numRuns: 300 },
  )
  const kept = (await stored()).map((one) => JSON.stringify(one))
  expect([JSON.stringify(first), JSON.stringify(second)]).toEqual(expect.arrayContaining(kept))
})
