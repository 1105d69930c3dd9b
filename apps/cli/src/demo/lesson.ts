import { loadModel, readRows, type Model } from '@overt/learn'
import type { DatasetSpec, Row } from '@overt/schema'
import { join } from 'node:path'

import { build, revoked, trained } from '../folder/release.ts'
import { keepModel } from '../learn/keep-model.ts'
import { trainApart } from '../learn/train-apart.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { people, type Walk } from './walk.ts'

/** A release and the model trained on it. */
export interface Lesson {
  readonly datasetDir: string
  readonly modelPath: string
  readonly model: Model
  /** Rows of its train split: what the baselines that learn are given. */
  readonly rows: readonly Row[]
  readonly report: Awaited<ReturnType<typeof build>>
}

/** Builds a release with at most so many demonstrations of each family, by these people. */
export async function buildRelease(
  walk: Walk,
  name: string,
  perTemplate: number,
  validation01: number,
  persons: readonly string[] = [people.own, people.colleague],
): Promise<Pick<Lesson, 'datasetDir' | 'report'>> {
  const spec: DatasetSpec = {
    name,
    purpose: 'ground',
    filter: { outcomes: ['success'], perTemplate, persons: [...persons] },
    splits: { by: 'episode', validation01, test01: 0 },
  }
  const datasetDir = join(walk.dir, `dataset-${name}`)
  const report = await build(walk.folder, { spec, outDir: datasetDir })
  if (!report.ok)
    throw new CliError(
      'OVT-1756',
      exitCode.failed,
      `The dataset is not good: ${report.problems.map(({ code, what }) => `${what} (${code})`).join('; ')}.`,
      'Report this with the folder of this run.',
    )
  return { datasetDir, report }
}

/** Trains on a release and registers the model, so that an erasure reaches it. */
export async function learn(walk: Walk, release: Pick<Lesson, 'datasetDir' | 'report'>, name: string): Promise<Lesson> {
  const rows = await Array.fromAsync(readRows(release.datasetDir))
  const { bytes, head } = await trainApart(
    { datasetDir: release.datasetDir, seed: 1, purposes: ['ground'], data: { hash: release.report.hash, name } },
    ({ epoch, loss }) => walk.server.feed.publish({ kind: 'loss', epoch, loss }),
    walk.terminal.signal,
  )
  const modelPath = join(walk.dir, `${name}.model`)
  const about = { hash: head.hash, path: modelPath, dataset: release.report.hash }
  await keepModel({ bytes }, about, { trained: (model) => trained(walk.folder, model), revoked: (model) => revoked(walk.folder, model) })
  return { ...release, modelPath, model: loadModel(bytes), rows: rows.filter((row) => row.split === 'train') }
}
