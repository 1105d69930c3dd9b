import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

const told: ReadonlySet<string> = new Set(['click', 'text', 'select', 'check', 'submit', 'key', 'drag', 'navigate'])

/** A batch's actions in a few words each, newest first: what was done, and the redacted name it was done to. */
export function recentOf(batch: Batch): readonly string[] {
  const { events, observations } = decodeColumns(batch)
  const rows = new Map(observations.flatMap(({ id, nodes }) => nodes.map((node) => [`${id}.${node.id}`, node.name] as const)))
  return events
    .filter(({ kind }) => told.has(kind))
    .map(({ kind, observation, node }) => `${kind} ${rows.get(`${observation}.${node}`) ?? batch.path}`.slice(0, 80))
    .reverse()
}
