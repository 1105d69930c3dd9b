import type { Purpose } from '@overt/schema'

import { type SqlRow, numberOf, optionalNumberOf, optionalTextOf, textOf } from './column.ts'
import { type Database, transact } from './database.ts'

/** Where an episode of a release came from. */
export interface LineageEpisode {
  readonly episode: string
  readonly person: string
  readonly session: string
}

/** A folder of a release as the store knows it: an export that is made twice gives one hash in two folders. */
export interface RegisteredDataset {
  readonly hash: string
  readonly name: string
  readonly path: string
  readonly purpose: Purpose
  readonly registeredAtEpochMs: number
  /** When an erasure reached it; null while it holds. */
  readonly revokedAtEpochMs: number | null
  readonly replacedBy: string | null
}

/** A file of a model as the store knows it: training twice with one seed gives one hash in two files. */
export interface RegisteredModel {
  readonly hash: string
  readonly path: string
  /** Hash of the release it was trained on. */
  readonly dataset: string
  readonly registeredAtEpochMs: number
  readonly revokedAtEpochMs: number | null
  readonly retrainByEpochMs: number | null
}

/** Keeps a release, one of its folders, and the episodes in it. */
export function insertDataset(
  database: Database,
  dataset: { readonly hash: string; readonly name: string; readonly path: string; readonly purpose: Purpose },
  episodes: readonly LineageEpisode[],
  nowEpochMs: number,
): void {
  transact(database, () => {
    database
      .prepare('INSERT OR IGNORE INTO datasets VALUES (?, ?, ?, ?, ?, NULL, NULL)')
      .run(dataset.hash, dataset.path, dataset.name, dataset.purpose, nowEpochMs)
    const insert = database.prepare('INSERT OR IGNORE INTO dataset_episodes VALUES (?, ?, ?, ?)')
    for (const { episode, person, session } of episodes) insert.run(dataset.hash, episode, person, session)
  })
}

/** Keeps a model, one of its files, and the release that it was trained on. What was revoked stays so. */
export function insertModel(
  database: Database,
  model: { readonly hash: string; readonly path: string; readonly dataset: string },
  nowEpochMs: number,
): void {
  database.prepare('INSERT OR IGNORE INTO models VALUES (?, ?, ?, ?, NULL, NULL)').run(model.hash, model.path, model.dataset, nowEpochMs)
}

/** Whether a model of this hash, or this release, was reached by an erasure. */
export function selectRevoked(database: Database, model: { readonly hash: string; readonly dataset: string }): boolean {
  const sql = `SELECT 1 FROM models WHERE hash = ?1 AND revoked_ms IS NOT NULL
    UNION ALL SELECT 1 FROM datasets WHERE hash = ?2 AND revoked_ms IS NOT NULL`
  return database.prepare(sql).get(model.hash, model.dataset) !== undefined
}

/** All folders of releases, oldest first. */
export function selectDatasets(database: Database): RegisteredDataset[] {
  return database.prepare('SELECT * FROM datasets ORDER BY registered_ms, hash, path').all().map(toDataset)
}

/** All models, oldest first. */
export function selectModels(database: Database): RegisteredModel[] {
  return database.prepare('SELECT * FROM models ORDER BY registered_ms, hash, path').all().map(toModel)
}

/** Episodes of a person in any release, of one session where named. */
export function selectLineage(
  database: Database,
  person: string,
  session: string | null,
): readonly { readonly dataset: string; readonly episode: string; readonly session: string }[] {
  const sql = 'SELECT dataset, episode, session FROM dataset_episodes WHERE person = ?1 AND (?2 IS NULL OR session = ?2)'
  return database
    .prepare(sql)
    .all(person, session)
    .map((row) => ({ dataset: textOf(row, 'dataset'), episode: textOf(row, 'episode'), session: textOf(row, 'session') }))
}

/** All episodes of a release. */
export function selectEpisodes(database: Database, dataset: string): LineageEpisode[] {
  const rows = database.prepare('SELECT episode, person, session FROM dataset_episodes WHERE dataset = ?').all(dataset)
  return rows.map((row) => ({ episode: textOf(row, 'episode'), person: textOf(row, 'person'), session: textOf(row, 'session') }))
}

/** Marks a release, in all its folders, as reached by an erasure. */
export function revokeDataset(database: Database, hash: string, nowEpochMs: number): void {
  database.prepare('UPDATE datasets SET revoked_ms = ? WHERE hash = ?').run(nowEpochMs, hash)
}

