import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import type { DatasetManifest, Revocation, Row } from '@overt/schema'

import { DataError } from '../store/error.ts'
import { overwrite } from '../store/overwrite.ts'
import { compose } from './compose.ts'
import { toldOf } from './export.ts'
import { writeFolder } from './folder.ts'
import { sha256 } from './hash.ts'
import { fileNames, filesUnder, readManifest, readRelease, readRevocation, requireRelease } from './manifest.ts'
import { formatOf } from './row-file.ts'

/** A release that an erasure reached. */
export interface Reemission {
  /** Folder of the release. */
  readonly path: string
  /** Names of the episodes to leave out, as the rows have them. */
  readonly dropEpisodes: readonly string[]
  readonly nowEpochMs: number
}

/** The version that replaces it. */
export interface Reemitted {
  readonly hash: string
  readonly name: string
  readonly path: string
  /** Names of the episodes that it still holds. */
  readonly episodes: readonly string[]
}

/**
 * Writes the next version of a release without the erased episodes into a folder beside it, with `revoked.jsonl` and `forget.jsonl`,
 * and then overwrites and removes every file of the old one but its manifest, beside which `REVOKED.json` is put.
 * An erasure that was interrupted can be run again: what is done already is not done twice.
 */
export async function reemitDataset(reemission: Reemission): Promise<Reemitted> {
  const revocation = await readRevocation(reemission.path)
  if (revocation !== null) return resume(reemission, join(reemission.path, '..', revocation.replacedBy.folder))
  const source = await requireRelease(reemission.path)
  const path = nextPath(reemission.path)
  const next = (await madeBefore(path, source, reemission)) ?? (await writeNext(path, source, reemission))
  await revoke(reemission, source, next)
  await shred(reemission.path)
  return next
}

/** `orders` is followed by `orders-r2`, `orders-r2` by `orders-r3`. */
function nextPath(path: string): string {
  const plain = path.replace(/[\\/]+$/u, '')
  const version = /-r(\d+)$/u.exec(plain)
  return version === null ? `${plain}-r2` : `${plain.slice(0, version.index)}-r${Number(version[1]) + 1}`
}

/** The next version, where an earlier run got as far as writing it. */
async function madeBefore(path: string, source: DatasetManifest, { dropEpisodes }: Reemission): Promise<Reemitted | null> {
  const read = await readManifest(path)
  if (!read.ok || read.value.replaces !== source.hash) return null
  const episodes = await episodesOf(path, read.value)
  if (dropEpisodes.some((episode) => episodes.has(episode))) {
    await shred(path)
    await rm(path, { recursive: true, force: true })
    return null
  }
  return { hash: read.value.hash, name: read.value.name, path, episodes: [...episodes] }
}

async function writeNext(path: string, source: DatasetManifest, reemission: Reemission): Promise<Reemitted> {
  const kept = new Set<string>()
  const forgotten = new Map<string, number>()
  const dropped = new Set(reemission.dropEpisodes)
  const remaining = async function* (): AsyncGenerator<Row> {
    for await (const row of readRelease(reemission.path, source)) {
      if (dropped.has(row.episode_id)) forgotten.set(row.episode_id, (forgotten.get(row.episode_id) ?? 0) + 1)
      else {
        kept.add(row.episode_id)
        yield row
      }
    }
  }
  const manifest = await writeFolder(path, async (dir) => {
    const composed = await compose(dir, {
      format: formatOf(source.files.find(({ split }) => split !== null)?.path ?? ''),
      splitBy: source.splitBy ?? source.spec.splits?.by ?? 'person',
      rows: remaining(),
      finish: () => writeRevocations(dir, source, reemission, forgotten),
      told: () => ({ fields: nextFields(source, reemission, forgotten.size), problems: [] }),
    })
    return composed.manifest
  })
  return { hash: manifest.hash, name: manifest.name, path, episodes: [...kept] }
}

function nextFields(source: DatasetManifest, { nowEpochMs }: Reemission, erased: number): ReturnType<typeof toldOf> {
  const before = source.dropped['erased'] ?? 0
  return { ...toldOf(source), builtAtEpochMs: nowEpochMs, replaces: source.hash, dropped: { ...source.dropped, erased: before + erased } }
}

/** Who trained on the old version finds here what to leave out and what to forget; names are hashed, so that the files tell only those who hold the rows. */
async function writeRevocations(
  dir: string,
  source: DatasetManifest,
  { path, nowEpochMs }: Reemission,
  forgotten: ReadonlyMap<string, number>,
): Promise<void> {
  const earlier = await readFile(join(path, fileNames.revocations), 'utf8').catch(() => '')
  const entries = [...forgotten].map(([episode, rows]) => ({ episodeSha256: sha256(episode), rows, release: source.hash }))
  const revoked = entries.map((entry) => JSON.stringify({ ...entry, revokedAtEpochMs: nowEpochMs }))
  await writeFile(join(dir, fileNames.revocations), earlier + revoked.map((line) => `${line}\n`).join(''), { mode: 0o600 })
  await writeFile(join(dir, fileNames.forget), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 })
}

async function revoke({ path, nowEpochMs }: Reemission, source: DatasetManifest, next: Reemitted): Promise<void> {
  const replacedBy = { hash: next.hash, name: next.name, folder: basename(next.path) }
  const revocation: Revocation = { v: 'overt.revocation/1', hash: source.hash, revokedAtEpochMs: nowEpochMs, reason: 'erasure', replacedBy }
  const text = JSON.stringify(revocation, null, 2)
  await writeFile(join(path, fileNames.revoked), `${text}\n`, { mode: 0o600, flush: true })
}

/** Ends what an interrupted run began. Where more is to be left out by now, the next version is followed by another. */
async function resume(reemission: Reemission, path: string): Promise<Reemitted> {
  await shred(reemission.path)
  const manifest = await readManifest(path)
  if (!manifest.ok) throw new DataError('damaged', `${path} should replace ${reemission.path} and can't be read: ${manifest.reason}`)
  const { hash, name } = manifest.value
  if ((await readRevocation(path)) !== null) return reemitDataset({ ...reemission, path })
  const episodes = await episodesOf(path, manifest.value)
  if (reemission.dropEpisodes.some((episode) => episodes.has(episode))) return reemitDataset({ ...reemission, path })
  return { hash, name, path, episodes: [...episodes] }
}

async function episodesOf(path: string, manifest: DatasetManifest): Promise<Set<string>> {
  const episodes = new Set<string>()
  for await (const row of readRelease(path, manifest)) episodes.add(row.episode_id)
  return episodes
}

/** Overwrites and removes every file but the manifest and the revocation. */
async function shred(path: string): Promise<void> {
  for (const name of await filesUnder(path)) {
    if (name === fileNames.manifest || name === fileNames.revoked) continue
    await overwrite(join(path, name))
    await rm(join(path, name), { force: true })
  }
}
