import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetManifest, Row } from '@overt/schema'

import { receiptsHash } from './build.ts'
import { hashFile } from './hash.ts'
import { startLeakage } from './leakage.ts'
import { fileNames, filesUnder, readManifest, releaseHash } from './manifest.ts'
import { readRowFile } from './parquet.ts'
import { fault, sound, type DatasetReport, type Problem, type SplitCount } from './report.ts'

/** How many problems of one kind are told one by one. */
const mostToldRows = 5

/** Reads a release whole and tells what is wrong with it: manifest, hashes, rows, splits, leakage, canary, receipts, revocation. Never throws for what the folder holds. */
export async function checkDataset(dir: string): Promise<DatasetReport> {
  const read = await readManifest(dir)
  if (!read.ok) {
    const what = `${dir} holds no release that can be read: ${read.reason}`
    return { ok: false, rows: 0, episodes: 0, people: 0, splits: {}, problems: [fault('manifest', what)], hash: '', dropped: {} }
  }
  const manifest = read.value
  const problems = [...(await revoked(dir)), ...(await checkFiles(dir, manifest)), ...(await checkCard(dir, manifest))]
  const found = await checkRows(dir, manifest)
  problems.push(...found.problems, ...compare(manifest, found))
  const { rows, episodes, people, splits } = found
  return {
    ok: sound(problems),
    rows,
    episodes: episodes.size,
    people: people.size,
    splits,
    problems,
    hash: manifest.hash,
    dropped: manifest.dropped,
  }
}

async function revoked(dir: string): Promise<Problem[]> {
  const text = await readFile(join(dir, fileNames.revoked), 'utf8').catch(() => null)
  return text === null
    ? []
    : [fault('revoked', `this release was revoked by an erasure; ${fileNames.revoked} names the version that replaces it`)]
}

async function checkFiles(dir: string, manifest: DatasetManifest): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const { path, sha256, sizeBytes } of manifest.files) {
    const found = await hashFile(join(dir, path)).catch(() => null)
    if (found === null) problems.push(fault('file', `${path} is missing`))
    else if (found.sha256 !== sha256)
      problems.push(
        fault(
          'hash',
          `${path} is not what the manifest says: ${found.sizeBytes} bytes with SHA-256 ${found.sha256}, not ${sizeBytes} bytes with ${sha256}`,
        ),
      )
  }
  const named = new Set([...manifest.files.map(({ path }) => path), fileNames.manifest, fileNames.revoked])
  for (const path of await filesUnder(dir)) if (!named.has(path)) problems.push(fault('stray', `${path} is not in the manifest`))
  if (releaseHash(manifest.files) !== manifest.hash) problems.push(fault('hash', 'the manifest’s own hash is not that of its files'))
  return problems
}

async function checkCard(dir: string, { canary }: DatasetManifest): Promise<Problem[]> {
  const text = await readFile(join(dir, fileNames.card), 'utf8').catch(() => '')
  return canary !== '' && text.includes(canary) ? [] : [fault('canary', `the canary does not stand in ${fileNames.card}`)]
}

interface Found {
  readonly rows: number
  readonly episodes: ReadonlySet<string>
  readonly people: ReadonlySet<string>
  readonly receipts: ReadonlySet<string>
  readonly splits: Record<string, SplitCount>
  readonly problems: readonly Problem[]
}

async function checkRows(dir: string, manifest: DatasetManifest): Promise<Found> {
  const counted = { rows: 0, episodes: new Set<string>(), people: new Set<string>(), receipts: new Set<string>() }
  const splits: Record<string, SplitCount> = {}
  const problems: Problem[] = []
  const leakage = startLeakage(manifest.spec.splits?.by ?? 'person')
  for (const { path, split } of manifest.files) {
    if (split === null || (await stat(join(dir, path)).catch(() => null)) === null) continue
    const before = { rows: counted.rows, episodes: counted.episodes.size }
    try {
      for await (const row of readRowFile(join(dir, path))) {
        counted.rows += 1
        if (!row.ok) problems.push(fault('row', `row ${counted.rows - before.rows} of ${path}: ${row.reason}`))
        else if (row.value.split !== split)
          problems.push(fault('row', `row ${counted.rows - before.rows} of ${path} says that it is of ${row.value.split}`))
        else take(row.value, counted, leakage.add)
      }
    } catch (cause) {
      problems.push(fault('file', `${path} can't be read as Parquet: ${String(cause)}`))
    }
    splits[split] = {
      rows: counted.rows - before.rows,
      episodes: counted.episodes.size - before.episodes,
      groups: manifest.splits[split]?.groups ?? 0,
    }
  }
  return { ...counted, splits, problems: [...shorten(problems), ...leakage.problems()] }
}

function take(row: Row, counted: { episodes: Set<string>; people: Set<string>; receipts: Set<string> }, add: (row: Row) => void): void {
  counted.episodes.add(row.episode_id)
  counted.people.add(row.person)
  counted.receipts.add(row.receipt)
  add(row)
}

function shorten(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostToldRows) return problems
  return [...problems.slice(0, mostToldRows), fault('row', `and ${problems.length - mostToldRows} more`)]
}

function compare(manifest: DatasetManifest, found: Found): Problem[] {
  const problems: Problem[] = []
  const pairs = [
    ['rows', manifest.rows, found.rows],
    ['episodes', manifest.episodes, found.episodes.size],
    ['people', manifest.people, found.people.size],
  ] as const
  for (const [name, told, held] of pairs)
    if (told !== held) problems.push(fault('rows', `the manifest tells of ${told} ${name}, the files hold ${held}`))
  for (const [split, { rows }] of Object.entries(manifest.splits))
    if ((found.splits[split]?.rows ?? 0) !== rows)
      problems.push(fault('rows', `${split} should hold ${rows} rows and holds ${found.splits[split]?.rows ?? 0}`))
  if (receiptsHash(found.receipts) !== manifest.receiptsSha256)
    problems.push(fault('receipts', `the rows name ${found.receipts.size} receipts that are not the ones of the manifest`))
  return problems
}
