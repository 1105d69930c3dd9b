import type { Batch, EventColumns, ObservationColumns } from './batch.ts'
import type { Event } from './event.ts'
import type { NodeState, Observation, ObservationNode } from './observation.ts'

/** Order of the bits of a node's states on the wire. Append only. */
export const nodeStates: readonly NodeState[] = [
  'checked',
  'mixed',
  'selected',
  'pressed',
  'expanded',
  'collapsed',
  'disabled',
  'readonly',
  'required',
  'invalid',
  'focused',
  'current',
  'modal',
  'popup',
  'secret',
  'offscreen',
  'covered',
]

/** Upper ends, exclusive, of the buckets of time between two events; the last bucket is open. */
export const gapBucketsMs: readonly number[] = [250, 1_000, 3_000, 10_000, 60_000]

/** Bucket of a time between two events. */
export function gapBucket(gapMs: number): number {
  const index = gapBucketsMs.findIndex((end) => gapMs < end)
  return index === -1 ? gapBucketsMs.length : index
}

/** Separates labels and other lists inside one string: U+001F, which no visible text holds. */
export const unitSeparator = '\u001f'

type Columns = Pick<Batch, 'strings' | 'observations' | 'events' | 'order' | 'firstSeq' | 'count'>

/** Rows to columns. Events must be in the order of `seq`, without a hole. */
export function encodeColumns(events: readonly Event[], observations: readonly Observation[]): Columns {
  const table = new Map<string, number>()
  const intern = (text: string): number => {
    const known = table.get(text)
    if (known !== undefined) return known
    table.set(text, table.size)
    return table.size - 1
  }
  const encoded = observations.map((observation, index) => encodeObservation(observation, observations[index - 1], index - 1, intern))
  const kinds = [...new Set(events.map((event) => event.kind))]
  return {
    strings: [...table.keys()],
    observations: encoded,
    events: kinds.map((kind) => encodeEvents(kind, events)),
    order: events.map((event) => kinds.indexOf(event.kind)),
    firstSeq: events[0]?.seq ?? 0,
    count: events.length,
  }
}

function encodeEvents(kind: string, events: readonly Event[]): EventColumns {
  const rows = events.filter((event) => event.kind === kind)
  const columns: Record<string, (string | number | boolean)[]> = {}
  for (const row of rows)
    for (const [key, cell] of Object.entries(row)) if (key !== 'kind' && key !== 'seq') (columns[key] ??= []).push(cell)
  return { kind, n: rows.length, columns }
}

/** Whether two rows say the same, wherever they stand in their tables. */
export function sameRow(left: ObservationNode, right: ObservationNode): boolean {
  if (left === right) return true
  return (
    left.name === right.name &&
    left.value === right.value &&
    left.role === right.role &&
    left.tag === right.tag &&
    left.look === right.look &&
    left.keys === right.keys &&
    left.inputType === right.inputType &&
    left.box.every((px, at) => px === right.box[at]) &&
    left.states.join() === right.states.join() &&
    left.options.join(unitSeparator) === right.options.join(unitSeparator)
  )
}

function encodeObservation(
  observation: Observation,
  before: Observation | undefined,
  base: number,
  intern: (text: string) => number,
): ObservationColumns {
  const places = new Map(before?.nodes.map((node, index) => [node.id, index]))
  const kept: number[] = []
  const order: number[] = []
  const fresh: ObservationNode[] = []
  for (const node of observation.nodes) {
    const place = places.get(node.id)
    const old = place === undefined ? undefined : before?.nodes[place]
    if (place !== undefined && old !== undefined && sameRow(old, node)) order.push(-kept.push(place))
    else order.push(fresh.push(node) - 1)
  }
  const { viewport } = observation
  return {
    id: observation.id,
    url: intern(observation.url),
    title: intern(observation.title),
    viewport: [viewport.width, viewport.height, viewport.scrollX, viewport.scrollY, viewport.pixelRatio],
    status: observation.status === 'fresh' ? 0 : 1,
    base: before === undefined ? -1 : base,
    kept,
    order,
    rows: {
      id: fresh.map((node) => node.id),
      tag: fresh.map((node) => intern(node.tag)),
      inputType: fresh.map((node) => intern(node.inputType)),
      role: fresh.map((node) => intern(node.role)),
      name: fresh.map((node) => intern(node.name)),
      value: fresh.map((node) => intern(node.value)),
      states: fresh.map((node) => nodeStates.reduce((bits, state, bit) => (node.states.includes(state) ? bits | (1 << bit) : bits), 0)),
      box: fresh.flatMap((node) => node.box),
      options: fresh.map((node) => (node.options.length === 0 ? -1 : intern(node.options.join(unitSeparator)))),
      look: fresh.map((node) => intern(node.look)),
      keys: fresh.map((node) => intern(node.keys)),
    },
    parent: observation.nodes.map((node) => node.parent),
  }
}

