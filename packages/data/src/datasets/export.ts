import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { DatasetManifest, Row } from '@overt/schema'

import { DataError } from '../store/error.ts'
import { compose } from './compose.ts'
import { writeFolder } from './folder.ts'
import { readRelease, requireRelease } from './manifest.ts'
import type { RowFormat } from './row-file.ts'

/** How much of one kind of fact a dialect could not say. */
export interface Loss {
  readonly kept: number
  readonly approximated: number
  readonly dropped: number
}

/** What an export wrote: a release of its own with the same rows. */
export interface ExportReport {
  readonly format: RowFormat
  readonly name: string
  readonly path: string
  /** Hash of the export, and of the release that it was made from. */
  readonly hash: string
  readonly of: string
  readonly rows: number
  /** Names of the episodes in it, for lineage. */
  readonly episodes: readonly string[]
  readonly loss: Readonly<Record<string, Loss>>
}

/** The formats that this package writes. */
export const exportFormats: readonly RowFormat[] = ['hf', 'jsonl']

/** Writes a release in another format, with `loss.json`. Both formats say everything: each reads back as the same rows. Refuses a release that was revoked. */
export async function exportDataset(dir: string, format: string, outDir: string): Promise<ExportReport> {
  const known = exportFormats.find((one) => one === format)
  if (known === undefined) throw new DataError('invalid', `there is no format ${format}: choose one of ${exportFormats.join(', ')}`)
  const source = await requireRelease(dir)
  const episodes = new Set<string>()
  let rows = 0
  const counted = async function* (): AsyncGenerator<Row> {
    for await (const row of readRelease(dir, source)) {
      episodes.add(row.episode_id)
      rows += 1
      yield row
    }
  }
  const loss = (): Record<string, Loss> => wholly(rows)
  const hash = await writeFolder(outDir, async (into) => {
    const { manifest } = await compose(into, {
      format: known,
      splitBy: source.splitBy ?? source.spec.splits?.by ?? 'person',
      rows: counted(),
      told: () => ({ fields: toldOf(source), problems: [] }),
      finish: () =>
        writeFile(join(into, 'loss.json'), `${JSON.stringify({ v: 1, of: source.hash, format: known, facts: loss() }, null, 2)}\n`, {
          mode: 0o600,
        }),
    })
    return manifest.hash
  })
  return { format: known, name: source.name, path: resolve(outDir), hash, of: source.hash, rows, episodes: [...episodes], loss: loss() }
}

function wholly(rows: number): Record<string, Loss> {
  const kept: Loss = { kept: rows, approximated: 0, dropped: 0 }
  return { goal: kept, observation: kept, action: kept, outcome: kept, week: kept }
}

/** What a release passes on to another one made of its rows. */
export function toldOf(
  source: DatasetManifest,
): Omit<DatasetManifest, 'hash' | 'files' | 'rows' | 'episodes' | 'people' | 'splits' | 'receiptsSha256' | 'splitBy'> {
  const { v, name, builtAtEpochMs, spec, purpose, reduction, redaction, canary, dropped, replaces } = source
  return { v, name, builtAtEpochMs, spec, purpose, reduction, redaction, canary, dropped, replaces }
}
