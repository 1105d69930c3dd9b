import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { redactionVersion } from '@overt/privacy'
import type { DatasetManifest, DatasetSpec, Split } from '@overt/schema'

import { reductionVersion } from '../trajectories/reduce.ts'
import { card } from './card.ts'
import { countCoverage, type CoverageCount } from './coverage.ts'
import { factsOf, type Facts } from './facts.ts'
import { pseudonym, sha256 } from './hash.ts'
import { fileNames, writeManifest } from './manifest.ts'
import { permittedEpisodes, survey, type BuildProgress, type DatasetContext, type Plan } from './plan.ts'
import { createDataFiles, writeFolder } from './release.ts'
import { fault, sound, warning, type DatasetReport, type Problem, type SplitCount } from './report.ts'
import { episodeName, rowsOf } from './rows.ts'

/**
 * Builds a release in `outDir`, which must not be there yet, and registers its lineage.
 * Reads what the permits for the spec's purpose allow twice, once for the facts that splits and duplicates need and once for the rows, so that memory does not grow with the text.
 */
export async function buildDataset(
  context: DatasetContext,
  spec: DatasetSpec,
  outDir: string,
  onProgress: (progress: BuildProgress) => void = () => undefined,
): Promise<DatasetReport> {
  const plan = await survey(context, spec, onProgress)
  if (plan.facts.length === 0) return empty(plan)
  const { manifest, problems, written } = await writeFolder(outDir, (dir) => write(dir, context, plan, onProgress))
  const { hash, name, purpose } = manifest
  const episodes = written.map(({ name: episode, person, session }) => ({ episode, person, session }))
  await context.register({ hash, name, path: outDir, purpose, episodes })
  const { rows, people, splits, dropped } = manifest
  return { ok: sound(problems), rows, episodes: manifest.episodes, people, splits, problems, hash, dropped }
}

function empty({ dropped, spec }: Plan): DatasetReport {
  const reasons = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`)
  const why = reasons.length === 0 ? 'the store holds none' : `left out: ${reasons.join(', ')}`
  const problems = [fault('empty', `no episode may be used for ${spec.purpose} and fits the filter (${why}); nothing was written`)]
  return { ok: false, rows: 0, episodes: 0, people: 0, splits: {}, problems, hash: '', dropped }
}

interface Written {
  readonly manifest: DatasetManifest
  readonly problems: readonly Problem[]
  readonly written: readonly Facts[]
}

async function write(dir: string, context: DatasetContext, plan: Plan, onProgress: (progress: BuildProgress) => void): Promise<Written> {
  const coverage = countCoverage()
  const written = await writeRows(dir, context, plan, coverage, onProgress)
  const lost = plan.facts.length - written.length
  const problems = [...plan.assigned.problems, ...missingSplits(plan, written)]
  if (lost > 0) problems.push(warning('withdrawn', `${lost} episodes were withdrawn, erased or changed while the release was built`))
  const fields = describe(context, plan, written, lost)
  await writeFile(join(dir, fileNames.card), card(fields, coverage.result(), problems))
  return { manifest: await writeManifest(dir, fields), problems, written }
}

/** The second reading: rows of what the plan kept and what is still as it was. */
async function writeRows(
  dir: string,
  context: DatasetContext,
  plan: Plan,
  coverage: CoverageCount,
  onProgress: (progress: BuildProgress) => void,
): Promise<Facts[]> {
  const expected = new Map(plan.facts.map((facts) => [facts.name, facts]))
  const written: Facts[] = []
  const files = createDataFiles(dir)
  let rows = 0
  for await (const episode of permittedEpisodes(context, plan.spec, new Set())) {
    const name = episodeName(plan.salt, episode)
    const facts = expected.get(name)
    const split = plan.assigned.split.get(name)
    if (facts === undefined || split === undefined || factsOf(episode, name).content !== facts.content) continue
    expected.delete(name)
    for (const row of rowsOf(episode, { salt: plan.salt, split })) await files.append(row)
    coverage.add(episode)
    rows += facts.steps
    if (written.push(facts) % 100 === 0) onProgress({ phase: 'write', episodes: written.length, rows })
  }
  await files.close()
  onProgress({ phase: 'write', episodes: written.length, rows })
  return written
}

function describe(context: DatasetContext, plan: Plan, written: readonly Facts[], lost: number): Omit<DatasetManifest, 'hash' | 'files'> {
  const { spec, salt, dropped } = plan
  const receipts = new Set(written.map(({ receipt }) => pseudonym(salt, 'receipt', receipt)))
  return {
    v: 'overt.dataset/1',
    name: spec.name,
    builtAtEpochMs: context.nowEpochMs(),
    spec,
    purpose: spec.purpose,
    rows: written.reduce((sum, { steps }) => sum + steps, 0),
    episodes: written.length,
    people: new Set(written.map(({ person }) => person)).size,
    splits: countSplits(plan, written),
    receiptsSha256: receiptsHash(receipts),
    reduction: reductionVersion,
    redaction: redactionVersion,
    canary: canaryOf(salt),
    dropped: { ...dropped, ...(lost > 0 ? { withdrawn: lost } : {}) },
    replaces: null,
  }
}

/** SHA-256 over the sorted receipts as the rows name them. */
export function receiptsHash(receipts: Iterable<string>): string {
  return sha256([...receipts].toSorted().join('\n'))
}

function canaryOf(salt: Uint8Array): string {
  const digits = pseudonym(salt, 'episode', 'canary')
  return `overt-canary-${[digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')}`
}

function countSplits({ assigned }: Plan, written: readonly Facts[]): Record<string, SplitCount> {
  const bySplit = Map.groupBy(written, ({ name }): Split => assigned.split.get(name) ?? 'train')
  const count = (facts: readonly Facts[]): SplitCount => ({
    rows: facts.reduce((sum, { steps }) => sum + steps, 0),
    episodes: facts.length,
    groups: new Set(facts.map(({ name }) => assigned.group.get(name))).size,
  })
  return Object.fromEntries(['train', 'validation', 'test'].map((split) => [split, count(bySplit.get(split as Split) ?? [])])) // as: one of the three just named
}

/** Splits that were asked for and hold nothing. */
function missingSplits({ spec, assigned }: Plan, written: readonly Facts[]): Problem[] {
  const held = new Set(written.map(({ name }) => assigned.split.get(name)))
  const wanted: readonly Split[] = [
    'train',
    ...((spec.splits?.validation01 ?? 0.1) > 0 ? (['validation'] as const) : []),
    ...((spec.splits?.test01 ?? 0.1) > 0 ? (['test'] as const) : []),
  ]
  return wanted
    .filter((split) => !held.has(split))
    .map((split) => warning('splitMissing', `the split ${split} holds no episode: there are too few groups`))
}
