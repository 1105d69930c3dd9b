import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetManifest, Row, SplitBy } from '@overt/schema'

import { card } from './card.ts'
import { countCoverage } from './coverage.ts'
import { fileNames, writeManifest } from './manifest.ts'
import type { Problem } from './report.ts'
import { createRowFiles, type RowFormat } from './row-file.ts'
import { startTally, type Tally } from './tally.ts'

type Counted = 'hash' | 'files' | 'rows' | 'episodes' | 'people' | 'splits' | 'receiptsSha256' | 'splitBy'

/** What a manifest tells beside what its rows and files tell themselves. */
export type Told = Omit<DatasetManifest, Counted>

/** Rows on their way into a release, and what is known of it when the last one has passed. */
export interface Composition {
  readonly format: RowFormat
  readonly splitBy: SplitBy
  readonly rows: AsyncIterable<Row>
  /** Writes what else belongs into the folder, before its files are hashed. */
  readonly finish?: (tally: Tally) => Promise<void>
  readonly told: (tally: Tally) => { readonly fields: Told; readonly problems: readonly Problem[] }
}

/** A release that was written. */
export interface Composed {
  readonly manifest: DatasetManifest
  readonly problems: readonly Problem[]
}

/** Writes data files, card and manifest of a release into a folder, in one pass over its rows. */
export async function compose(dir: string, { format, splitBy, rows, told, finish }: Composition): Promise<Composed> {
  const files = createRowFiles(dir, format)
  const coverage = countCoverage()
  const count = startTally(splitBy)
  for await (const row of rows) {
    await files.append(row)
    coverage.add(row)
    count.add(row)
  }
  await files.close()
  const whole = count.result()
  const { receipts: _, ...tally } = whole
  const { fields, problems } = told(whole)
  const all = { ...fields, ...tally, splitBy }
  await writeFile(join(dir, fileNames.card), card(all, format, coverage.result(), problems), { mode: 0o600 })
  await finish?.(whole)
  return { manifest: await writeManifest(dir, all), problems }
}
