import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetManifest } from '@overt/schema'

import { hashFile } from './hash.ts'
import { startLeakage } from './leakage.ts'
import { fileNames, filesUnder, readManifest, releaseHash } from './manifest.ts'
import { fault, sound, warning, type DatasetReport, type Problem } from './report.ts'
import { readRowFile } from './row-file.ts'
import { wantedSplits } from './split.ts'
import { startTally, type Tally } from './tally.ts'

/** How many problems of one kind are told one by one. */
const mostToldRows = 5

/** What the data folder at hand says of a release's use now. */
export interface Standing {
  readonly ok: boolean
  readonly kind: 'agreed' | 'unknown' | 'stopped' | 'revoked' | 'withdrawn'
  /** '' where nothing speaks against it. */
  readonly why: string
}

/** A release's manifest, or the first thing that keeps its rows from being read. */
export type Whole =
  | { readonly ok: true; readonly value: DatasetManifest }
  | { readonly ok: false; readonly reason: 'manifest' | 'revoked' | 'damaged'; readonly problem: Problem }

/** The manifest of a release whose files are all what it says, and no others; reads them for their hashes alone. */
export async function wholeRelease(dir: string): Promise<Whole> {
  const read = await readManifest(dir)
  if (!read.ok) return { ok: false, reason: 'manifest', problem: unreadable(dir, read.reason) }
  const [gone] = await revoked(dir)
  if (gone !== undefined) return { ok: false, reason: 'revoked', problem: gone }
  const [damage] = await checkFiles(dir, read.value)
  return damage === undefined ? read : { ok: false, reason: 'damaged', problem: damage }
}

function unreadable(dir: string, reason: string): Problem {
  return fault('manifest', `${dir} holds no release that can be read: ${reason}`)
}

/** Reads a release whole and tells what is wrong with it: manifest, hashes, rows, splits, leakage, canary, receipts, revocation. `ask`: what the data folder at hand knows of it. Never throws for what the release's folder holds. */
export async function checkDataset(dir: string, ask?: (hash: string) => Promise<Standing>): Promise<DatasetReport> {
  const read = await readManifest(dir)
  if (!read.ok) {
    const problems = [unreadable(dir, read.reason)]
    return { ok: false, rows: 0, episodes: 0, people: 0, splits: {}, problems, hash: '', dropped: {} }
  }
  const manifest = read.value
  const gone = await revoked(dir)
  // Its files were shredded: that they are missing is no further problem.
  if (gone.length > 0)
    return { ok: false, rows: 0, episodes: 0, people: 0, splits: {}, problems: gone, hash: manifest.hash, dropped: manifest.dropped }
  const problems = [...(await checkFiles(dir, manifest)), ...(await checkCard(dir, manifest))]
  if (ask !== undefined) problems.push(...told(await ask(manifest.hash)))
  const found = await checkRows(dir, manifest)
  problems.push(...found.problems, ...compare(manifest, found.tally), ...fallback(manifest))
  const { rows, episodes, people, splits } = found.tally
  return { ok: sound(problems), rows, episodes, people, splits, problems, hash: manifest.hash, dropped: manifest.dropped }
}

function told({ kind, why }: Standing): Problem[] {
  if (kind === 'agreed') return []
  if (kind === 'revoked') return [fault('revoked', why)]
  if (kind === 'withdrawn') return [fault('receipts', why)]
  return [warning('unasked', `whether its people agree still could not be asked: ${why}`)]
}

function fallback({ spec, splitBy }: DatasetManifest): Problem[] {
  const wanted = wantedSplits(spec).by
  if (splitBy === undefined || splitBy === wanted) return []
  return [warning('splitFallback', `split by ${splitBy}, not by ${wanted} as asked for: there are too few groups`)]
}

async function revoked(dir: string): Promise<Problem[]> {
  const there = await stat(join(dir, fileNames.revoked)).catch(() => null)
  if (there === null) return []
  return [fault('revoked', `this release was revoked by an erasure; ${fileNames.revoked} names the version that replaces it`)]
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
  readonly tally: Tally
  readonly problems: readonly Problem[]
}

async function checkRows(dir: string, manifest: DatasetManifest): Promise<Found> {
  const by = manifest.splitBy ?? manifest.spec.splits?.by ?? 'person'
  const count = startTally(by)
  const leakage = startLeakage(by)
  const problems: Problem[] = []
  for (const { path, split } of manifest.files) {
    if (split === null || (await stat(join(dir, path)).catch(() => null)) === null) continue
    let line = 0
    try {
      for await (const row of readRowFile(join(dir, path))) {
        line += 1
        if (!row.ok) problems.push(fault('row', `row ${line} of ${path}: ${row.reason}`))
        else if (row.value.split !== split) problems.push(fault('row', `row ${line} of ${path} says that it is of ${row.value.split}`))
        else [count, leakage].forEach((audit) => audit.add(row.value))
      }
    } catch (cause) {
      problems.push(fault('file', `${path} can't be read: ${String(cause)}`))
    }
  }
  return { tally: count.result(), problems: [...shorten(problems), ...leakage.problems()] }
}

function shorten(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostToldRows) return problems
  return [...problems.slice(0, mostToldRows), fault('row', `and ${problems.length - mostToldRows} more`)]
}

function compare(manifest: DatasetManifest, { rows, episodes, people, splits, receipts, receiptsSha256 }: Tally): Problem[] {
  const problems: Problem[] = []
  const pairs = [
    ['rows', manifest.rows, rows],
    ['episodes', manifest.episodes, episodes],
    ['people', manifest.people, people],
  ] as const
  for (const [name, told, held] of pairs)
    if (told !== held) problems.push(fault('rows', `the manifest tells of ${told} ${name}, the files hold ${held}`))
  for (const [split, found] of Object.entries(splits)) {
    const told = manifest.splits[split]
    if (told?.rows !== found.rows || told.episodes !== found.episodes)
      problems.push(
        fault(
          'rows',
          `${split} should hold ${told?.rows ?? 0} rows in ${told?.episodes ?? 0} episodes and holds ${found.rows} in ${found.episodes}`,
        ),
      )
  }
  if (receiptsSha256 !== manifest.receiptsSha256)
    problems.push(fault('receipts', `the rows name ${receipts} receipts that are not the ones of the manifest`))
  return problems
}
