import { Observation, parser, type Row, type Split, type SplitBy } from '@overt/schema'

import { sketch } from './near.ts'
import { fault, type Problem } from './report.ts'
import { groupOf } from './tally.ts'

/** An audit of what stands on both sides of a split, fed row by row. */
export interface Leakage {
  readonly add: (row: Row) => void
  readonly problems: () => Problem[]
}

const parseObservation = parser(Observation)
/** Starts an audit of a release that was split by `by`. */
export function startLeakage(by: SplitBy): Leakage {
  const groups = new Map<string, Set<Split>>()
  const screens = new Map<number, Set<Split>>()
  const unreadable: string[] = []
  return {
    add(row) {
      note(groups, groupOf[by](row), row.split)
      note(groups, `episode ${row.episode_id}`, row.split)
      const observation = readObservation(row)
      if (observation === null) unreadable.push(`step ${row.step_index} of ${row.episode_id}`)
      else if (row.goal !== '') for (const signature of sketch(row.goal, observation)) note(screens, signature, row.split)
    },
    problems() {
      const shared = [...groups].filter(([, splits]) => splits.size > 1)
      const seen = [...screens.values()].filter((splits) => splits.size > 1).length
      const found: Problem[] = []
      if (shared.length > 0)
        found.push(fault('splitGroup', `${shared.length} groups stand in more than one split, the first is ${shared[0]?.[0] ?? ''}`))
      if (seen > 0) found.push(fault('leakage', `${seen} screens stand under the same goal in more than one split`))
      if (unreadable.length > 0)
        found.push(fault('row', `${unreadable.length} observations can't be read, the first is ${unreadable[0] ?? ''}`))
      return found
    },
  }
}

function readObservation(row: Row): Observation | null {
  try {
    const parsed = parseObservation(JSON.parse(row.observation))
    return parsed.ok ? parsed.value : null
  } catch {
    return null
  }
}

function note<K>(into: Map<K, Set<Split>>, key: K, split: Split): void {
  const splits = into.get(key)
  if (splits === undefined) into.set(key, new Set([split]))
  else splits.add(split)
}
