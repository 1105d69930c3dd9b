import type { Observation } from './observation.ts'
import type { ObservationTable } from './table.ts'
import { at, isLength, rowFields } from './wire.ts'

/** What both ends know of a document while its observations are told one by one. */
export interface Known {
  /** Places of texts. */
  readonly strings: Map<string, number>
  /** The id of each row that was told, in order. */
  readonly ids: number[]
  /** What was told of each, whole: a cell for each of `rowFields`, row after row. Never changed, but replaced. */
  cells: ArrayLike<number>
  /** Where each id was told last, as a place in `ids`. */
  readonly rows: Map<number, number>
  /** The observation before, and what was told of it beside its rows: in the order of `sightFields`, behind a 0. */
  last: Observation | undefined
  head: readonly number[]
}

/** What is known before anything is told; of a batch that was read, its texts. */
export function nothingKnown(strings: readonly string[] = []): Known {
  return {
    strings: new Map(strings.map((text, place) => [text, place])),
    ids: [],
    cells: [],
    rows: new Map(),
    last: undefined,
    // One for each of `sightFields`, whose names no page needs.
    head: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  }
}

/** The same, to go on from while this stays as it is. */
export function copyOf(known: Known): Known {
  return { ...known, strings: new Map(known.strings), ids: [...known.ids], rows: new Map(known.rows) }
}

/** Where the row stands that one of this id is held against: the same one as it was told last, or the one told before; -1 where there is none. */
export function heldAgainst({ rows, ids }: Known, id: number): number {
  return rows.get(id) ?? ids.length - 1
}

const everyField = 2 ** rowFields.length - 1

/** Makes every row whole that a table tells, or the first fields of each. Throws `RangeError` where a column is too short or too long. */
export function resolveRows({ ids, told, cells }: ObservationTable, known: Known, width: number = rowFields.length): void {
  const columns = rowFields.map((field) => cells[field] ?? [])
  if (ids.length !== told.length) throw new RangeError(`ids has ${ids.length} rows, told ${told.length}`)
  const taken = new Uint32Array(rowFields.length)
  let id = known.ids.at(-1) ?? 0
  let next = known.cells.length
  // Numbers side by side: a batch tells thousands of rows, most of them as they were but for a cell or two.
  const whole = new Float64Array(next + ids.length * width)
  whole.set(known.cells)
  known.cells = whole
  const [read, unread] = [2 ** width - 1, everyField - (2 ** width - 1)]
  for (let row = 0; row < ids.length; row += 1, next += width) {
    id += ids[row] ?? 0
    const bits = told[row] ?? 0
    const was = heldAgainst(known, id) * width
    if (was < 0 ? bits !== everyField : bits > everyField)
      throw new RangeError(`row ${row} tells of fields that are none, or is the first and does not tell of all`)
    if (was >= 0) for (let part = 0; part < width; part += 1) whole[next + part] = whole[was + part] ?? 0
    // Most rows tell of a field or two.
    for (let left = bits & read; left !== 0; left &= left - 1) {
      const part = lowest(left)
      const cell = cellAt(columns, taken, part)
      whole[next + part] = isLength(part) ? (whole[next + part] ?? 0) + cell : cell
    }
    // What nobody reads of it is only counted.
    for (let left = bits & unread; left !== 0; left &= left - 1) taken[lowest(left)] = (taken[lowest(left)] ?? 0) + 1
    known.rows.set(id, known.ids.push(id) - 1)
  }
  const wrong = columns.findIndex((column, part) => column.length !== taken[part])
  if (wrong >= 0) throw new RangeError(`${rowFields[wrong]} has ${columns[wrong]?.length} cells, told takes ${taken[wrong]}`)
}

/** The place of the lowest bit. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

/** The next cell of a field. */
function cellAt(columns: readonly (readonly number[])[], taken: Uint32Array, part: number): number {
  const place = taken[part] ?? 0
  const cell = columns[part]?.[place]
  if (cell === undefined) throw new RangeError(`${rowFields[part]} has no cell ${place}`)
  taken[part] = place + 1
  return cell
}

/** An observation beside its rows. */
export interface Sight {
  /** Ids that were left out before its own. */
  readonly missed: number
  /** As in `Known`. */
  readonly head: readonly number[]
  /** Three numbers an edit. */
  readonly edits: readonly number[]
}

/** Takes observations apart, one after the other. Throws `RangeError` where one is too short. */
export function readSights({ sights }: Pick<ObservationTable, 'sights'>, known: Pick<Known, 'head'>): readonly Sight[] {
  let { head } = known
  return sights.map((sight) => {
    const one = readSight(sight, head)
    ;({ head } = one)
    return one
  })
}

function readSight(sight: readonly number[], was: readonly number[]): Sight {
  const bits = at(sight, 0, 'sights')
  if (!(Number.isInteger(bits) && bits >= 0 && bits < 2 ** was.length))
    throw new RangeError(`an observation tells of fields that are none: ${bits}`)
  const head = bits === 0 ? was : [...was]
  let missed = 0
  let next = 1
  for (let part = 0, left = bits; left > 0; part += 1, left >>>= 1) {
    if ((left & 1) === 0) continue
    const cell = at(sight, next, 'sights')
    if (part === 0) missed = cell
    else (head as number[])[part] = cell // as: copied above
    next += 1
  }
  const edits = sight.slice(next)
  if (edits.length % 3 !== 0) throw new RangeError('an edit has no end')
  for (const count of edits) if (!(Number.isInteger(count) && count >= 0)) throw new RangeError(`an edit of ${count} rows`)
  return { missed, head, edits }
}

/** How many rows each observation has, after one of `before`. Throws `RangeError` where there are no such rows to keep or leave out. */
export function rowCounts(sights: readonly Sight[], before = 0): readonly number[] {
  let rows = before
  return sights.map(({ edits }) => {
    let old = 0
    let added = 0
    for (let edit = 0; edit < edits.length; edit += 3) {
      const out = edits[edit + 1] ?? 0
      old += (edits[edit] ?? 0) + out
      added += (edits[edit + 2] ?? 0) - out
    }
    if (old > rows) throw new RangeError('an edit of rows that the observation before does not have')
    return (rows += added)
  })
}
