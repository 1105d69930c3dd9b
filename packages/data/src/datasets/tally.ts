import type { Row, Split, SplitBy } from '@overt/schema'

import { sha256 } from './hash.ts'
import type { SplitCount } from './report.ts'

/** What the rows of a release add up to. */
export interface Tally {
  readonly rows: number
  readonly episodes: number
  readonly people: number
  readonly receipts: number
  readonly splits: Readonly<Record<Split, SplitCount>>
  /** SHA-256 over the sorted receipts as the rows name them. */
  readonly receiptsSha256: string
}

/** A count fed row by row; memory grows with episodes, not with rows. */
export interface TallyCount {
  add(row: Row): void
  result(): Tally
}

/** The group of a row that may stand in one split only. */
export const groupOf: Readonly<Record<SplitBy, (row: Row) => string>> = {
  person: (row) => row.person,
  template: (row) => row.template,
  app: (row) => row.app,
  time: (row) => row.week,
  episode: (row) => row.episode_id,
}

/** Starts a count for splits by `by`. */
export function startTally(by: SplitBy): TallyCount {
  const people = new Set<string>()
  const receipts = new Set<string>()
  const splits = { train: emptySplit(), validation: emptySplit(), test: emptySplit() }
  return {
    add(row) {
      const split = splits[row.split]
      split.rows += 1
      split.episodes.add(row.episode_id)
      split.groups.add(groupOf[by](row))
      people.add(row.person)
      receipts.add(row.receipt)
    },
    result: () => ({
      rows: splits.train.rows + splits.validation.rows + splits.test.rows,
      episodes: new Set([...splits.train.episodes, ...splits.validation.episodes, ...splits.test.episodes]).size,
      people: people.size,
      receipts: receipts.size,
      splits: { train: sizes(splits.train), validation: sizes(splits.validation), test: sizes(splits.test) },
      receiptsSha256: sha256([...receipts].toSorted().join('\n')),
    }),
  }
}

interface OpenSplit {
  rows: number
  readonly episodes: Set<string>
  readonly groups: Set<string>
}

function emptySplit(): OpenSplit {
  return { rows: 0, episodes: new Set(), groups: new Set() }
}

function sizes({ rows, episodes, groups }: OpenSplit): SplitCount {
  return { rows, episodes: episodes.size, groups: groups.size }
}
