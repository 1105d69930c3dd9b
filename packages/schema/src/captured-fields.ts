import type { Batch } from './batch.ts'
import type { Event, EventKind } from './event.ts'
import type { FirstBatch } from './first-batch.ts'
import type { Observation, ObservationNode } from './observation.ts'
import { sightFields } from './wire.ts'

type Own<K extends EventKind> = Exclude<keyof Extract<Event, { kind: K }>, 'kind' | 'seq' | 'gap' | 'observation' | 'node'>

/** The fields of every event beside those that each has: its kind, its place in the order, what it was done on. */
const eventFields = {
  click: ['button', 'count', 'modifiers', 'x', 'y', 'cause', 'pointer', 'held'],
  drag: ['toNode', 'x', 'y', 'toX', 'toY', 'modifiers', 'path', 'effect'],
  hover: ['x', 'y'],
  key: ['chord', 'code'],
  text: ['before', 'after', 'cause', 'secret'],
  select: ['before', 'after', 'cause'],
  check: ['before', 'after', 'cause'],
  value: ['before', 'after', 'cause'],
  scroll: ['fromX', 'fromY', 'toX', 'toY', 'cause'],
  clipboard: ['operation', 'content', 'sizeClass'],
  upload: ['count', 'sort', 'sizeClass', 'how', 'cause'],
  focus: ['cause'],
  navigate: ['url', 'title', 'cause'],
  submit: ['cause'],
  task: ['phase', 'goal', 'template', 'seed', 'outcome', 'by'],
  takeover: ['by', 'why', 'model'],
  proposed: ['action', 'argument', 'p01'],
  recorder: ['phase', 'reason'],
  tab: ['phase', 'tab', 'opener', 'frame'],
  gap: ['reason', 'count'],
} as const satisfies { readonly [K in EventKind]: readonly Own<K>[] }

const pageFields = ['id', 'url', 'title', 'viewport', 'status'] as const satisfies readonly (keyof Observation)[]
const nodeFields = [
  'id',
  'parent',
  'tag',
  'inputType',
  'role',
  'name',
  'value',
  'states',
  'box',
  'options',
  'look',
  'keys',
] as const satisfies readonly (keyof ObservationNode)[]

/** Every field that a recorder captures: `click.x`, `page.title`, `node.name`. What a person did not agree to is in none of them: a text without the modality `text` is ''. */
export function recordedFields(): readonly string[] {
  return [
    ...Object.entries(eventFields).flatMap(([kind, fields]) => fields.map((field) => `${kind}.${field}`)),
    ...pageFields.map((field) => `page.${field}`),
    ...nodeFields.map((field) => `node.${field}`),
  ]
}

/** Columns that every event has, and those that only say how rows were packed in version 1. */
const unnamed: ReadonlySet<string> = new Set(['gap', 'observation', 'node', 'base', 'runs', 'kept', 'order', 'rows', 'parent'])

/** What a field of the table is a part of. */
const wholes: Readonly<Record<string, string>> = {
  up: 'parent',
  ...Object.fromEntries(['left', 'top', 'width', 'height'].map((side) => [side, 'box'])),
}
const windowFields: ReadonlySet<string> = new Set(['width', 'height', 'scrollX', 'scrollY', 'pixelRatio'])

/** The fields that a batch holds, by its columns. */
export function capturedFields({
  events,
  observations,
}: Pick<Batch, 'events' | 'observations'> | Pick<FirstBatch, 'events' | 'observations'>): ReadonlySet<string> {
  const fields = new Set<string>()
  for (const { kind, columns } of events) addNames(fields, kind, namesIn([columns]))
  if (!Array.isArray(observations)) return addTable(fields, observations)
  if (observations.length === 0) return fields
  addNames(fields, 'page', namesIn(observations))
  addNames(fields, 'node', namesIn(observations.map(({ rows }) => rows)))
  return fields.add('node.parent')
}

function addTable(fields: Set<string>, { sights, ids, cells }: Batch['observations']): ReadonlySet<string> {
  if (sights.length > 0) for (const field of sightFields) fields.add(`page.${windowFields.has(field) ? 'viewport' : field}`)
  if (ids.length > 0) fields.add('node.id')
  for (const field in cells) fields.add(`node.${wholes[field] ?? field}`)
  return fields
}

/** A batch has hundreds of observations, and their names are the same ones. */
function namesIn(holders: readonly object[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const holder of holders) for (const name in holder) names.add(name)
  return names
}

function addNames(fields: Set<string>, holder: string, names: ReadonlySet<string>): void {
  for (const name of names) if (!unnamed.has(name)) fields.add(`${holder}.${name}`)
}
