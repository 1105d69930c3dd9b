import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Batch, DatasetSpec } from '@overt/schema'
import { expect, test } from 'vitest'

import { batchOf, contextOf, nowEpochMs, permitFor, type Work } from '../../fixtures/house.ts'
import { form, observation, stretch, type Told } from '../../fixtures/scene.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'

const spec: DatasetSpec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 }, seed: 1 }

/** A session in which the person names an order `count` times, on a screen that shows which. */
export function sessionOf(person: string, session: string, count: number): Batch[] {
  return Array.from({ length: count }, (_, task) => {
    const told: Told[] = [
      ['task', -1, { phase: 'start', goal: `Name order ${task} of ${person}`, template: `orders/t${task % 2}`, seed: `demo-${task}` }],
      ['click', 1],
      ['text', 1, { after: `Order ${task}` }],
      ['click', 3],
      ['task', -1, { phase: 'end', outcome: 'success', by: 'page' }],
    ]
    const seen = observation(
      0,
      form.map((node) => (node.id === 3 ? { ...node, name: `Save ${task}` } : node)),
    )
    const options = { producer: `doc-${task}`, observations: [seen], closedAtEpochMs: nowEpochMs + task }
    return batchOf(stretch(told, options), person, session)
  })
}

export function workOf(...persons: readonly string[]): Map<string, Work> {
  return new Map(persons.map((person) => [person, { batches: sessionOf(person, `session-${person}`, 10), episodes: [] }]))
}

export async function freshDir(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'overt-dataset-')), 'release')
}

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
  expect(report.problems.map(({ code }) => code)).toContain('OVT-3503')
})
