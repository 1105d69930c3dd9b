import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch, Manifest, Modality } from '@overt/schema'
import { decodeColumns, encodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import { permitFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { trustKey, withdrawReceipt } from './consent.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { manifestFacts } from './manifest-facts.ts'

const dayMs = 86_400_000
let folder: ReturnType<typeof scratchFolder>
let store: Store
let nowEpochMs: number
let manifest: Manifest
let ada: Enrolment

async function enrol(
  person: string,
  change: Partial<Manifest> = {},
  modalities: readonly Modality[] = ['actions', 'text', 'structure'],
): Promise<Enrolment> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const sample = { ...sampleManifest({ origin: fixtureOrigin, nowEpochMs }), ...change }
  manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: pair.privateKey })
  return enrolDevice(store, { person, manifest, endpoint: '', modalities })
}

beforeEach(async () => {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  store = await openStore(folder.dir, { nowEpochMs: () => nowEpochMs })
  ada = await enrol('ada')
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

async function send(enrolment: Enrolment, batch: Batch): Promise<number> {
  const request = await signedRequest(enrolment, JSON.stringify(batch), { atEpochMs: nowEpochMs })
  return (await ingestBatch(createIngest(store), request)).status
}
const batchOf = (id: string, change: Partial<Batch> = {}, enrolment = ada) =>
  sampleBatch(enrolment, id, { closedAtEpochMs: nowEpochMs, ...change })
const facts = () => manifestFacts(store, { fromEpochMs: nowEpochMs - dayMs, untilEpochMs: nowEpochMs + dayMs })
const codes = async () => (await facts()).differences.map(({ code, what }) => `${code}: ${what}`).toSorted()

/** Keeps a batch as a server that checks nothing would. */
async function keepUnchecked(batch: Batch, enrolment = ada): Promise<void> {
  const decision = await permitFor(store, enrolment.receipt.id, 'ground')
  if (!decision.ok) throw new Error(decision.explain)
  const { id, person, session, device, mode, origin, receipt } = batch
  const envelope = {
    kind: 'batch',
    id,
    contentSha256: '00'.repeat(32),
    form: batch.v,
    person,
    session,
    device,
    mode,
    origin,
    receipt,
  } as const
  const counts = { atEpochMs: batch.closedAtEpochMs, events: 3, observations: 1, tasks: 1 }
  await store.append(decision.value, Buffer.from(JSON.stringify(batch)), { ...envelope, ...counts })
}

/** What a recorder sends that was changed to capture the pressure of a click. */
function withPressure(batch: Batch): Batch {
  const events = batch.events.map((rows) => (rows.kind === 'click' ? { ...rows, columns: { ...rows.columns, pressure: [0.5] } } : rows))
  return { ...batch, events }
}

test('what was captured as the manifest says differs in nothing', async () => {
  expect(await send(ada, batchOf('batch-0001'))).toBe(200)
  expect(await facts()).toEqual({ batches: 1, closed: 0, differences: [] })
})

test('a recorder that sends one field more is refused, and the facts say so', async () => {
  expect(await send(ada, withPressure(batchOf('batch-0001')))).toBe(400)
  expect(await codes()).toEqual(['refused: a recorder sent click.pressure, which it may not; nothing of that was kept'])
})

test('a recorder and a server that were both changed to one field more differ from what was signed', async () => {
  await keepUnchecked(withPressure(batchOf('batch-0001')))
  expect(await codes()).toEqual(['field: captured click.pressure'])
})

test('so does a field that recorders have and this manifest does not list', async () => {
  const fields = (manifest.fields ?? []).filter((field) => field !== 'click.modifiers')
  const bob = await enrol('bob', { fields })
  expect(await send(bob, batchOf('batch-0001', {}, bob))).toBe(403)
  await keepUnchecked(batchOf('batch-0002', {}, bob), bob)
  expect(await codes()).toEqual([
    'field: captured click.modifiers',
    'refused: a recorder sent click.modifiers, which it may not; nothing of that was kept',
  ])
})

test('texts from one who agreed to actions alone, another place, purpose and time are differences', async () => {
  const bob = await enrol('bob', {}, ['actions'])
  await keepUnchecked(batchOf('batch-0001', { path: '/hr/1' }))
  await keepUnchecked(batchOf('batch-0002', { purpose: 'share' }))
  await keepUnchecked(batchOf('batch-0003', { closedAtEpochMs: nowEpochMs - 3_600_000 }))
  await keepUnchecked(batchOf('batch-0004', {}, bob), bob)
  expect(await codes()).toEqual([
    'consent: recorded outside the time of its receipt',
    `modality: captured text at ${fixtureOrigin}/orders`,
    `place: recorded at ${fixtureOrigin}/hr/1, or at an hour, that it does not name`,
    'purpose: recorded for share',
  ])
})

test('so is what a batch tells of another place than the one that it names', async () => {
  const batch = batchOf('batch-0001')
  const { events, observations } = decodeColumns(batch)
  const move = { kind: 'navigate', gap: 0, observation: -1, node: -1, title: 'Pay', cause: 'link' } as const
  const moved = [...events, { ...move, seq: events.length, url: `${fixtureOrigin}/payroll/7` }]
  const seen = observations.map((one) => ({ ...one, url: `${fixtureOrigin}/hr/1` }))
  await keepUnchecked({ ...batch, ...encodeColumns(moved, seen) })
  await keepUnchecked({ ...batchOf('batch-0002'), ...encodeColumns([{ ...move, seq: 0, url: 'https://mail.example/orders' }], []) })
  expect(await codes()).toEqual([
    `place: recorded at ${fixtureOrigin}/hr/1, or at an hour, that it does not name`,
    `place: recorded at ${fixtureOrigin}/payroll/7, or at an hour, that it does not name`,
    'place: recorded at https://mail.example/orders, or at an hour, that it does not name',
  ])
})

test('what can’t be opened any more is counted, and what is kept too long is a difference', async () => {
  await send(ada, batchOf('batch-0001'))
  await withdrawReceipt(store, { person: 'ada' })
  expect(await facts()).toEqual({ batches: 0, closed: 1, differences: [] })
  nowEpochMs += 31 * dayMs
  expect(await codes()).toEqual(['retention: kept longer than 30 days'])
})

test('a manifest with many batches of one difference tells it once, and each look is in the ledger', async () => {
  for (const id of ['batch-0001', 'batch-0002']) await keepUnchecked(withPressure(batchOf(id)))
  expect((await facts()).differences).toMatchObject([{ code: 'field', batches: 2, manifest: `${manifest.id} version 1` }])
  const reads = (await Array.fromAsync(store.ledger.of('ada'))).filter(({ kind }) => kind === 'read')
  expect(reads).toMatchObject([{ body: { reader: 'manifest facts' } }])
})
