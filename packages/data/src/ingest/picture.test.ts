import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch, Modality } from '@overt/schema'
import type { Picture } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { trustKey } from '../govern/consent.ts'
import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { openStore } from '../store/open-store.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import { createIngest, ingestBatch } from './ingest.ts'

/** One grey pixel. */
const pixel = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
const picture: Picture = { id: 3, format: 'webp', image: pixel, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 }
const withPicture: Partial<Batch> = {
  modalities: ['actions', 'text', 'structure', 'pixels'],
  pictures: [picture],
  pictured: [
    { kind: 'unavailable', event: 0, reason: 'rate' },
    { kind: 'captured', event: 2, picture: 3, when: 'before', ageMs: 120 },
  ],
}

const also = { kind: 'captured', event: 1, picture: 4, when: 'before', ageMs: 80 } as const

let folder: ReturnType<typeof scratchFolder>
let store: Store

beforeEach(async () => {
  folder = scratchFolder()
  store = await openStore(folder.dir)
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

/** Someone who agreed to pictures, or did not; `paths`: where the manifest allows all that it does. */
async function enrolled(modalities: readonly Modality[], pixelPaths: readonly string[] = ['/**']): Promise<Enrolment> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const sample = sampleManifest({ origin: fixtureOrigin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  const apps = sample.apps.flatMap((app) => [app, { ...app, paths: [...pixelPaths], modalities: [...modalities] }])
  const manifest = await signManifest({ ...sample, apps }, { keyId, by: 'operator', privateKey: pair.privateKey })
  return enrolDevice(store, { person: 'ada', manifest, endpoint: '', modalities })
}

async function post(sender: Enrolment, change: Partial<Batch> = withPicture): Promise<string> {
  const request = await signedRequest(sender, JSON.stringify(sampleBatch(sender, crypto.randomUUID(), change)))
  const { status, body } = await ingestBatch(createIngest(store), request)
  return `${status} ${typeof body['reason'] === 'string' ? body['reason'] : ''}`.trim()
}

const all: readonly Modality[] = ['actions', 'text', 'structure', 'pixels']

test('a picture is kept with its batch, counts as one when it is erased, and cannot be read after', async () => {
  const ada = await enrolled(all)
  expect(await post(ada)).toBe('200')
  expect(await post(ada, {})).toBe('200')
  const [permit] = await Array.fromAsync(permitsFor(store, 'ground'))
  if (permit === undefined) throw new Error('there is no permit')
  const [batch] = await Array.fromAsync(store.batches(permit, { pictures: 'all' }))
  expect(batch).toMatchObject({ pictures: [picture], pictured: withPicture.pictured })
  const names = store.rows({ person: 'ada' }).map(({ idHash }) => idHash)
  expect((await eraseData(store, { person: 'ada' })).reached).toMatchObject({ events: 6, frames: 1 })
  expect(await store.openable(names)).toBe(0)
})

test('a batch with a picture is refused where the person did not agree to pixels, or not at this place; why there is none may be said', async () => {
  expect(await post(await enrolled(['actions', 'text', 'structure']))).toBe('403 modality')
  const elsewhere = await enrolled(all, ['/pictures/**'])
  expect(await post(elsewhere)).toBe('403 modality')
  const { pictures: _, ...without } = withPicture
  expect(await post(elsewhere, without)).toBe('200')
  const undeclared = { ...withPicture, modalities: ['actions', 'text', 'structure'] as Modality[] }
  expect(await post(await enrolled(all), undeclared)).toBe('403 modality')
  expect(store.rows()).toHaveLength(1)
})

const bytes = Buffer.from(pixel, 'base64')
const padded = Buffer.concat([bytes, Buffer.from('residue!')])
const grown = Buffer.from(padded)
grown.writeUInt32LE(padded.length - 8, 4)
const image = (from: Buffer): Partial<Batch> => ({ ...withPicture, pictures: [{ ...picture, image: from.toString('base64') }] })

test.each<[string, Partial<Batch>]>([
  ['that no event names', { ...withPicture, pictured: [] }],
  ['of an event of another batch', { ...withPicture, pictured: [{ kind: 'captured', event: 9, picture: 3, when: 'before', ageMs: 1 }] }],
  [
    'told twice of one event',
    { ...withPicture, pictured: [...(withPicture.pictured ?? []), { kind: 'unavailable', event: 0, reason: 'rate' }] },
  ],
  ['twice under one id', { ...withPicture, pictures: [picture, picture] }],
  ['that is no image', image(Buffer.from('<svg onload=alert(1)></svg> and some more words'))],
  ['with something behind its end', image(padded)],
  ['with a second chunk', image(grown)],
  ['of other sides than it says', { ...withPicture, pictures: [{ ...picture, widthPx: 2 }] }],
  ['of a size that no screen has', { ...withPicture, pictures: [{ ...picture, widthPx: 100_000 }] }],
  ['longer than a picture may be', { ...withPicture, pictures: [{ ...picture, image: 'A'.repeat(1_400_004) }] }],
])('attacks 7, 32: a picture %s is refused, and nothing of its batch is kept', async (_, change) => {
  expect(await post(await enrolled(all), change)).toBe('400 schema')
  expect(store.rows()).toHaveLength(0)
})

test('pictures are handed to nobody but their person until a check has cleared them, and those held back are counted', async () => {
  const ada = await enrolled(all)
  expect(
    await post(ada, { ...withPicture, pictures: [picture, { ...picture, id: 4 }], pictured: [...(withPicture.pictured ?? []), also] }),
  ).toBe('200')
  const [row] = store.rows()
  const [permit] = await Array.fromAsync(permitsFor(store, 'ground'))
  if (row === undefined || permit === undefined) throw new Error('there is nothing to read')
  const read = async () => (await Array.fromAsync(store.batches(permit)))[0]
  const held = await read()
  expect(held).toMatchObject({ counters: { 'pictures-held': 2 }, count: 3 })
  expect(held).not.toHaveProperty('pictures')
  store.keys.judge(row.idHash, 3, { verdict: 'clear', findings: [] })
  expect(await read()).toMatchObject({ counters: { 'pictures-held': 1 }, pictures: [{ id: 3 }] })
  store.keys.judge(row.idHash, 4, { verdict: 'clear', findings: [] })
  expect((await read())?.counters).not.toHaveProperty('pictures-held')
  store.keys.judge(row.idHash, 3, { verdict: 'found', findings: [] })
  store.keys.judge(row.idHash, 3, { verdict: 'clear', findings: [] })
  expect(await read()).toMatchObject({ pictures: [{ id: 4 }] })
})

test('a verdict goes with its record, and none comes for one that is gone', async () => {
  const ada = await enrolled(all)
  expect(await post(ada)).toBe('200')
  const [row] = store.rows()
  if (row === undefined) throw new Error('there is nothing to judge')
  store.keys.judge(row.idHash, 3, { verdict: 'found', findings: [] })
  expect(store.keys.judgements(row.idHash).size).toBe(1)
  await eraseData(store, { person: 'ada', session: row.session })
  store.keys.judge(row.idHash, 3, { verdict: 'found', findings: [] })
  expect(store.keys.judgements(row.idHash).size).toBe(0)
})
