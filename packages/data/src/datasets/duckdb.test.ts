import { join } from 'node:path'

import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'

import { contextOf, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'

test('DuckDB opens the Parquet, counts its rows and reads into its trees', async () => {
  const dir = await freshDir()
  const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 } } as const
  const report = await buildDataset(contextOf(workOf('ada', 'gus'), [await permitFor('ada'), await permitFor('gus')]), spec, dir)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const query = `SELECT split, count(*)::INT AS rows, count(DISTINCT episode_id)::INT AS episodes, max(step_index) AS last,
      count(*) FILTER (json_extract_string(action, '$.kind') = action_kind)::INT AS agreeing
    FROM read_parquet('${join(dir, 'data', '*.parquet')}') GROUP BY split ORDER BY split`
  const found = (await connection.runAndReadAll(query)).getRowObjects()
  connection.closeSync()
  instance.closeSync()
  const expected = (['test', 'train', 'validation'] as const).map((split) => {
    const { rows = 0, episodes = 0 } = report.splits[split] ?? {}
    return { split, rows, episodes, last: 1, agreeing: rows }
  })
  expect(found).toEqual(expected)
})