/** Columns to rows. Throws `RangeError` where an index or a column's length is wrong; the cells' own types are checked by `Event` and `Observation`. */
export function decodeColumns(columns: Columns): { readonly events: Event[]; readonly observations: Observation[] } {
  const observations: Observation[] = []
  const text = (index: number | undefined): string => at(columns.strings, index, 'strings')
  for (const encoded of columns.observations) observations.push(decodeObservation(encoded, observations, text))
  if (columns.order.length !== columns.count) throw new RangeError(`order has ${columns.order.length} entries, count says ${columns.count}`)
  const taken = columns.events.map(() => 0)
  const events = columns.order.map((place, index) => {
    const source = at(columns.events, place, 'events')
    const row = taken[place] ?? 0
    taken[place] = row + 1
    return decodeEvent(source, row, columns.firstSeq + index)
  })
  columns.events.forEach((source, place) => {
    if (taken[place] !== source.n) throw new RangeError(`${source.kind} has ${source.n} rows, order takes ${taken[place]}`)
  })
  return { events, observations }
}

function decodeEvent(source: EventColumns, row: number, seq: number): Event {
  const entries = Object.entries(source.columns).map(([key, cells]) => [key, at(cells, row, key)] as const)
  return { ...Object.fromEntries(entries), kind: source.kind, seq } as Event // as: the caller checks the row against the Event schema
}

function decodeObservation(
  encoded: ObservationColumns,
  before: readonly Observation[],
  text: (index: number | undefined) => string,
): Observation {
  const base = encoded.base === -1 ? [] : at(before, encoded.base, 'base').nodes
  const { rows, viewport } = encoded
  if (encoded.parent.length !== encoded.order.length)
    throw new RangeError(`parent has ${encoded.parent.length} rows, order ${encoded.order.length}`)
  const fresh = rows.id.map((id, row) => ({
    id,
    tag: text(rows.tag[row]),
    inputType: text(rows.inputType[row]),
    role: text(rows.role[row]),
    name: text(rows.name[row]),
    value: text(rows.value[row]),
    states: nodeStates.filter((_, bit) => (at(rows.states, row, 'states') & (1 << bit)) !== 0),
    box: [
      at(rows.box, row * 4, 'box'),
      at(rows.box, row * 4 + 1, 'box'),
      at(rows.box, row * 4 + 2, 'box'),
      at(rows.box, row * 4 + 3, 'box'),
    ] satisfies ObservationNode['box'],
    options: rows.options[row] === -1 ? [] : text(rows.options[row]).split(unitSeparator),
    look: text(rows.look[row]),
    keys: text(rows.keys[row]),
  }))
  const nodes = encoded.order.map((place, index) => ({
    ...(place < 0 ? at(base, at(encoded.kept, -1 - place, 'kept'), 'base') : at(fresh, place, 'rows')),
    parent: at(encoded.parent, index, 'parent'),
  }))
  const [width = 0, height = 0, scrollX = 0, scrollY = 0, pixelRatio = 1] = viewport
  return {
    id: encoded.id,
    url: text(encoded.url),
    title: text(encoded.title),
    viewport: { width, height, scrollX, scrollY, pixelRatio },
    status: encoded.status === 0 ? 'fresh' : 'stale',
    nodes,
  }
}

function at<T>(list: readonly T[], index: number | undefined, name: string): T {
  const value = index === undefined ? undefined : list[index]
  if (value === undefined) throw new RangeError(`${name} has no entry ${index} (${list.length} entries)`)
  return value
}
