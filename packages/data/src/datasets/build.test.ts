import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { withdraw } from '@overt/privacy'
import type { DatasetSpec, Episode, Row } from '@overt/schema'
import { expect, test } from 'vitest'

import { contextOf, permitFor, type Work } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { readEpisodes } from '../trajectories/read.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'
import { readRelease, requireRelease } from './manifest.ts'

const spec: DatasetSpec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 }, seed: 1 }

async function rowsOf(dir: string): Promise<Row[]> {
  return Array.fromAsync(readRelease(dir, await requireRelease(dir)))
}

async function episodesOf(person: string): Promise<Episode[]> {
  const context = contextOf(workOf(person), [])
  return Array.fromAsync(readEpisodes(await permitFor(person), context.store))
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

test('what a spec leaves open is its folder’s name and a tenth of the groups to hold out, by person', async () => {
  const persons = Array.from({ length: 10 }, (_, at) => `person-${at}`)
  const context = contextOf(workOf(...persons), await Promise.all(persons.map((person) => permitFor(person))))
  const dir = `${await freshDir()} of orders`
  expect((await buildDataset(context, { purpose: 'ground' }, dir)).splits).toMatchObject({ train: { groups: 8 }, test: { groups: 1 } })
  expect((await requireRelease(dir)).name).toBe(basename(dir).replaceAll(' ', '-'))
  const some = await buildDataset(context, { purpose: 'ground', splits: { test01: 0 } }, await freshDir())
  expect(some.splits).toMatchObject({ validation: { groups: 1 }, test: { groups: 0 } })
})

test('the same work, spec and salt give the same release, byte for byte', async () => {
  const [first, second] = [await freshDir(), await freshDir()]
  const permits = [await permitFor('ada'), await permitFor('gus')]
  const one = await buildDataset(contextOf(workOf('ada', 'gus'), permits), spec, first)
  const two = await buildDataset(contextOf(workOf('ada', 'gus'), permits), spec, second)
  expect(two.hash).toBe(one.hash)
  expect(await readFile(join(second, 'manifest.json'), 'utf8')).toBe(await readFile(join(first, 'manifest.json'), 'utf8'))
})

test('attack 43: another salt gives other pseudonyms: releases can’t be linked by them', async () => {
  const names = async (salt: number): Promise<Set<string>> => {
    const dir = await freshDir()
    await buildDataset({ ...contextOf(workOf('ada'), [await permitFor('ada')]), salt: new Uint8Array(32).fill(salt) }, spec, dir)
    return new Set((await rowsOf(dir)).flatMap((row) => [row.person, row.episode_id, row.receipt]))
  }
  expect((await names(1)).intersection(await names(2)).size).toBe(0)
})

test('the filter takes people, templates and a number per template, and says what it left out', async () => {
  const context = contextOf(workOf('ada', 'gus'), [await permitFor('ada'), await permitFor('gus')])
  const filter = { persons: ['gus'], templates: ['orders/t1'], perTemplate: 3 }
  const dir = await freshDir()
  const report = await buildDataset(context, { ...spec, filter }, dir)
  expect(report).toMatchObject({ episodes: 3, people: 1, dropped: { filter: 5, perTemplate: 2 } })
  expect(await readFile(join(dir, 'manifest.json'), 'utf8')).not.toContain('gus')
})

test('the same work done twice is there once, unless the spec says otherwise', async () => {
  const [episode] = await episodesOf('ada')
  if (episode === undefined) throw new Error('the fixture has no episode')
  const work: Work = { batches: [], episodes: [episode, { ...episode, id: 'again', startedAtEpochMs: 5 }] }
  const build = async (dedupe: boolean): Promise<number> => {
    const context = contextOf(new Map([['ada', work]]), [await permitFor('ada')])
    return (await buildDataset(context, { ...spec, dedupe }, await freshDir())).episodes
  }
  expect(await build(true)).toBe(1)
  expect(await build(false)).toBe(2)
})

test('without the modality text no row holds what was typed, without structure none holds a name', async () => {
  const build = async (modalities: DatasetSpec['modalities']): Promise<string> => {
    const dir = await freshDir()
    const context = contextOf(workOf('ada'), [await permitFor('ada')])
    await buildDataset(context, { ...spec, ...(modalities === undefined ? {} : { modalities }) }, dir)
    return JSON.stringify((await rowsOf(dir)).map(({ observation, action, argument }) => [observation, action, argument]))
  }
  expect(await build(['actions', 'text', 'structure'])).toContain('Order 3')
  expect(await build(['actions', 'structure'])).not.toContain('Order 3')
  expect(await build(['actions', 'structure'])).toContain('Save 3')
  expect(await build(['actions', 'text'])).not.toContain('Save 3')
})

test('withdrawing while a release is built stops the build and leaves nothing', async () => {
  const permit = await permitFor('ada')
  const context = contextOf(workOf('ada'), [permit])
  const dir = await freshDir()
  const building = buildDataset(context, spec, dir, ({ phase }) => {
    if (phase === 'read') withdraw(permit)
  })
  await expect(building).rejects.toThrow('withdrew')
  expect(await readdir(dirname(dir))).toEqual([])
})

test('work that changes between the two readings is left out, and the report says so', async () => {
  const work = workOf('ada')
  const context = contextOf(work, [await permitFor('ada')])
  const dir = await freshDir()
  const report = await buildDataset(context, spec, dir, ({ phase, episodes }) => {
    if (phase === 'read' && episodes === 10) work.set('ada', { batches: work.get('ada')?.batches.slice(2) ?? [], episodes: [] })
  })
  expect(report).toMatchObject({ episodes: 8, dropped: { withdrawn: 2 }, problems: [{ code: 'OVT-1354', level: 'warning' }] })
  expect(await checkDataset(dir)).toMatchObject({ ok: true, episodes: 8 })
  expect(context.releases[0]?.episodes).toHaveLength(8)
})

test('a release is never overwritten', async () => {
  const dir = await freshDir()
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'mine.txt'), 'kept')
  const context = contextOf(workOf('ada'), [await permitFor('ada')])
  await expect(buildDataset(context, spec, dir)).rejects.toThrow('a release is never overwritten')
  expect(await readdir(dir)).toEqual(['mine.txt'])
})

test('rows tell the week, never the time', async () => {
  const dir = await freshDir()
  await buildDataset(contextOf(workOf('ada'), [await permitFor('ada')]), spec, dir)
  expect(new Set((await rowsOf(dir)).map(({ week }) => week))).toEqual(new Set(['2026-W45']))
})
