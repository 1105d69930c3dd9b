import { miniwobEpisode, permitFor, receiptsOf } from '@overt/data'
import type { Permit } from '@overt/privacy'
import type { Episode } from '@overt/schema'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

import { CliError, exitCode } from '../terminal/failure.ts'
import { grant } from './consent.ts'
import type { Folder } from './folder.ts'
import { signedSample } from './sample.ts'

/** What an import brought in, and what it could not map, by reason. */
export interface Imported {
  readonly files: number
  readonly demonstrations: number
  readonly stored: number
  readonly duplicate: number
  readonly successes: number
  readonly skipped: Readonly<Record<string, number>>
  /** Parts of kept episodes that no rule maps: counted, never guessed. */
  readonly dropped: Readonly<Record<string, number>>
}

const batchOf = 64

/** Imports files of recorded MiniWoB++ demonstrations under a receipt with the basis `public-dataset`. */
export async function importMiniwob(
  folder: Folder,
  { paths, person }: { readonly paths: readonly string[]; readonly person: string },
): Promise<Imported> {
  const files = (await Promise.all(paths.map(demoFiles))).flat()
  if (files.length === 0)
    throw new CliError(
      'OVT-1717',
      exitCode.notFound,
      `No *.jsonl.gz file in ${paths.join(', ')}.`,
      'Name the folder of the demonstrations, or the files.',
    )
  const permit = await publicPermit(folder, person)
  const totals = { files: files.length, demonstrations: 0, stored: 0, duplicate: 0, successes: 0, skipped: {}, dropped: {} }
  for (const [index, file] of files.entries()) {
    folder.signal.throwIfAborted()
    folder.progress(`${index + 1} of ${files.length} files, ${totals.demonstrations} demonstrations`)
    await importFile(permit, folder, file, totals)
  }
  return totals
}

interface Totals {
  demonstrations: number
  stored: number
  duplicate: number
  successes: number
  readonly skipped: Record<string, number>
  readonly dropped: Record<string, number>
}

async function importFile(permit: Permit, { store }: Folder, file: string, totals: Totals): Promise<void> {
  const task = basename(file).replace(/\.jsonl(\.gz)?$/, '')
  const episodes: Episode[] = []
  const keep = async (): Promise<void> => {
    const kept = await store.appendEpisodes(permit, episodes.splice(0))
    totals.stored += kept.stored
    totals.duplicate += kept.duplicate
    if (kept.conflict > 0)
      totals.skipped['other-content-under-the-same-id'] = (totals.skipped['other-content-under-the-same-id'] ?? 0) + kept.conflict
  }
  let index = -1
  for await (const line of linesOf(file)) {
    index += 1
    totals.demonstrations += 1
    const read = miniwobEpisode(parse(line, file), task, permit.person, index)
    if (!read.ok) {
      totals.skipped[read.reason] = (totals.skipped[read.reason] ?? 0) + 1
      continue
    }
    for (const [reason, count] of Object.entries(read.dropped)) totals.dropped[reason] = (totals.dropped[reason] ?? 0) + count
    if (read.value.outcome === 'success') totals.successes += 1
    episodes.push({ ...read.value, receipt: permit.receipt })
    if (episodes.length >= batchOf) await keep()
  }
  await keep()
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  if (!file.endsWith('.gz')) return yield* createInterface({ input: bytes, crlfDelay: Infinity })
  // What goes wrong with the file reaches the reader of the lines.
  const unpacked = pipeline(bytes, createGunzip(), () => {})
  try {
    yield* createInterface({ input: unpacked, crlfDelay: Infinity })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error
    throw unreadable(file, `is not a whole gzip file (${error.message})`, error)
  }
}

function unreadable(file: string, why: string, cause: unknown): CliError {
  const remedy = 'Fetch the file again; what was read before is kept, and a second import counts it as duplicate.'
  return new CliError('OVT-1718', exitCode.failed, `${file} ${why}.`, remedy, cause)
}

function parse(line: string, file: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw unreadable(file, 'holds a line that is not JSON', error)
  }
}

async function demoFiles(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const found = (await readdir(path, { withFileTypes: true })).filter(({ name }) => /\.jsonl(\.gz)?$/.test(name))
  // Somebody else's folder says what is read of this machine no further than its own files.
  const odd = found.find((entry) => !entry.isFile())
  if (odd !== undefined)
    throw new CliError(
      'OVT-1718',
      exitCode.failed,
      `${join(path, odd.name)} is a link or no file, and an import reads files alone.`,
      'Put the file itself there, or name it on the command line.',
    )
  return found.map(({ name }) => join(path, name)).toSorted()
}

/** The permit of people's published data: their receipt says `public-dataset`, for `ground` and `evaluate` alone. */
async function publicPermit(folder: Folder, person: string): Promise<Permit> {
  const { store, operator } = folder
  const known = receiptsOf(store, person).find(
    ({ receipt, withdrawnAtEpochMs }) => receipt.assurance === 'public-dataset' && withdrawnAtEpochMs === null,
  )
  const receipt = known?.receipt ?? (await grantPublic(folder, person, operator))
  const decision = await permitFor(store, receipt.id, 'ground')
  if (decision.ok) return decision.value
  throw new CliError(
    'OVT-1715',
    exitCode.refused,
    `${person}'s data may not be imported (${decision.reason}): ${decision.explain}`,
    'Name another person, or renew the receipt.',
  )
}

async function grantPublic(folder: Folder, person: string, operator: Folder['operator']): ReturnType<typeof grant> {
  const nowEpochMs = folder.store.nowEpochMs()
  const manifest = await signedSample(operator, {
    origins: ['dataset:miniwob'],
    purposes: ['ground', 'evaluate'],
    legalBasis: 'public-dataset',
    nowEpochMs,
  })
  return grant(folder, {
    person,
    manifest,
    purposes: manifest.purposes,
    modalities: null,
    expiresAtEpochMs: manifest.expiresAtEpochMs,
    assurance: 'public-dataset',
  })
}
