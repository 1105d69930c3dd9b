import { rm } from 'node:fs/promises'
import { basename, resolve } from 'node:path'

import { redactionVersion } from '@overt/privacy'
import type { DatasetSpec, Row, Split } from '@overt/schema'

import { DataError } from '../store/error.ts'
import { reductionVersion } from '../trajectories/reduce.ts'
import { compose, type Composed, type Told } from './compose.ts'
import { contentOf, type Facts } from './facts.ts'
import { requireFree, writeFolder } from './folder.ts'
import { pseudonym } from './hash.ts'
import { permittedEpisodes, survey, type BuildProgress, type DatasetContext, type Plan } from './plan.ts'
import { fault, sound, warning, type DatasetReport, type Problem } from './report.ts'
import { episodeName, rowsOf } from './rows.ts'
import { wantedSplits } from './split.ts'
import type { Tally } from './tally.ts'

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
  await requireFree(outDir)
  const unmade = context.making(resolve(outDir))
  try {
    return await build(context, spec, outDir, onProgress)
  } finally {
    unmade()
  }
}

async function build(
  context: DatasetContext,
  spec: DatasetSpec,
  outDir: string,
  onProgress: (progress: BuildProgress) => void,
): Promise<DatasetReport> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const ended = context.endings()
    const cutOff = new Set<string>()
    const plan = await survey(context, { name: nameOf(outDir), ...spec }, cutOff, onProgress)
    if (cutOff.size > 0) continue
    if (plan.facts.length === 0) return empty(plan)
    const written: Facts[] = []
    const { manifest, problems } = await writeFolder(outDir, (dir) => write(dir, context, plan, { written, cutOff }, onProgress))
    if (cutOff.size === 0 && !written.some(({ person }) => ended(person))) {
      const { hash, name, purpose, rows, episodes, people, splits, dropped } = manifest
      // In one turn with the question: an erasure comes before it, or finds the lineage.
      await context.register({ hash, name, path: resolve(outDir), purpose, episodes: written.map(originOf) })
      return { ok: sound(problems), rows, episodes, people, splits, problems, hash, dropped }
    }
    await rm(outDir, { recursive: true, force: true })
  }
  throw new DataError(
    'permit',
    `People whose work ${outDir} was to hold withdrew or erased while each of ${mostAttempts} builds ran: nothing was kept.`,
  )
}

/** A build whose people ended their consent meanwhile begins anew without them. */
const mostAttempts = 5

/** A release that was given no name has its folder's. */
function nameOf(outDir: string): string {
  return (
    basename(resolve(outDir))
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, 64) || 'release'
  )
}

function originOf({ name, person, session }: Facts): { episode: string; person: string; session: string } {
  return { episode: name, person, session }
}

function empty({ dropped, spec }: Plan): DatasetReport {
  const reasons = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`)
  const why = reasons.length === 0 ? 'the store holds none' : `left out: ${reasons.join(', ')}`
  const problems = [fault('empty', `no episode may be used for ${spec.purpose} and fits the filter (${why}); nothing was written`)]
  return { ok: false, rows: 0, episodes: 0, people: 0, splits: {}, problems, hash: '', dropped }
}

/** What became of a plan: the episodes that were written, and the people whose work could not be read to its end. */
interface Writing {
  readonly written: Facts[]
  readonly cutOff: Set<string>
}

async function write(
  dir: string,
  context: DatasetContext,
  plan: Plan,
  writing: Writing,
  onProgress: (progress: BuildProgress) => void,
): Promise<Composed> {
  return compose(dir, {
    format: 'hf',
    splitBy: plan.assigned.by,
    rows: plannedRows(context, plan, writing, onProgress),
    told: (tally) => {
      const lost = plan.facts.length - writing.written.length
      return { fields: describe(context, plan, lost), problems: [...plan.assigned.problems, ...missing(plan.spec, tally), ...gone(lost)] }
    },
  })
}

/** The second reading: rows of what the plan kept and what is still as it was. What was written is noted in `written`. */
async function* plannedRows(
  context: DatasetContext,
  plan: Plan,
  { written, cutOff }: Writing,
  onProgress: (progress: BuildProgress) => void,
): AsyncGenerator<Row> {
  const expected = new Map(plan.facts.map((facts) => [facts.name, facts]))
  let rows = 0
  for await (const episode of permittedEpisodes(context, plan.spec, { permitted: new Set(), cutOff })) {
    const name = episodeName(plan.salt, episode)
    const facts = expected.get(name)
    const split = plan.assigned.split.get(name)
    if (facts === undefined || split === undefined || contentOf(episode) !== facts.content) continue
    expected.delete(name)
    yield* rowsOf(episode, { salt: plan.salt, split })
    rows += facts.steps
    if (written.push(facts) % 100 === 0) onProgress({ phase: 'write', episodes: written.length, rows })
  }
  onProgress({ phase: 'write', episodes: written.length, rows })
}

function describe(context: DatasetContext, { spec, salt, dropped }: Plan, lost: number): Told {
  return {
    v: 'overt.dataset/1',
    name: spec.name,
    builtAtEpochMs: context.nowEpochMs(),
    spec: withoutPersons(spec, salt),
    purpose: spec.purpose,
    reduction: reductionVersion,
    redaction: redactionVersion,
    canary: canaryOf(salt),
    dropped: { ...dropped, ...(lost > 0 ? { withdrawn: lost } : {}) },
    replaces: null,
  }
}

/** A release names people by its own pseudonyms only. */
function withoutPersons(spec: DatasetSpec, salt: Uint8Array): DatasetSpec {
  if (spec.filter?.persons === undefined) return spec
  return { ...spec, filter: { ...spec.filter, persons: spec.filter.persons.map((person) => pseudonym(salt, 'person', person)) } }
}

function canaryOf(salt: Uint8Array): string {
  const digits = pseudonym(salt, 'episode', 'canary')
  return `overt-canary-${[digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')}`
}

/** Splits that were asked for and hold nothing. */
function missing(spec: DatasetSpec, tally: Tally): Problem[] {
  const { validation01, test01 } = wantedSplits(spec)
  const wanted: readonly (readonly [Split, number])[] = [
    ['train', 1],
    ['validation', validation01],
    ['test', test01],
  ]
  const lacking = wanted.filter(([split, share01]) => share01 > 0 && tally.splits[split].rows === 0)
  return lacking.map(([split]) => warning('splitMissing', `the split ${split} holds no episode: there are too few groups`))
}

function gone(lost: number): Problem[] {
  return lost === 0 ? [] : [warning('withdrawn', `${lost} episodes were withdrawn, erased or changed while the release was built`)]
}