/** Drops episodes from a release's lineage: it holds them no more. */
export function dropEpisodes(database: Database, hash: string, episodes: readonly string[]): void {
  transact(database, () => {
    const drop = database.prepare('DELETE FROM dataset_episodes WHERE dataset = ? AND episode = ?')
    for (const episode of episodes) drop.run(hash, episode)
  })
}

/** Names the release that took the place of a revoked one in one of its folders. */
export function replaceDataset(database: Database, { hash, path }: Pick<RegisteredDataset, 'hash' | 'path'>, replacedBy: string): void {
  database.prepare('UPDATE datasets SET replaced_by = ? WHERE hash = ? AND path = ?').run(replacedBy, hash, path)
}

/** Marks a model, in all its files, as trained on erased work; the first date by which to train it again stays. */
export function revokeModel(database: Database, hash: string, nowEpochMs: number, retrainByEpochMs: number): void {
  const sql = 'UPDATE models SET revoked_ms = ?, retrain_by_ms = ? WHERE hash = ? AND revoked_ms IS NULL'
  database.prepare(sql).run(nowEpochMs, retrainByEpochMs, hash)
}

function toDataset(row: SqlRow): RegisteredDataset {
  return {
    hash: textOf(row, 'hash'),
    name: textOf(row, 'name'),
    path: textOf(row, 'path'),
    purpose: textOf(row, 'purpose') as Purpose, // as: written by insertDataset alone
    registeredAtEpochMs: numberOf(row, 'registered_ms'),
    revokedAtEpochMs: optionalNumberOf(row, 'revoked_ms'),
    replacedBy: optionalTextOf(row, 'replaced_by'),
  }
}

function toModel(row: SqlRow): RegisteredModel {
  return {
    hash: textOf(row, 'hash'),
    path: textOf(row, 'path'),
    dataset: textOf(row, 'dataset'),
    registeredAtEpochMs: numberOf(row, 'registered_ms'),
    revokedAtEpochMs: optionalNumberOf(row, 'revoked_ms'),
    retrainByEpochMs: optionalNumberOf(row, 'retrain_by_ms'),
  }
}

/** All that is known of where people's work went. */
export interface Lineage {
  readonly datasets: readonly RegisteredDataset[]
  readonly episodes: readonly (LineageEpisode & { readonly dataset: string })[]
  readonly models: readonly RegisteredModel[]
}

/** The lineage of a folder. */
export function allLineage(database: Database): Lineage {
  const datasets = selectDatasets(database)
  const hashes = [...new Set(datasets.map(({ hash }) => hash))]
  const episodes = hashes.flatMap((dataset) => selectEpisodes(database, dataset).map((one) => ({ dataset, ...one })))
  return { datasets, episodes, models: selectModels(database) }
}

/** Takes over a newer lineage: what it does not know of stays, what it does is as it says. */
export function mergeLineage(database: Database, { datasets, episodes, models }: Lineage): void {
  transact(database, () => {
    for (const { hash, path, name, purpose, registeredAtEpochMs, revokedAtEpochMs, replacedBy } of datasets) {
      const values = [hash, path, name, purpose, registeredAtEpochMs, revokedAtEpochMs, replacedBy]
      database.prepare('INSERT OR REPLACE INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?)').run(...values)
      database.prepare('DELETE FROM dataset_episodes WHERE dataset = ?').run(hash)
    }
    const insert = database.prepare('INSERT OR IGNORE INTO dataset_episodes VALUES (?, ?, ?, ?)')
    for (const { dataset, episode, person, session } of episodes) insert.run(dataset, episode, person, session)
    const model = database.prepare('INSERT OR REPLACE INTO models VALUES (?, ?, ?, ?, ?, ?)')
    for (const { hash, path, dataset, registeredAtEpochMs, revokedAtEpochMs, retrainByEpochMs } of models)
      model.run(hash, path, dataset, registeredAtEpochMs, revokedAtEpochMs, retrainByEpochMs)
  })
}

/** A release, and whose work is in it. */
export interface Release extends RegisteredDataset {
  readonly persons: readonly string[]
}

/** All releases, oldest first, each once, with whose work is in them. */
export function selectReleases(database: Database): Release[] {
  const persons = database.prepare('SELECT DISTINCT person FROM dataset_episodes WHERE dataset = ? ORDER BY person')
  const releases = new Map(selectDatasets(database).map((dataset) => [dataset.hash, dataset]))
  return [...releases.values()].map((dataset) => ({ ...dataset, persons: persons.all(dataset.hash).map((row) => textOf(row, 'person')) }))
}
