import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

const told: ReadonlySet<string> = new Set(['click', 'text', 'select', 'check', 'submit', 'key', 'drag', 'navigate'])

/** A batch's actions in a few words each, in order: what was done, and the redacted name it was done to. */
export function actsOf(batch: Batch): readonly string[] {
  const { events, observations } = decodeColumns(batch)
  const rows = new Map(observations.flatMap(({ id, nodes }) => nodes.map((node) => [`${id}.${node.id}`, node.name] as const)))
  return events
    .filter(({ kind }) => told.has(kind))
    .map(({ kind, observation, node }) => `${kind} ${rows.get(`${observation}.${node}`) ?? batch.path}`.slice(0, 80))
}

/** All words in a batch that are of a page or of the person, each once, as they would leave: redacted. */
export function wordsOf(batch: Batch): readonly string[] {
  const { events, observations } = decodeColumns(batch)
  const shown = observations.flatMap(({ title, nodes }) => [
    title,
    ...nodes.flatMap(({ name, value, options }) => [name, value, ...options]),
  ])
  const done = events.flatMap((event) => Object.entries(event).flatMap(([field, cell]) => (ofPerson.has(field) ? [String(cell)] : [])))
  return [...new Set([...done, ...shown])].filter((word) => word.trim() !== '')
}

/** Fields of events that hold words. */
const ofPerson: ReadonlySet<string> = new Set(['before', 'after', 'content', 'goal'])
