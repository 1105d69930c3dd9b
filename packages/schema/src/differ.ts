import type { Batch, EventColumns } from './batch.ts'
import { differenceOf, encodeColumns, joinedRows, sizesOf, unitSeparator } from './columns.ts'
import type { Difference } from './difference.ts'
import type { NodeState, Observation, ObservationNode } from './observation.ts'

/** A batch that both sides have, and the last observation in it. */
export interface Base {
  readonly batch: Batch
  readonly last: Observation
}

type Viewport = Observation['viewport']
/** All of a row but its id and parent: four numbers, nine texts. */
type Line = readonly (number | string)[]
/** Rows by id, each with the window as it was when the row was told last. */
type Told = Map<number, readonly [ObservationNode, Viewport]>

const listed = (texts: readonly string[]): string => texts.map((text) => unitSeparator + text).join('')
const unlisted = (text: string): string[] => text.split(unitSeparator).slice(1)

/** The box as it lies in the page, up to a part of a pixel that is the same for all: differences of whole pixels are exact. Append only. */
const lineOf = (row: ObservationNode, { scrollX, scrollY }: Viewport): Line => [
  row.box[0] + Math.floor(scrollX),
  row.box[1] + Math.floor(scrollY),
  row.box[2],
  row.box[3],
  row.tag,
  row.inputType,
  row.role,
  row.name,
  row.value,
  listed(row.states),
  listed(row.options),
  row.look,
  row.keys,
]

const toldIn = ({ nodes, viewport }: Observation): Told => new Map(nodes.map((row) => [row.id, [row, viewport]]))
const origin: Line = [0, 0, 0, 0]

/** Tells a batch by what differs from one that the server has. `seen`: its observations in rows. `decodeDifference` makes the very same batch of it, where boxes are whole pixels and its fields stand in the order of the base's; `sha256` tells whether it has. */
export function encodeDifference({ batch: before, last }: Base, batch: Batch, seen: readonly Observation[], sha256: string): Difference {
  const table = new Map(before.strings.map((text, at) => [text, at + 1]))
  const intern = (text: string): number => {
    const place = table.get(text) ?? table.size + 1
    table.set(text, place)
    return place
  }
  const told = toldIn(last)
  const rows: number[][] = Array.from({ length: 15 }, () => [])
  let id = 0
  let above = origin
  const sights = seen.map((one) => {
    const { fresh, runs, parent } = differenceOf(one, last)
    for (const [at, row] of fresh.entries()) {
      const old = told.get(row.id)
      const was = old === undefined ? above.slice(0, 4) : lineOf(...old)
      above = lineOf(row, one.viewport)
      const cells = above.map((cell, part) => (typeof cell === 'number' ? cell - Number(was[part]) : cell === was[part] ? 0 : intern(cell)))
      for (const [column, cell] of [row.id - id, parent[at] ?? 0, ...cells].entries()) rows[column]?.push(cell)
      ;({ id } = row)
      told.set(id, [row, one.viewport])
    }
    const step = one.id - last.id
    last = one
    return [step, one.status === 'fresh' ? 0 : 1, intern(one.url), intern(one.title), ...sizesOf(one.viewport), ...runs]
  })
  const { strings: _strings, observations: _observations, events, ...fields } = batch
  const head = Object.entries(fields).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, key)))
  return {
    v: 'overt.difference/1',
    base: before.id,
    sha256,
    head: Object.fromEntries(head),
    strings: [...table.keys()].slice(before.strings.length),
    sights,
    rows,
    events: events.map((table) => ({ ...table, columns: mapped(table.columns, shortened) })),
  }
}

function mapped<T, U>(columns: Readonly<Record<string, T>>, change: (cells: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, change(cells)]))
}

function shortened(cells: EventColumns['columns'][string]): Difference['events'][number]['columns'][string] {
  const [first] = cells
  return first !== undefined && cells.every((cell) => cell === first) ? first : cells
}

/** The whole batch. Throws `RangeError` where an index or a column's length is wrong; nothing in it is checked beyond that. */
export function decodeDifference(base: Base, difference: Difference): Batch {
  const { strings, observations } = encodeColumns([], observationsOf(base, difference))
  const events = difference.events.map(({ columns, kind, n }) => ({
    kind,
    n,
    columns: mapped(columns, (cells) => (Array.isArray(cells) ? cells : Array.from({ length: n }, () => cells))),
  }))
  return { ...base.batch, ...difference.head, strings, observations, events }
}

function observationsOf({ batch, last: before }: Base, difference: Difference): Observation[] {
  const texts = [...batch.strings, ...difference.strings]
  const next = freshRows(toldIn(before), texts, difference.rows)
  const seen: Observation[] = []
  let last = before
  for (const [
    step = 0,
    stale,
    url = 0,
    title = 0,
    width = 0,
    height = 0,
    scrollX = 0,
    scrollY = 0,
    pixelRatio = 1,
    ...runs
  ] of difference.sights) {
    const viewport = { width, height, scrollX, scrollY, pixelRatio }
    const { fresh, parents } = next(
      runs.reduce((sum, count, at) => (at % 3 === 2 ? sum + count : sum), 0),
      viewport,
    )
    last = {
      id: last.id + step,
      url: pick(texts, url - 1),
      title: pick(texts, title - 1),
      viewport,
      status: stale === 0 ? 'fresh' : 'stale',
      nodes: joinedRows(runs, parents, last, viewport, fresh),
    }
    seen.push(last)
  }
  return seen
}

interface Fresh {
  readonly fresh: readonly ObservationNode[]
  readonly parents: readonly number[]
}

/** Gives the new rows, so many at a time, their parents not yet. */
function freshRows(
  told: Told,
  texts: readonly string[],
  [ids = [], parents = [], ...columns]: Difference['rows'],
): (count: number, viewport: Viewport) => Fresh {
  let taken = 0
  let id = 0
  let above = origin
  const rowAt = (at: number, viewport: Viewport): ObservationNode => {
    id += pick(ids, at)
    const old = told.get(id)
    const was = old === undefined ? above.slice(0, 4) : lineOf(...old)
    above = columns.map((column, part) => {
      const cell = pick(column, at)
      return part < 4 ? cell + Number(was[part]) : cell === 0 ? pick(was, part) : pick(texts, cell - 1)
    })
    const row = rowOf(id, above, viewport)
    told.set(id, [row, viewport])
    return row
  }
  return (count, viewport) => {
    const from = taken
    taken += count
    return { fresh: Array.from({ length: count }, (_, at) => rowAt(from + at, viewport)), parents: parents.slice(from, taken) }
  }
}

function rowOf(id: number, line: Line, { scrollX, scrollY }: Viewport): ObservationNode {
  const [left = 0, top = 0, width = 0, height = 0] = line.slice(0, 4).map(Number)
  const [tag = '', inputType = '', role = '', name = '', value = '', states = '', options = '', look = '', keys = ''] = line
    .slice(4)
    .map(String)
  return {
    id,
    parent: -1,
    tag,
    inputType,
    role,
    name,
    value,
    states: unlisted(states) as NodeState[], // as: the whole batch is checked when it is made
    box: [left - Math.floor(scrollX), top - Math.floor(scrollY), width, height],
    options: unlisted(options),
    look,
    keys,
  }
}

function pick<T>(list: readonly T[], at: number): T {
  const value = list[at]
  if (value === undefined) throw new RangeError(`no entry ${at} (${list.length} entries)`)
  return value
}
