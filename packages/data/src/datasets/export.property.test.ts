import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Row } from '@overt/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { contextOf, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'
import { exportDataset } from './export.ts'
import { readRelease, requireRelease } from './manifest.ts'
import { createRowFiles, lineOf, readRowFile, rowOf } from './row-file.ts'

const plain = fc.string({ unit: 'grapheme', maxLength: 20 })
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value))

/** Any row that UTF-8 can hold, its trees being JSON or any other text. */
const row: fc.Arbitrary<Row> = fc.record({
  episode_id: plain,
  step_index: fc.nat({ max: 1_000 }),
  episode_steps: fc.integer({ min: 1, max: 1_000 }),
  split: fc.constantFrom('train', 'validation', 'test'),
  person: plain,
  receipt: plain,
  app: plain,
  template: plain,
  goal: plain,
  observation: fc.oneof(json, plain),
  action: fc.oneof(json, plain),
  action_kind: fc.constantFrom('click', 'type', 'key'),
  target_node: fc.integer({ min: -1, max: 5_000 }),
  argument: plain,
  outcome: fc.constantFrom('success', 'failure', 'abandoned', 'unknown'),
  outcome_by: plain,
  week: plain,
})

test('a row comes back from its line as it was', () => {
  fc.assert(
    fc.property(row, (one) => {
      expect(rowOf(lineOf(one))).toEqual({ ok: true, value: one })
    }),
  )
})

test('rows come back from their files as they were, in both formats', async () => {
  const rows = fc.sample(row, { numRuns: 200, seed: 7 })
  for (const format of ['hf', 'jsonl'] as const) {
    const dir = await freshDir()
    const files = createRowFiles(dir, format)
    for (const one of rows) await files.append(one)
    await files.close()
    for (const split of ['train', 'validation', 'test']) {
      const back: Row[] = []
      for await (const read of readRowFile(join(dir, 'data', `${split}-00000.${format === 'hf' ? 'parquet' : 'jsonl'}`)))
        if (read.ok) back.push(read.value)
      expect(back).toEqual(rows.filter((one) => one.split === split))
    }
  }
})

test('an export to lines and back holds the same rows, passes its check and says that nothing was lost', async () => {
  const dir = await freshDir()
  await buildDataset(
    contextOf(workOf('ada', 'gus'), [await permitFor('ada'), await permitFor('gus')]),
    { name: 'orders', purpose: 'ground' },
    dir,
  )
  const lines = await freshDir()
  const back = await freshDir()
  const report = await exportDataset(dir, 'jsonl', lines)
  await exportDataset(lines, 'hf', back)
  const rowsOf = async (path: string): Promise<Row[]> => Array.fromAsync(readRelease(path, await requireRelease(path)))
  expect(await rowsOf(lines)).toEqual(await rowsOf(dir))
  expect(await rowsOf(back)).toEqual(await rowsOf(dir))
  for (const path of [lines, back]) expect(await checkDataset(path)).toMatchObject({ ok: true, rows: 40 })
  const loss: unknown = JSON.parse(await readFile(join(lines, 'loss.json'), 'utf8'))
  expect(loss).toMatchObject({ of: report.of, format: 'jsonl', facts: { observation: { kept: 40, dropped: 0, approximated: 0 } } })
})

test('a format that is not known is refused by name', async () => {
  await expect(exportDataset(await freshDir(), 'agentnet', await freshDir())).rejects.toThrow(
    'there is no format agentnet: choose one of hf, jsonl',
  )
})
