import type { Batch, EventColumns } from './batch.ts'
import { differenceOf, encodeColumns, joinedRows, sizesOf, unitSeparator } from './columns.ts'
import type { Difference } from './difference.ts'
import type { NodeState, Observation, ObservationNode } from './observation.ts'

/** A batch that both sides have, and its observations in rows: one or more. */
export interface Base {
  readonly batch: Batch
  readonly seen: readonly Observation[]
}

type Second = Extract<Difference, { readonly v: 'overt.difference/2' }>
type Tables = Second['told'][4]
/** A column, or the one value in it. */
type Short = string | number | boolean | EventColumns['columns'][string]

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

function toldIn(seen: readonly Observation[]): Told {
  const told: Told = new Map()
  let before: Observation | undefined
  for (const one of seen) {
    const { nodes, viewport } = one
    const still = before?.viewport.scrollX === viewport.scrollX && before.viewport.scrollY === viewport.scrollY
    // Most rows are those of the observation before.
    for (const [at, row] of nodes.entries()) if (!still || before?.nodes[at] !== row) told.set(row.id, [row, viewport])
    before = one
  }
  return told
}

/** What the next batch has where nothing says otherwise. */
const expected = (before: Batch, count: number): Batch => ({ ...before, firstSeq: before.firstSeq + before.count, count })

const origin: Line = [0, 0, 0, 0]

/** Tells a batch by what differs from one that the server has. `seen`: its observations in rows. `decodeDifference` makes the very same batch of it, where boxes are whole pixels and its fields stand in the order of the base's; `sha256` tells whether it has. */
export function encodeDifference({ batch: before, seen: known }: Base, batch: Batch, seen: readonly Observation[], sha256: string): Second {
  const table = new Map(before.strings.map((text, at) => [text, at + 1]))
  const intern = (text: string): number => {
    const place = table.get(text) ?? table.size + 1
    table.set(text, place)
    return place
  }
  const told = toldIn(known)
  const rows: number[][] = Array.from({ length: 15 }, () => [])
  let last = known.at(-1) as Observation // as: a base has one or more
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
  const due = expected(before, batch.count)
  const head = Object.entries(fields).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(due, key)))
  const strings = [...table.keys()].slice(before.strings.length)
  const tables = events.map((one): Tables[number] => [one.kind, one.n, shortTable(one, before)])
  return {
    v: 'overt.difference/2',
    base: before.id,
    sha256: sha256.slice(0, 32),
    told: [Object.fromEntries(head), strings, sights, rows, tables],
  }
}

function lastOf(seen: readonly Observation[]): Observation {
  const last = seen.at(-1)
  if (last === undefined) throw new RangeError('the base has no observation')
  return last
}

/** Columns in the order of the base's, where it has the same; what goes on as it was is null. */
function shortTable({ kind, columns }: EventColumns, before: Batch): Tables[number][2] {
  const short = mapped(columns, shortened)
  const was = shortOf(kind, before)
  const names = Object.keys(short)
  if (names.join() !== Object.keys(was).join()) return short
  return names.map((name) => (short[name] === was[name] ? null : (short[name] ?? null)))
}

function shortOf(kind: string, { events }: Batch): Record<string, Short> {
  return mapped(events.find((one) => one.kind === kind)?.columns ?? {}, shortened)
}

function mapped<T, U>(columns: Readonly<Record<string, T>>, change: (cells: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, change(cells)]))
}

function shortened(cells: EventColumns['columns'][string]): Short {
  const [first] = cells
  return first !== undefined && cells.every((cell) => cell === first) ? first : cells
}

/** The whole batch. Throws `RangeError` where an index or a column's length is wrong; nothing in it is checked beyond that. */
export function decodeDifference({ batch: before, seen }: Base, difference: Difference): Batch {
  const first = difference.v === 'overt.difference/1'
  const [head, texts, sights, rows, tables]: Second['told'] = first ? asSecond(difference) : difference.told
  const last = lastOf(seen)
  const made = observationsOf(last, toldIn(first ? [last] : seen), [...before.strings, ...texts], [sights, rows])
  const { strings, observations } = encodeColumns([], made)
  const events = tables.map(([kind, n, columns]) => ({
    kind,
    n,
    columns: mapped(named(kind, columns, before), (cells) => wholeColumn(cells, n)),
  }))
  const count = events.reduce((sum, { n }) => sum + n, 0)
  return { ...(first ? before : expected(before, count)), ...head, strings, observations, events }
}

function asSecond({ head, strings, sights, rows, events }: Exclude<Difference, Second>): Second['told'] {
  return [head, strings, sights, rows, events.map(({ kind, n, columns }) => [kind, n, columns])]
}

function named(kind: string, columns: Tables[number][2], before: Batch): Record<string, Short> {
  if (!Array.isArray(columns)) return columns
  const was = Object.entries(shortOf(kind, before))
  if (was.length !== columns.length) throw new RangeError(`${kind} has ${columns.length} columns, ${was.length} in the base`)
  return Object.fromEntries(was.map(([name, value], at) => [name, columns[at] ?? value]))
}

function wholeColumn(cells: Short, n: number): EventColumns['columns'][string] {
  return Array.isArray(cells) ? cells : Array.from({ length: n }, () => cells)
}

function observationsOf(
  before: Observation,
  told: Told,
  texts: readonly string[],
  [sights, rows]: readonly [sights: readonly (readonly number[])[], rows: readonly (readonly number[])[]],
): Observation[] {
  const next = freshRows(told, texts, rows)
  const seen: Observation[] = []
  let last = before
  for (const [step = 0, stale, url = 0, title = 0, width = 0, height = 0, scrollX = 0, scrollY = 0, pixelRatio = 1, ...runs] of sights) {
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
  [ids = [], parents = [], ...columns]: readonly (readonly number[])[],
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
