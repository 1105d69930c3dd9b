import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Batch } from '@overt/schema'
import { afterEach, expect, test } from 'vitest'

import { checkDataset } from './datasets/check.ts'
import { buildDataset } from './datasets/build.ts'
import { readManifest, readRelease, readRevocation } from './datasets/manifest.ts'
import { withdrawReceipt } from './govern/consent.ts'
import { enrolDevice } from './govern/enrol.ts'
import { eraseData } from './govern/erase.ts'
import { enforceRetention } from './govern/retention.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './ingest/fixture.ts'
import { createIngest, ingestBatch } from './ingest/ingest.ts'
import { datasetContext, exportFrom, reemitFor } from './releases.ts'
import { selectDatasets } from './store/lineage.ts'
import type { Store } from './store/store.ts'

const dayMs = 86_400_000
let laterMs = 0
const undo: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
  laterMs = 0
})

const spec = { name: 'notes', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const
const canary = 'zanzibar-lantern-4411-quartz'

/** A store into which ada and gus have posted a session each, through ingest. */
async function house(): Promise<{ store: Store; dir: string }> {
  const { dir, remove } = scratchFolder()
  const { store, enrolment, manifest } = await enrolledStore(join(dir, 'store'), { nowEpochMs: () => Date.now() + laterMs })
  undo.push(remove, () => store.close())
  const gus = await enrolDevice(store, { person: 'gus', manifest, endpoint: 'http://127.0.0.1:4747' })
  const ingest = createIngest(store)
  for (const [who, note, session] of [
    [enrolment, canary, 'session-1'],
    [gus, 'plain words', 'session-2'],
  ] as const) {
    const batch: Batch = sampleBatch(who, `batch-${session}`, { note, session })
    const answer = await ingestBatch(ingest, await signedRequest(who, JSON.stringify(batch)))
    expect(answer.status).toBe(200)
  }
  return { store, dir }
}

async function texts(dir: string): Promise<string> {
  const read = await readManifest(dir)
  const found: string[] = []
  if (read.ok) for await (const row of readRelease(dir, read.value)) found.push(JSON.stringify(row))
  return found.join('\n')
}

async function filesHolding(dir: string, text: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const bytes = await Promise.all(paths.map((path) => readFile(path)))
  return paths.filter((_, place) => bytes[place]?.includes(text))
}

test('what was posted to a store stands in the release, and an erasure takes it out of release and export', async () => {
  const { store, dir } = await house()
  const release = join(dir, 'release')
  const report = await buildDataset(datasetContext(store), spec, release)
  expect(report).toMatchObject({ ok: true, episodes: 2, people: 2 })
  expect(await texts(release)).toContain(canary)
  expect(await filesHolding(dir, canary)).not.toEqual([])
  await exportFrom(store, release, 'jsonl', join(dir, 'lines'))

  const erased = await eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) })
  expect(erased.reached).toMatchObject({ datasets: 2 })
  expect(erased.left).toEqual([])
  for (const name of ['release', 'lines']) {
    expect(await readRevocation(join(dir, name))).not.toBeNull()
    expect(await checkDataset(join(dir, `${name}-r2`))).toMatchObject({ ok: true, episodes: 1, people: 1 })
    expect(await texts(join(dir, `${name}-r2`))).toContain('plain words')
  }
  expect(await filesHolding(dir, canary)).toEqual([])
})

test('a release that an erasure revoked is refused as that, and not as damaged, also by a data folder that did not build it', async () => {
  const { store, dir } = await house()
  const { store: stranger } = await house()
  const release = join(dir, 'release')
  await buildDataset(datasetContext(store), spec, release)
  await eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) })
  for (const asked of [store, stranger])
    await expect(exportFrom(asked, release, 'jsonl', join(dir, 'lines'))).rejects.toMatchObject({
      kind: 'permit',
      exitCode: 4,
      message: expect.stringContaining('revoked by an erasure'),
    })
})

test('an erasure reaches every folder that a release was exported to, also where two hold the same bytes', async () => {
  const { store, dir } = await house()
  const release = join(dir, 'release')
  await buildDataset(datasetContext(store), spec, release)
  const one = await exportFrom(store, release, 'jsonl', join(dir, 'one'))
  const two = await exportFrom(store, release, 'jsonl', join(dir, 'two'))
  expect(one.hash).toBe(two.hash)
  expect(await eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) })).toMatchObject({ left: [] })
  expect(await filesHolding(dir, canary)).toEqual([])
  for (const name of ['one', 'two']) expect(await texts(join(dir, `${name}-r2`))).toContain('plain words')
})

