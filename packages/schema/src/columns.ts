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

/** Bucket of an amount: how many of the upper ends, exclusive and in order, it has reached. */
export function bucketOf(amount: number, ends: readonly number[]): number {
  return ends.filter((end) => amount >= end).length
}

/** Bucket of a time between two events. */
export function gapBucket(gapMs: number): number {
  return bucketOf(gapMs, gapBucketsMs)
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
export function sameRow(left: Omit<ObservationNode, 'parent'>, right: Omit<ObservationNode, 'parent'>): boolean {
  if (left === right) return true
  return (
    left.name === right.name &&
    left.value === right.value &&
    left.role === right.role &&
    left.tag === right.tag &&
    left.look === right.look &&
    left.keys === right.keys &&
    left.inputType === right.inputType &&
    sameList(left.box, right.box) &&
    sameList(left.states, right.states) &&
    sameList(left.options, right.options)
  )
}

function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left === right || (left.length === right.length && left.every((one, at) => one === right[at]))
}

function encodeObservation(
  observation: Observation,
  before: Observation | undefined,
  base: number,
  intern: (text: string) => number,
): ObservationColumns {
  const { fresh, runs, parent } = differenceOf(observation, before)
  return {
    id: observation.id,
    url: intern(observation.url),
    title: intern(observation.title),
    viewport: sizesOf(observation.viewport),
    status: observation.status === 'fresh' ? 0 : 1,
    base: before === undefined ? -1 : base,
    runs,
    kept: [],
    order: [],
    rows: {
      id: fresh.map((node, at) => node.id - (fresh[at - 1]?.id ?? 0)),
      tag: fresh.map((node) => intern(node.tag)),
      inputType: fresh.map((node) => intern(node.inputType)),
      role: fresh.map((node) => intern(node.role)),
      name: fresh.map((node) => intern(node.name)),
      value: fresh.map((node) => intern(node.value)),
      states: fresh.map((node) => node.states.reduce((bits, state) => bits | (1 << nodeStates.indexOf(state)), 0)),
      box: boxesOf(fresh),
      options: fresh.map((node) => (node.options.length === 0 ? -1 : intern(node.options.join(unitSeparator)))),
      look: fresh.map((node) => intern(node.look)),
      keys: fresh.map((node) => intern(node.keys)),
    },
    parent,
  }
}

/** A window as it is told. */
export function sizesOf({ width, height, scrollX, scrollY, pixelRatio }: Observation['viewport']): number[] {
  return [width, height, scrollX, scrollY, pixelRatio]
}

/** Each as the difference to the one before. */
function boxesOf(rows: readonly ObservationNode[]): number[] {
  const told: number[] = []
  let before: ObservationNode['box'] = [0, 0, 0, 0]
  for (const { box } of rows) {
    told.push(box[0] - before[0], box[1] - before[1], box[2] - before[2], box[3] - before[3])
    before = box
  }
  return told
}

interface Changed {
  readonly fresh: ObservationNode[]
  readonly runs: number[]
  readonly parent: number[]
}

/** Which rows are those of the observation before, and which are new. A row that is the same object was compared before. */
export function differenceOf({ nodes, viewport }: Observation, before: Observation | undefined): Changed {
  const base = before?.nodes ?? []
  const move = scrolled(before?.viewport, viewport)
  const fresh: ObservationNode[] = []
  const runs: number[] = []
  const parent: number[] = []
  let places: ReadonlyMap<number, number> | undefined
  let next = 0
  for (const [index, node] of nodes.entries()) {
    // Most rows follow the one that the row before them was.
    if (base[next]?.id !== node.id) next = (places ??= new Map(base.map(({ id }, at) => [id, at]))).get(node.id) ?? -1
    const old = base[next]
    const same = old !== undefined && saysTheSame(old, node, move) && base[old.parent]?.id === nodes[node.parent]?.id
    const last = runs.length - 3
    if (!same) {
      if (last < 0) runs.push(0, 0, 0)
      runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
      fresh.push(node)
      parent.push(node.parent === -1 ? 0 : index - node.parent)
    } else if (runs.at(-1) === 0 && (runs[last] ?? 0) + (runs[last + 1] ?? 0) === next) runs[last + 1] = (runs[last + 1] ?? 0) + 1
    else runs.push(next, 1, 0)
    next += 1
  }
  return { fresh, runs, parent }
}

type Move = readonly [x: number, y: number]

/** How far what stands in a page moved in its window. */
function scrolled(before: Observation['viewport'] | undefined, now: Observation['viewport']): Move {
  return [(before?.scrollX ?? 0) - now.scrollX, (before?.scrollY ?? 0) - now.scrollY]
}

function saysTheSame(old: ObservationNode, node: ObservationNode, move: Move): boolean {
  const still = move[0] === 0 && move[1] === 0
  return still ? sameRow(old, node) : sameRow(movedBy(old, move), node)
}

