import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch, Manifest, Modality } from '@overt/schema'
import type { Picture } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { backUp } from './backup.ts'
import { trustKey, withdrawReceipt } from './consent.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { registerDataset } from './lineage.ts'
import { manifestFacts } from './manifest-facts.ts'
import { enforceRetention } from './retention.ts'

const dayMs = 86_400_000

let folder: ReturnType<typeof scratchFolder>
let store: Store
let laterMs: number

beforeEach(async () => {
  folder = scratchFolder()
  laterMs = 0
  store = await openStore(join(folder.dir, 'data'), { nowEpochMs: () => Date.now() + laterMs })
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

async function agreed(person: string, retentionDays: Manifest['retentionDays'], modalities?: readonly Modality[]): Promise<Enrolment> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const sample = sampleManifest({ origin: fixtureOrigin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  const apps = sample.apps.map((app) => ({ ...app, modalities: [...(modalities ?? app.modalities)] }))
  const manifest = await signManifest({ ...sample, apps, retentionDays }, { keyId, by: 'operator', privateKey: pair.privateKey })
  return enrolDevice(store, { person, manifest, endpoint: '', ...(modalities === undefined ? {} : { modalities }) })
}

async function send(from: Enrolment, id: string): Promise<void> {
  // Recorded when its person agreed, and long under way: that must not shorten anything.
  const body = JSON.stringify(sampleBatch(from, id))
  await ingestBatch(createIngest(store), await signedRequest(from, body, { atEpochMs: store.nowEpochMs() }))
}

const left = (): string[] =>
  store
    .rows()
    .map((row) => row.id)
    .sort()

test('a record is kept for as long as its own manifest says, and its ciphertext opens no more after that', async () => {
  laterMs = -20 * dayMs
  const ada = await agreed('ada', { events: 5, frames: 1, datasets: 30 })
  const bob = await agreed('bob', { events: 10, frames: 1, datasets: 30 })
  laterMs = 0
  await send(ada, 'batch-a1')
  await send(bob, 'batch-b1')
  const names = store.rows().map((row) => row.idHash)
  laterMs = 4 * dayMs
  await send(ada, 'batch-a2')
  expect(await enforceRetention(store)).toMatchObject({ events: { kept: 3, ended: 0 } })
  laterMs = 6 * dayMs
  const { events } = await enforceRetention(store)
  expect({ ...events, nextAtEpochMs: Math.round(((events.nextAtEpochMs ?? 0) - Date.now()) / dayMs) }).toEqual({
    kept: 2,
    ended: 1,
    nextAtEpochMs: 9,
  })
  expect(left()).toEqual(['batch-a2', 'batch-b1'])
  expect(await store.openable(names)).toBe(1)
  laterMs = 11 * dayMs
  expect(await enforceRetention(store)).toMatchObject({ events: { kept: 0, ended: 2, nextAtEpochMs: null } })
  expect(await store.openable(names)).toBe(0)
  const kinds = (await Array.fromAsync(store.ledger.entries())).filter(({ kind }) => kind === 'retention')
  expect(kinds.map(({ body }) => body)).toEqual([
    { records: 1, datasets: 0 },
    { records: 2, datasets: 0 },
  ])
})

test('pictures are kept for as long as the manifest says of pictures, also once their person has withdrawn, and the rest of their record for as long as events are', async () => {
  const ada = await agreed('ada', { events: 30, frames: 7, datasets: 30 }, ['actions', 'text', 'structure', 'pixels'])
  const bob = await agreed('bob', { events: 30, frames: 20, datasets: 30 }, ['actions', 'text', 'structure', 'pixels'])
  const image = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
  const pictures = [0, 1].map((id): Picture => ({ id, format: 'webp', image, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 }))
  const pictured = pictures.map(({ id }) => ({ kind: 'captured', event: id, picture: id, when: 'before', ageMs: 9 }) as const)
  for (const from of [ada, bob]) {
    const modalities: Batch['modalities'] = ['actions', 'text', 'structure', 'pixels']
    const batch = sampleBatch(from, `batch-of-${from.receipt.person}`, { modalities, pictures, pictured })
    expect(await ingestBatch(createIngest(store), await signedRequest(from, JSON.stringify(batch)))).toMatchObject({ status: 200 })
  }
  const names = store.rows().map(({ idHash }) => idHash)
  await withdrawReceipt(store, { person: 'ada' })
  laterMs = 6 * dayMs
  expect((await enforceRetention(store)).frames).toMatchObject({ kept: 4, ended: 0 })
  expect((await manifestFacts(store, { fromEpochMs: 0, untilEpochMs: store.nowEpochMs() })).differences).toEqual([])
  laterMs = 8 * dayMs
  expect((await manifestFacts(store, { fromEpochMs: 0, untilEpochMs: store.nowEpochMs() })).differences).toMatchObject([
    { code: 'retention', what: 'pictures kept longer than 7 days' },
  ])
  expect(await enforceRetention(store)).toMatchObject({ events: { kept: 2, ended: 0 }, frames: { kept: 2, ended: 2 }, left: [] })
  expect(store.rows().map(({ id, pictures: many }) => [id, many])).toEqual([
    ['batch-of-ada', 0],
    ['batch-of-bob', 2],
  ])
  // What held them opens no more; what stands in its place does, once there is an agreement again.
  expect(await store.openable(names)).toBe(1)
  expect(await store.openable(store.rows().map(({ idHash }) => idHash))).toBe(2)
  expect((await Array.fromAsync(store.ledger.entries())).filter(({ kind }) => kind === 'retention')).toMatchObject([
    { body: { pictures: 2 } },
  ])
  expect(await manifestFacts(store, { fromEpochMs: 0, untilEpochMs: store.nowEpochMs() })).toMatchObject({ differences: [] })
  expect((await enforceRetention(store)).frames).toMatchObject({ kept: 2, ended: 0 })
})

test('what a retention has ended is not stored anew when it is sent again', async () => {
  const ada = await agreed('ada', { events: 5, frames: 1, datasets: 30 })
  const body = JSON.stringify(sampleBatch(ada, 'batch-a1'))
  const post = async () => ingestBatch(createIngest(store), await signedRequest(ada, body, { atEpochMs: store.nowEpochMs() }))
  expect((await post()).status).toBe(200)
  laterMs = 6 * dayMs
  await enforceRetention(store)
  expect((await post()).body).toEqual({ acked: 'batch-a1', duplicate: true })
  expect(left()).toEqual([])
})

test('a release loses the episodes of those whose retention has passed, counted from its first version', async () => {
  await agreed('ada', { events: 90, frames: 1, datasets: 10 })
  await agreed('bob', { events: 90, frames: 1, datasets: 20 })
  const episodes = ['ada', 'bob'].map((person) => ({ episode: `episode of ${person}`, person, session: 's' }))
  const release = { name: 'orders', path: join(folder.dir, 'release'), purpose: 'ground' as const }
  await registerDataset(store, { ...release, hash: 'first', episodes })
  const dropped: string[][] = []
  let version = 0
  const reemit = async ({ dropEpisodes }: { readonly dropEpisodes: readonly string[] }) => {
    dropped.push([...dropEpisodes])
    version += 1
    await registerDataset(store, { ...release, hash: `version ${version}`, episodes: version === 1 ? episodes.slice(1) : [] })
    return { hash: `version ${version}` }
  }
  // The folder of the release: reemit is asked only where it is there.
  release.path = folder.dir
  await registerDataset(store, { ...release, hash: 'first', episodes })
  laterMs = 9 * dayMs
  expect((await enforceRetention(store, { reemit })).datasets).toMatchObject({ kept: 1, ended: 0 })
  laterMs = 11 * dayMs
  expect((await enforceRetention(store, { reemit })).datasets).toMatchObject({ ended: 1 })
  laterMs = 21 * dayMs
  await enforceRetention(store, { reemit })
  expect(dropped.flat().filter((episode) => episode === 'episode of ada')).toHaveLength(1)
  expect(dropped.flat()).toContain('episode of bob')
})

test('a release that could not be made anew, or whose making a crash cut off, is made anew by the next run', async () => {
  await agreed('ada', { events: 90, frames: 1, datasets: 10 })
  const episodes = [{ episode: 'episode of ada', person: 'ada', session: 's' }]
  await registerDataset(store, { name: 'orders', path: folder.dir, purpose: 'ground', hash: 'first', episodes })
  laterMs = 11 * dayMs
  const full = async (): Promise<never> => {
    throw new Error('disk full')
  }
  expect(await enforceRetention(store, { reemit: full })).toMatchObject({
    datasets: { ended: 0 },
    left: [expect.stringContaining('disk full')],
  })
  const dropped: string[] = []
  const reemit = async ({ dropEpisodes }: { readonly dropEpisodes: readonly string[] }) => (dropped.push(...dropEpisodes), { hash: 'next' })
  expect(await enforceRetention(store, { reemit })).toMatchObject({ datasets: { ended: 1 }, left: [] })
  expect(dropped).toEqual(['episode of ada'])
  expect((await enforceRetention(store, { reemit })).datasets.ended).toBe(0)
})

test('a copy of the keys that is too old goes with the retention', async () => {
  const ada = await agreed('ada', { events: 50, frames: 1, datasets: 30 })
  await send(ada, 'batch-a1')
  await backUp(store, { data: join(folder.dir, 'backup'), keys: join(folder.dir, 'keys') })
  laterMs = 8 * dayMs
  expect((await enforceRetention(store)).left).toEqual([])
  expect(existsSync(join(folder.dir, 'keys'))).toBe(false)
})
