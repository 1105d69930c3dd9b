import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetSpec } from '@overt/schema'
import { expect, test } from 'vitest'

import { contextOf, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'

const spec: DatasetSpec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 }, seed: 1 }

test('a release holds the work of the people who agreed to the purpose, passes its check, and tells of the people left out', async () => {
  const context = contextOf(workOf('ada', 'gus', 'eve'), [await permitFor('ada'), await permitFor('gus')])
  const dir = await freshDir()
  const report = await buildDataset(context, spec, dir)
  expect(report).toMatchObject({ ok: true, rows: 40, episodes: 20, people: 2, dropped: { 'people-without-permit': 1 } })
  expect(report.splits).toMatchObject({ train: { episodes: 12 }, validation: { episodes: 4 }, test: { episodes: 4 } })
  const checked = await checkDataset(dir)
  expect(checked.problems).toEqual([])
  expect(checked.hash).toBe(report.hash)
  expect(context.releases[0]?.episodes).toHaveLength(20)
})

test('a flipped byte in a data file makes the check fail', async () => {
  const context = contextOf(workOf('ada'), [await permitFor('ada')])
  const dir = await freshDir()
  await buildDataset(context, spec, dir)
  const path = join(dir, 'data', 'train-00000.parquet')
  const bytes = await readFile(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  await writeFile(path, bytes)
  const report = await checkDataset(dir)
  expect(report.ok).toBe(false)
  expect(report.problems.map(({ code }) => code)).toContain('OVT-1343')
})
