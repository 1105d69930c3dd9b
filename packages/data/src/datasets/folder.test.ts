import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { contextOf, nowEpochMs, permitFor } from '../../fixtures/house.ts'
import { freshDir, workOf } from '../../fixtures/work.ts'
import { buildDataset } from './build.ts'
import { exportDataset } from './export.ts'
import { reemitDataset } from './reemit.ts'

const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0.2, test01: 0.2 }, seed: 1 } as const

/** What is in a folder, and the folder, by its mode. */
async function modesIn(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir, { recursive: true })
  const modes = ['', ...names].map(async (name) => {
    const status = await stat(join(dir, name))
    return `${status.isDirectory() ? 'folder' : 'file'} ${(status.mode & 0o777).toString(8)}`
  })
  return [...new Set(await Promise.all(modes))].toSorted()
}

test('a release, an export in either format and the version after an erasure are their owner’s alone, in a folder that everybody reads', async () => {
  const path = await freshDir()
  await chmod(dirname(path), 0o755)
  await mkdir(path, { mode: 0o755 })
  const context = contextOf(workOf('ada', 'gus'), [await permitFor('ada'), await permitFor('gus')])
  await buildDataset(context, spec, path)
  const exports = ['hf', 'jsonl'].map((format) => join(`${path}-exports`, format))
  for (const [place, format] of ['hf', 'jsonl'].entries()) await exportDataset(path, format, exports[place] ?? '')
  const own = ['file 600', 'folder 700']
  expect(await Promise.all([path, `${path}-exports`, ...exports].map(modesIn))).toEqual([own, own, own, own])
  const episodes = context.releases[0]?.episodes ?? []
  const dropEpisodes = episodes.filter(({ person }) => person === 'ada').map(({ episode }) => episode)
  const next = await reemitDataset({ path, dropEpisodes, nowEpochMs })
  expect(await Promise.all([path, next.path].map(modesIn))).toEqual([own, own])
})
