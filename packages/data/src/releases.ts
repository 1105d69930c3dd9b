import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'

import { wholeRelease } from './datasets/check.ts'
import { exportDataset, type ExportReport } from './datasets/export.ts'
import { requireFree } from './datasets/folder.ts'
import { requireRelease } from './datasets/manifest.ts'
import type { DatasetContext } from './datasets/plan.ts'
import { reemitDataset } from './datasets/reemit.ts'
import { registerDataset } from './govern/lineage.ts'
import type { Reemit } from './govern/reach.ts'
import { DataError } from './store/error.ts'
import { type LineageEpisode, selectDatasets, selectEpisodes, selectReleases } from './store/lineage.ts'
import { permitsFor } from './store/permits.ts'
import type { Store } from './store/store.ts'
import { beginMaking, endMaking } from './store/unfinished.ts'

/** What `buildDataset` needs, from a store: permits are decided anew, now, and the release's lineage is kept there. */
export function datasetContext(store: Store): DatasetContext {
  return {
    store,
    permits: (purpose) => {
      // It ends every permit: a build that began anew would find nobody, and say so.
      store.killSwitch.assertRunning('release')
      return permitsFor(store, purpose)
    },
    making: (path) => making(store, path),
    persons: async () => [...new Set(store.eachRow().map(({ person }) => person))],
    register: (release) => registerDataset(store, release),
    endings: () => store.consent.endings(),
    nowEpochMs: store.nowEpochMs,
  }
}

/** What was made and could not be registered stays written down: the next start removes it. */
function making({ control }: Store, path: string): () => void {
  beginMaking(control, path)
  return () => {
    if (!existsSync(path)) endMaking(control, path)
  }
}

/** What `eraseData` needs to reach releases: each is followed by a version without the erased episodes, which takes over the lineage of the others. */
export function reemitFor(store: Store): Reemit {
  return async ({ hash, path, dropEpisodes }) => {
    const known = lineageOf(store, hash)
    const next = await reemitDataset({ path, dropEpisodes, nowEpochMs: store.nowEpochMs() })
    await registerCopy(store, hash, next, known)
    return { hash: next.hash, name: next.name, path: next.path }
  }
}

/** Exports a release that the store knows and keeps the export's lineage, so that an erasure reaches it as well. */
export async function exportFrom(store: Store, dir: string, format: string, outDir: string): Promise<ExportReport> {
  store.killSwitch.assertRunning('export')
  const { hash: of } = await requireRelease(dir)
  if (isRevoked(store, of)) throw revoked(dir)
  await assertWhole(dir)
  await requireFree(outDir)
  const unmade = making(store, resolve(outDir))
  try {
    const report = await copyAgreed(store, of, { dir, format, outDir })
    endMaking(store.control, report.path)
    return report
  } finally {
    unmade()
  }
}

/** Before anybody is asked or a row is read: whose rows they are is known of the files that the release was built with, and of no others. */
async function assertWhole(dir: string): Promise<void> {
  const release = await wholeRelease(dir)
  if (release.ok) return
  if (release.reason === 'revoked') throw revoked(dir)
  throw new DataError('unfit', `${dir} is damaged: ${release.problem.what} (${release.problem.code}).`)
}

async function copyAgreed(
  store: Store,
  of: string,
  { dir, format, outDir }: { readonly dir: string; readonly format: string; readonly outDir: string },
): Promise<ExportReport> {
  const ended = store.consent.endings()
  const persons = await assertAgreed(store, of)
  const report = await exportDataset(dir, format, outDir)
  const known = lineageOf(store, report.of)
  // An erasure that came meanwhile could not know of this copy.
  if (isRevoked(store, report.of)) {
    await rm(report.path, { recursive: true, force: true })
    throw new DataError(
      'permit',
      `Somebody erased their work while ${dir} was exported: nothing was kept. Export the version that follows it.`,
    )
  }
  if (persons.some(ended)) {
    await rm(report.path, { recursive: true, force: true })
    throw new DataError('permit', `Somebody's agreement ended while ${dir} was exported: nothing was kept. Build the release anew.`)
  }
  await registerCopy(store, report.of, report, known)
  await enterExport(store, report)
  return report
}

/** As the data folder at hand has it, or as the release itself says where it was built in another. */
function revoked(dir: string): DataError {
  return new DataError('permit', `${dir} was revoked by an erasure. Export the version that follows it.`)
}

function isRevoked(store: Store, hash: string): boolean {
  return selectDatasets(store.control).some((dataset) => dataset.hash === hash && dataset.revokedAtEpochMs !== null)
}

/** Whoever is in a release must agree to its purpose still: a copy is a use of its own. Returns who they are; of a release that was built elsewhere nobody here knows. */
async function assertAgreed(store: Store, of: string): Promise<readonly string[]> {
  const release = selectReleases(store.control).find(({ hash }) => hash === of)
  if (release === undefined)
    throw new DataError('elsewhere', 'This release was not built in this data folder: nobody can be asked about it.')
  const agreed = new Set<string>()
  for await (const { person } of permitsFor(store, release.purpose, { persons: release.persons })) agreed.add(person)
  const gone = release.persons.filter((person) => !agreed.has(person)).length
  if (gone > 0)
    throw new DataError(
      'permit',
      `${gone} of the ${release.persons.length} people in this release no longer agree to ${release.purpose}. Build it anew.`,
    )
  return release.persons
}

/** One entry that everybody may read, and one for each person in it, which only that person can tell. */
async function enterExport(store: Store, { of, hash, format }: ExportReport): Promise<void> {
  const persons = selectReleases(store.control).find((release) => release.hash === of)?.persons ?? []
  await Promise.all([
    store.ledger.append('export', { of, hash, format }),
    ...persons.map((person) => store.ledger.append('export', { of, hash, format }, person)),
  ])
}

function lineageOf(store: Store, hash: string): ReadonlyMap<string, LineageEpisode> {
  return new Map(selectEpisodes(store.control, hash).map((origin) => [origin.episode, origin]))
}

interface Copy {
  readonly hash: string
  readonly name: string
  readonly path: string
  readonly episodes: readonly string[]
}

async function registerCopy(store: Store, of: string, copy: Copy, known: ReadonlyMap<string, LineageEpisode>): Promise<void> {
  const original = selectDatasets(store.control).find(({ hash }) => hash === of)
  if (original === undefined) return
  const episodes = copy.episodes.map((episode) => known.get(episode)).filter((origin) => origin !== undefined)
  const { hash, name, path } = copy
  // Kept as long as what it was made of: a copy of an old release is as old.
  const { purpose, registeredAtEpochMs: madeAtEpochMs } = original
  await registerDataset(store, { hash, name, path, purpose, episodes, madeAtEpochMs })
}