function movedBy(row: ObservationNode, [x, y]: Move): ObservationNode {
  const [left, top, width, height] = row.box
  return { ...row, box: [left + x, top + y, width, height] }
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
  const base = encoded.base === -1 ? undefined : at(before, encoded.base, 'base')
  const [width = 0, height = 0, scrollX = 0, scrollY = 0, pixelRatio = 1] = encoded.viewport
  const viewport = { width, height, scrollX, scrollY, pixelRatio }
  const fresh = freshRows(encoded, text)
  return {
    id: encoded.id,
    url: text(encoded.url),
    title: text(encoded.title),
    viewport,
    status: encoded.status === 0 ? 'fresh' : 'stale',
    nodes: encoded.runs === undefined ? orderedRows(encoded, base, fresh) : joinedRows(encoded.runs, encoded.parent, base, viewport, fresh),
  }
}

/** The new rows; their ids and boxes as they stand in the columns, their parents not yet. */
function freshRows({ rows, runs }: ObservationColumns, text: (index: number | undefined) => string): ObservationNode[] {
  const told = runs === undefined ? (values: readonly number[]) => values : summed
  const ids = told(rows.id, 1)
  const box = told(rows.box, 4)
  return ids.map((id, row) => ({
    id,
    parent: -1,
    tag: text(rows.tag[row]),
    inputType: text(rows.inputType[row]),
    role: text(rows.role[row]),
    name: text(rows.name[row]),
    value: text(rows.value[row]),
    states: statesOf(at(rows.states, row, 'states')),
    box: [at(box, row * 4, 'box'), at(box, row * 4 + 1, 'box'), at(box, row * 4 + 2, 'box'), at(box, row * 4 + 3, 'box')],
    options: rows.options[row] === -1 ? [] : text(rows.options[row]).split(unitSeparator),
    look: text(rows.look[row]),
    keys: text(rows.keys[row]),
  }))
}

/** Differences to the value `width` places before, added up. */
function summed(differences: readonly number[], width: number): readonly number[] {
  const sums: number[] = []
  for (const [place, difference] of differences.entries()) sums.push((sums[place - width] ?? 0) + difference)
  return sums
}

function statesOf(bits: number): NodeState[] {
  return bits === 0 ? [] : nodeStates.filter((_, bit) => (bits & (1 << bit)) !== 0)
}

/** The rows as `runs` puts them together. A row of the base that stands still under the same index is the same object. */
export function joinedRows(
  runs: readonly number[],
  parents: readonly number[],
  base: Observation | undefined,
  viewport: Observation['viewport'],
  fresh: readonly ObservationNode[],
): ObservationNode[] {
  const move = scrolled(base?.viewport, viewport)
  const old = base?.nodes ?? []
  const nodes: ObservationNode[] = []
  const places = new Map<number, number>()
  const put = (row: ObservationNode, parent: number): void => {
    places.set(row.id, nodes.length)
    nodes.push(row.parent === parent ? row : { ...row, parent })
  }
  let taken = 0
  for (let run = 0; run < runs.length; run += 3) {
    const from = at(runs, run, 'runs')
    for (let row = from; row < from + at(runs, run + 1, 'runs'); row += 1) {
      const kept = at(old, row, 'base')
      put(move[0] === 0 && move[1] === 0 ? kept : movedBy(kept, move), places.get(old[kept.parent]?.id ?? -1) ?? -1)
    }
    for (let row = 0; row < at(runs, run + 2, 'runs'); row += 1, taken += 1) {
      const up = at(parents, taken, 'parent')
      if (up > nodes.length) throw new RangeError(`row ${nodes.length} stands in none that comes before it`)
      put(at(fresh, taken, 'rows'), up === 0 ? -1 : nodes.length - up)
    }
  }
  if (taken !== fresh.length) throw new RangeError(`rows has ${fresh.length} rows, runs take ${taken}`)
  return nodes
}

/** The rows of a batch without `runs`. */
function orderedRows(encoded: ObservationColumns, base: Observation | undefined, fresh: readonly ObservationNode[]): ObservationNode[] {
  if (encoded.parent.length !== encoded.order.length)
    throw new RangeError(`parent has ${encoded.parent.length} rows, order ${encoded.order.length}`)
  return encoded.order.map((place, index) => ({
    ...(place < 0 ? at(base?.nodes ?? [], at(encoded.kept, -1 - place, 'kept'), 'base') : at(fresh, place, 'rows')),
    parent: at(encoded.parent, index, 'parent'),
  }))
}

/** Rows that an observation has once it is decoded. */
export function rowCount({ runs, order }: ObservationColumns): number {
  return runs === undefined ? order.length : runs.reduce((sum, count, place) => (place % 3 === 0 ? sum : sum + count), 0)
}

function at<T>(list: readonly T[], index: number | undefined, name: string): T {
  const value = index === undefined ? undefined : list[index]
  if (value === undefined) throw new RangeError(`${name} has no entry ${index} (${list.length} entries)`)
  return value
}
