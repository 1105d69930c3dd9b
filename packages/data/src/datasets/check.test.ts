import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetManifest, Row, Split } from '@overt/schema'
import { afterAll, beforeEach, expect, test } from 'vitest'

import { contextOf, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'
import { filesUnder, readRelease, requireRelease, writeManifest } from './manifest.ts'
import { createRowFiles } from './row-file.ts'

const made: string[] = []
let dir = ''

beforeEach(async () => {
  dir = await freshDir()
  made.push(dir)
  const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 } } as const
  await buildDataset(contextOf(workOf('ada', 'gus'), [await permitFor('ada'), await permitFor('gus')]), spec, dir)
})

afterAll(async () => {
  for (const one of made) await rm(join(one, '..'), { recursive: true, force: true })
})

async function codes(): Promise<string[]> {
  return [...new Set((await checkDataset(dir)).problems.map(({ code }) => code))].toSorted()
}

/** Writes the data files anew with changed rows, and a manifest that fits them but for its counts. */
async function rewrite(change: (row: Row, place: number) => Row | null): Promise<void> {
  const manifest = await requireRelease(dir)
  const rows = await Array.fromAsync(readRelease(dir, manifest))
  await rm(join(dir, 'data'), { recursive: true })
  const files = createRowFiles(dir, 'hf')
  for (const row of rows.map(change)) if (row !== null) await files.append(row)
  await files.close()
  const { hash: _, files: __, ...fields } = manifest
  await writeManifest(dir, fields)
}

async function editManifest(edit: (manifest: DatasetManifest) => object): Promise<void> {
  const path = join(dir, 'manifest.json')
  const manifest: DatasetManifest = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify(edit(manifest)))
}

test('an untouched release has no problem', async () => {
  expect(await codes()).toEqual([])
})

test('a folder without a manifest, and one whose manifest does not fit, are no release', async () => {
  await editManifest((manifest) => ({ ...manifest, extra: 1 }))
  expect(await codes()).toEqual(['OVT-1341'])
  await writeFile(join(dir, 'manifest.json'), '{ not json')
  expect(await codes()).toEqual(['OVT-1341'])
  await rm(join(dir, 'manifest.json'))
  expect(await checkDataset(dir)).toMatchObject({ ok: false, problems: [{ code: 'OVT-1341' }] })
})

test('a missing file, a changed one and a stray one are told apart', async () => {
  await rm(join(dir, 'data', 'test-00000.parquet'))
  expect(await codes()).toContain('OVT-1342')
  await writeFile(join(dir, 'notes.txt'), 'x')
  expect(await codes()).toContain('OVT-1355')
  await appendFile(join(dir, 'README.md'), 'more')
  expect(await codes()).toContain('OVT-1343')
})

test('a manifest whose own hash is not that of its files is found', async () => {
  await editManifest((manifest) => ({ ...manifest, hash: '0'.repeat(64) }))
  expect(await codes()).toEqual(['OVT-1343'])
})

test('a file that is no Parquet is a problem, not a crash', async () => {
  await writeFile(join(dir, 'data', 'train-00000.parquet'), 'PAR1 but not really')
  expect(await codes()).toEqual(expect.arrayContaining(['OVT-1342', 'OVT-1343', 'OVT-1344']))
})

test.each([
  '../outside.parquet',
  '/outside.parquet',
  'data/../../outside.parquet',
  'data\\..\\outside.parquet',
  'data//outside',
  './x',
  '',
])('attack 8: a release that names %j as a file of its own is none, and nothing of it is read', async (path) => {
  await editManifest((manifest) => ({ ...manifest, files: [...manifest.files, { ...manifest.files[0], path, split: 'train' }] }))
  expect(await codes()).toEqual(['OVT-1341'])
  await expect(requireRelease(dir)).rejects.toMatchObject({ kind: 'invalid' })
})

test('rows that are missing are found by their number', async () => {
  await rewrite((row, place) => (place === 0 ? null : row))
  expect(await codes()).toEqual(['OVT-1344'])
})

test('an episode in two splits is found', async () => {
  const other = (split: Split): Split => (split === 'train' ? 'test' : split)
  await rewrite((row) => (row.step_index === 1 ? { ...row, split: other(row.split) } : row))
  expect(await codes()).toContain('OVT-1346')
})

test('the same screen under the same goal in two splits is found, whatever its ids and places', async () => {
  let seen: Row | null = null
  await rewrite((row) => {
    seen ??= row.split === 'test' ? row : null
    if (row.split !== 'train' || seen === null) return row
    const observation: { nodes: { box: number[]; id: number }[] } = JSON.parse(seen.observation)
    for (const node of observation.nodes) node.box = node.box.map((px) => px + 3)
    return { ...row, goal: ` ${seen.goal.toUpperCase()}`, observation: JSON.stringify(observation) }
  })
  expect(await codes()).toEqual(['OVT-1347'])
})

test('a card without the canary is found', async () => {
  const path = join(dir, 'README.md')
  const { canary, ...manifest } = await requireRelease(dir)
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll(canary, ''))
  const { hash: _, files: __, ...fields } = manifest
  await writeManifest(dir, { ...fields, canary })
  expect(await codes()).toEqual(['OVT-1348'])
})

test('receipts that the manifest does not know are found', async () => {
  await rewrite((row, place) => (place === 0 ? { ...row, receipt: 'somebody else’s' } : row))
  expect(await codes()).toEqual(['OVT-1349'])
})

test('nothing of a person’s name stands in the folder', async () => {
  const bytes = await Promise.all((await filesUnder(dir)).map((name) => readFile(join(dir, name), 'latin1')))
  expect(bytes.join('')).not.toMatch(/session-(ada|gus)|"ada"|"gus"/u)
})
