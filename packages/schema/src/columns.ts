import { type Batch, type Column, type EventColumns } from './batch.ts'
import type { Event } from './event.ts'
import type { FirstBatch } from './first-batch.ts'
import { hearFirst } from './first-columns.ts'
import { hearObservations } from './hear.ts'
import { nothingKnown } from './known.ts'
import type { Observation } from './observation.ts'
import { tellObservations } from './tell.ts'
import { at, longestShared } from './wire.ts'

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

type InRows = 'strings' | 'observations' | 'events' | 'order' | 'firstSeq' | 'count'
type Columns = Pick<Batch, InRows>
type FirstColumns = Pick<FirstBatch, InRows>

/** Rows to columns. Events must be in the order of `seq`, without a hole. */
export function encodeColumns(events: readonly Event[], observations: readonly Observation[]): Columns {
  const known = nothingKnown()
  const table = tellObservations(observations, known)
  const kinds = [...new Set(events.map((event) => event.kind))]
  return {
    strings: [...known.strings.keys()],
    observations: table,
    events: kinds.map((kind) => encodeEvents(kind, events)),
    order: kinds.length === 1 ? 0 : events.map((event) => kinds.indexOf(event.kind)),
    firstSeq: events[0]?.seq ?? 0,
    count: events.length,
  }
}

type Cell = string | number | boolean

function encodeEvents(kind: string, events: readonly Event[]): EventColumns {
  const rows = events.filter((event) => event.kind === kind)
  const columns: Record<string, Cell[]> = {}
  for (const row of rows)
    for (const [key, cell] of Object.entries(row)) if (key !== 'kind' && key !== 'seq') (columns[key] ??= []).push(cell)
  return { kind, n: rows.length, columns: Object.fromEntries(Object.entries(columns).map(([key, cells]) => [key, shortened(cells)])) }
}

function shortened(cells: readonly Cell[]): Column {
  const [first = ''] = cells
  return String(first).length <= longestShared && cells.every((cell) => cell === first) ? first : [...cells]
}

/** The cells of a column, one where all are the same. */
export function cellsIn(column: Column | undefined): readonly Cell[] {
  return Array.isArray(column) ? column : column === undefined ? [] : [column]
}

/** Columns to rows, of any version. Throws `RangeError` where an index or a column's length is wrong; the cells' own types are checked by `Event` and `Observation`. */
export function decodeColumns({ strings, observations, events, order, count, firstSeq }: Columns | FirstColumns): {
  readonly events: Event[]
  readonly observations: Observation[]
} {
  return {
    events: decodeEvents(events, order, count, firstSeq),
    // Version 1 had a table of its own for every observation.
    observations: Array.isArray(observations) ? hearFirst(observations, strings) : hearObservations(observations, strings, nothingKnown()),
  }
}

function decodeEvents(tables: readonly EventColumns[], order: Columns['order'], count: number, firstSeq: number): Event[] {
  if (Array.isArray(order) && order.length !== count) throw new RangeError(`order has ${order.length} entries, count says ${count}`)
  const taken = tables.map(() => 0)
  const events = Array.from({ length: count }, (_, index) => {
    const place = Array.isArray(order) ? at(order, index, 'order') : order
    const source = at(tables, place, 'events')
    const row = taken[place] ?? 0
    taken[place] = row + 1
    if (row >= source.n) throw new RangeError(`${source.kind} has ${source.n} rows, order takes more`)
    return decodeEvent(source, row, firstSeq + index)
  })
  for (const [place, { kind, n }] of tables.entries())
    if (taken[place] !== n) throw new RangeError(`${kind} has ${n} rows, order takes ${taken[place]}`)
  return events
}

function decodeEvent({ kind, columns }: EventColumns, row: number, seq: number): Event {
  const cells = Object.entries(columns).map(([key, column]) => [key, Array.isArray(column) ? at(column, row, key) : column] as const)
  return { ...Object.fromEntries(cells), kind, seq } as Event // as: the caller checks the row against the Event schema
}
