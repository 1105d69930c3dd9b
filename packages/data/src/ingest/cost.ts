import type { Batch } from '@overt/schema'
import { rowCount, unitSeparator } from '@overt/schema/words'

/** Most rows of all observations of a batch, kept ones included: a few bytes on the wire make a whole row in memory. */
export const maxRows = 250_000
/** Most option labels of all rows. */
const maxLabels = 250_000
const maxLabelsOfRow = 512

/** What decoding a batch would build beyond its own size, in words; undefined where it stays within bounds. Reads lengths only. */
export function costFault(batch: Batch): string | undefined {
  const rows = batch.observations.reduce((sum, observation) => sum + rowCount(observation), 0)
  if (rows > maxRows) return `The observations have ${rows} rows in all; at most ${maxRows} fit in one batch.`
  const labels = labelsOf(batch)
  if (labels > maxLabels) return `The rows have more than ${maxLabels} option labels in all, or more than ${maxLabelsOfRow} in one.`
  return undefined
}

function labelsOf(batch: Batch): number {
  const counts = new Map<number, number>()
  let labels = 0
  for (const { rows } of batch.observations)
    for (const index of rows.options) {
      if (index < 0) continue
      const count = counts.get(index) ?? (batch.strings[index] ?? '').split(unitSeparator, maxLabelsOfRow + 1).length
      counts.set(index, count)
      if (count > maxLabelsOfRow) return Number.POSITIVE_INFINITY
      labels += count
    }
  return labels
}