test('a copy of a release, and a copy of that, are kept no longer than the release itself', async () => {
  const { store, dir } = await house()
  await buildDataset(datasetContext(store), spec, join(dir, 'release'))
  const madeAtEpochMs = Date.now()
  // The sample manifest keeps datasets for 90 days.
  laterMs = 10 * dayMs
  await exportFrom(store, join(dir, 'release'), 'jsonl', join(dir, 'copy'))
  await exportFrom(store, join(dir, 'copy'), 'hf', join(dir, 'copy-of-copy'))
  laterMs = 91 * dayMs + (madeAtEpochMs - Date.now())
  const report = await enforceRetention(store, { reemit: reemitFor(store) })
  expect(report).toMatchObject({ datasets: { kept: 0, ended: 3 }, left: [] })
  expect(await filesHolding(dir, canary)).toEqual([])
})

test('the next version of a release can be reached by the next erasure', async () => {
  const { store, dir } = await house()
  await buildDataset(datasetContext(store), spec, join(dir, 'release'))
  await eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) })
  await eraseData(store, { person: 'gus' }, { reemit: reemitFor(store) })
  expect(await checkDataset(join(dir, 'release-r3'))).toMatchObject({ ok: true, rows: 0 })
  expect(selectDatasets(store.control).filter(({ revokedAtEpochMs }) => revokedAtEpochMs === null)).toHaveLength(1)
})

test('someone who has withdrawn is not in a release, and is counted', async () => {
  const { store, dir } = await house()
  await withdrawReceipt(store, { person: 'ada' })
  const report = await buildDataset(datasetContext(store), spec, join(dir, 'release'))
  expect(report).toMatchObject({ ok: true, people: 1, dropped: { 'people-without-permit': 1 } })
})

test('a purpose that nobody agreed to gives no release', async () => {
  const { store, dir } = await house()
  const report = await buildDataset(datasetContext(store), { ...spec, purpose: 'automate' }, join(dir, 'release'))
  expect(report).toMatchObject({ ok: false, rows: 0, dropped: { 'people-without-permit': 2 } })
  expect(await readdir(dir)).not.toContain('release')
})

test('a copy of a release is in the ledger, openly and for each person in it; one that somebody in it no longer agrees to is refused', async () => {
  const { store, dir } = await house()
  await buildDataset(datasetContext(store), spec, join(dir, 'release'))
  const { hash, of } = await exportFrom(store, join(dir, 'release'), 'jsonl', join(dir, 'lines'))
  const exports = (await Array.fromAsync(store.ledger.entries())).filter(({ kind }) => kind === 'export')
  expect(exports.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => ({ of, hash, format: 'jsonl' })))
  expect(new Set(exports.map(({ who }) => who))).toEqual(new Set([null, store.ledger.whoIs('ada'), store.ledger.whoIs('gus')]))
  await withdrawReceipt(store, { person: 'ada' })
  await expect(exportFrom(store, join(dir, 'release'), 'hf', join(dir, 'later'))).rejects.toMatchObject({ code: 'OVT-1308' })
  expect(await readdir(dir)).not.toContain('later')
})

test('a release is not exported where a file of it is not what its hash says, one is missing, or one is beside them', async () => {
  const { store, dir } = await house()
  const release = join(dir, 'release')
  await buildDataset(datasetContext(store), spec, release)
  const [name = ''] = await readdir(join(release, 'data'))
  const path = join(release, 'data', name)
  const bytes = await readFile(path)
  const refused = async (what: string): Promise<void> => {
    const exporting = exportFrom(store, release, 'jsonl', join(dir, 'lines'))
    await expect(exporting).rejects.toMatchObject({ code: 'OVT-1318', exitCode: 1, message: expect.stringContaining(what) })
    expect((await readdir(dir)).filter((one) => one.startsWith('lines'))).toEqual([])
  }
  const changed = Buffer.from(bytes)
  changed.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  await writeFile(path, changed)
  await refused(`${name} is not what the manifest says`)
  await rm(path)
  await refused('OVT-1342')
  await writeFile(path, bytes)
  await writeFile(`${path}.more`, '')
  await refused('OVT-1355')
  await rm(`${path}.more`)
  expect((await exportFrom(store, release, 'jsonl', join(dir, 'lines'))).rows).toBeGreaterThan(0)
})

test('rows of somebody else under the hash of a known release are not exported', async () => {
  const { store, dir } = await house()
  await buildDataset(datasetContext(store), { ...spec, filter: { persons: ['gus'] } }, join(dir, 'of-gus'))
  await buildDataset(datasetContext(store), { ...spec, filter: { persons: ['ada'] } }, join(dir, 'of-ada'))
  const [known, other] = [await readManifest(join(dir, 'of-gus')), await readManifest(join(dir, 'of-ada'))]
  if (!known.ok || !other.ok) throw new Error('no manifests')
  await writeFile(join(dir, 'of-ada', 'manifest.json'), JSON.stringify({ ...other.value, hash: known.value.hash }))
  await withdrawReceipt(store, { person: 'ada' })
  await expect(exportFrom(store, join(dir, 'of-ada'), 'jsonl', join(dir, 'lines'))).rejects.toMatchObject({ code: 'OVT-1318' })
})
