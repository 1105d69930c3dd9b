import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { expect, test } from 'vitest'

import { contextOf, nowEpochMs, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'
import { checkDataset } from './check.ts'
import { exportDataset } from './export.ts'
import { filesUnder } from './manifest.ts'
import { reemitDataset } from './reemit.ts'

const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 }, seed: 1 } as const

async function releaseOf(...persons: readonly string[]) {
  const context = contextOf(workOf(...persons), await Promise.all(persons.map((person) => permitFor(person))))
  const path = await freshDir()
  await buildDataset(context, spec, path)
  const episodes = context.releases[0]?.episodes ?? []
  const dropEpisodes = episodes.filter(({ person }) => person === 'ada').map(({ episode }) => episode)
  return { path, dropEpisodes, nowEpochMs }
}

/** Bytes of all files of a folder as text, and all its rows as text. */
async function everything(dir: string): Promise<string> {
  const names = await filesUnder(dir)
  const raw = await Promise.all(names.map((name) => readFile(join(dir, name), 'latin1')))
  const { readRowFile } = await import('./row-file.ts')
  for (const name of names.filter((one) => one.startsWith('data/')))
    for await (const row of readRowFile(join(dir, name))) raw.push(JSON.stringify(row))
  return raw.join('\n')
}

test('after an erasure neither the old nor the next version holds anything of the person, and the next passes its check', async () => {
  const reemission = await releaseOf('ada', 'gus')
  expect(await everything(reemission.path)).toContain('of ada')
  const next = await reemitDataset(reemission)
  expect(await everything(reemission.path)).not.toContain('of ada')
  expect(await everything(next.path)).not.toContain('of ada')
  expect(await everything(next.path)).toContain('of gus')
  expect(await checkDataset(next.path)).toMatchObject({ ok: true, episodes: 10, rows: 20, people: 1 })
  expect(next.episodes).toHaveLength(10)
})

test('a revoked release says so, names the next version, and can be neither checked as sound nor exported', async () => {
  const reemission = await releaseOf('ada', 'gus')
  const next = await reemitDataset(reemission)
  expect((await readdir(reemission.path)).toSorted()).toEqual(['REVOKED.json', 'data', 'manifest.json'])
  const revocation: unknown = JSON.parse(await readFile(join(reemission.path, 'REVOKED.json'), 'utf8'))
  expect(revocation).toMatchObject({ replacedBy: { hash: next.hash, folder: basename(next.path) } })
  expect((await checkDataset(reemission.path)).problems.map(({ code }) => code)).toContain('OVT-1350')
  await expect(exportDataset(reemission.path, 'jsonl', await freshDir())).rejects.toThrow('revoked by an erasure')
})

test('the next version lists what was erased by hash alone, and what a model has to forget', async () => {
  const reemission = await releaseOf('ada', 'gus')
  const next = await reemitDataset(reemission)
  const revoked = await readFile(join(next.path, 'revoked.jsonl'), 'utf8')
  expect(revoked.trim().split('\n')).toHaveLength(10)
  for (const episode of reemission.dropEpisodes) expect(revoked).not.toContain(episode)
  const forget = (await readFile(join(next.path, 'forget.jsonl'), 'utf8')).trim().split('\n')
  expect(forget.map((line) => JSON.parse(line).rows)).toEqual(reemission.dropEpisodes.map(() => 2))
})

test('an erasure that is run again does nothing twice', async () => {
  const reemission = await releaseOf('ada', 'gus')
  const next = await reemitDataset(reemission)
  expect((await reemitDataset(reemission)).hash).toBe(next.hash)
})

test('a release of nothing but the erased person is followed by an empty one', async () => {
  const reemission = await releaseOf('ada')
  const next = await reemitDataset(reemission)
  expect(await checkDataset(next.path)).toMatchObject({ ok: true, rows: 0 })
  expect(await everything(reemission.path)).not.toContain('of ada')
})

test('a third version keeps the revocations of the second', async () => {
  const reemission = await releaseOf('ada', 'gus')
  const [first, ...rest] = reemission.dropEpisodes
  const second = await reemitDataset({ ...reemission, dropEpisodes: [first ?? ''] })
  const third = await reemitDataset({ ...reemission, path: second.path, dropEpisodes: rest })
  expect(third.path).toBe(`${reemission.path}-r3`)
  expect((await readFile(join(third.path, 'revoked.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(10)
})
