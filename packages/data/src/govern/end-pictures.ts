import type { Batch } from '@overt/schema'

import { DataError } from '../store/error.ts'
import type { RecordRow } from '../store/key-rows.ts'
import type { Replacement } from '../store/replaced-record.ts'
import type { Store } from '../store/store.ts'

/** Ends the pictures of records whose events are kept for longer; returns how many. What can't be ended now is put into `left`, in words, and tried again by the next run. */
export async function endPictures(store: Store, rows: readonly RecordRow[], left: string[]): Promise<number> {
  let ended = 0
  for (const row of rows)
    try {
      if (await store.lessen(row, withoutPictures)) ended += row.pictures
    } catch (cause) {
      // Erased while it waited: there is nothing left to end.
      if (cause instanceof DataError && cause.kind === 'unknown') continue
      left.push(`${row.pictures} pictures: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  return ended
}

/** The record as it was received, without its pictures; `pictured` still says that they were taken, and a counter that they are gone. */
function withoutPictures(opened: Buffer): Replacement | undefined {
  const batch = JSON.parse(opened.toString('utf8')) as Batch // as: checked at ingest, unchanged since (authenticated encryption)
  const { pictures = [], ...rest } = batch
  if (pictures.length === 0) return undefined
  const less: Batch = { ...rest, counters: { ...batch.counters, 'pictures-ended': pictures.length } }
  return { bytes: Buffer.from(JSON.stringify(less)), pictures: 0, without: pictures.map(({ id }) => id) }
}
