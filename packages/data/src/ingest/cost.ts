import type { Batch } from '@overt/schema'
import { type FirstBatch, type Known, firstRowCount, judgedFields, rowFields } from '@overt/schema/told'
import { unitSeparator } from '@overt/schema/words'

/** Most rows of all observations of a batch, kept ones included: a few bytes on the wire make a whole row in memory. */
export const maxRows = 250_000
/** Most option labels of all rows. */
const maxLabels = 250_000
const maxLabelsOfRow = 512
const options = rowFields.indexOf('options')

/** What decoding a batch would build beyond its own size, in words; undefined where it stays within bounds. Throws `RangeError` where its rows don't fit together. */
export function costFault({ strings }: Batch, { cells }: Pick<Known, 'cells'>, counts: readonly number[]): string | undefined {
  const all = counts.reduce((sum, count) => sum + count, 0)
  const places: number[] = []
  for (let cell = options; cell < cells.length; cell += judgedFields) if (cells[cell] !== 0) places.push((cells[cell] ?? 0) - 1)
  return rowsFault(all) ?? labelsFault(strings, places)
}

/** The same of a batch of version 1. */
export function firstCostFault(batch: FirstBatch): string | undefined {
  const places = batch.observations.flatMap(({ rows }) => rows.options).filter((place) => place >= 0)
  return rowsFault(firstRowCount(batch)) ?? labelsFault(batch.strings, places)
}

/** In words, where it is more than fits. */
export function rowsFault(rows: number): string | undefined {
  return rows <= maxRows ? undefined : `The observations have ${rows} rows in all; at most ${maxRows} fit in one batch.`
}

function labelsFault(strings: readonly string[], places: readonly number[]): string | undefined {
  const counts = new Map<number, number>()
  let labels = 0
  for (const place of places) {
    const count = counts.get(place) ?? (strings[place] ?? '').split(unitSeparator, maxLabelsOfRow + 1).length
    counts.set(place, count)
    labels += count > maxLabelsOfRow ? Number.POSITIVE_INFINITY : count
  }
  return labels <= maxLabels
    ? undefined
    : `The rows have more than ${maxLabels} option labels in all, or more than ${maxLabelsOfRow} in one.`
}
