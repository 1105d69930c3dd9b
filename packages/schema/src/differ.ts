import type { Batch, Column, EventColumns } from './batch.ts'
import { encodeColumns } from './columns.ts'
import type { Difference } from './difference.ts'
import { hearObservations } from './hear.ts'
import { type Known, copyOf, nothingKnown } from './known.ts'
import type { Observation } from './observation.ts'
import { knownAfter, tellObservations } from './tell.ts'
import { rowFields } from './wire.ts'

/** A batch that both sides have, and what they know after it. */
export interface Base {
  readonly batch: Batch
  readonly known: Known
}

/** A batch as a base for whoever told it. `seen`: its observations in rows, one or more. */
export function toldBase(batch: Batch, seen: readonly Observation[]): Base {
  const known = nothingKnown()
  return { batch, known: knownAfter(batch.observations) ?? (tellObservations(seen, known), known) }
}

/** A batch as a base for whoever was told it; undefined where it has no observations. Throws `RangeError` where its columns do not fit together. */
export function heardBase(batch: Batch): Base | undefined {
  const known = nothingKnown(batch.strings)
  return hearObservations(batch.observations, batch.strings, known).length === 0 ? undefined : { batch, known }
}

type Tables = Difference['told'][6]

/** What the next batch has where nothing says otherwise. */
const expected = (before: Batch, count: number): Batch => ({ ...before, firstSeq: before.firstSeq + before.count, count })

/** Tells a batch by what differs from one that the server has. `seen`: its observations in rows. `decodeDifference` makes the very same batch of it, where boxes are whole pixels and its fields stand in the order of the base's; `sha256` tells whether it has. */
export function encodeDifference(
  { batch: before, known: base }: Base,
  batch: Batch,
  seen: readonly Observation[],
  sha256: string,
): Difference {
  const known = copyOf(base)
  const { sights, ids, told, cells } = tellObservations(seen, known)
  const { strings: _strings, observations: _observations, events, ...fields } = batch
  const due = expected(before, batch.count)
  const differs = ([key, value]: [string, unknown]): boolean => JSON.stringify(value) !== JSON.stringify(due[key as keyof Batch]) // as: it has the fields of the other
  const head = Object.entries(fields).filter(differs)
  const strings = [...known.strings.keys()].slice(before.strings.length)
  const tables = events.map((one): Tables[number] => [one.kind, one.n, shortTable(one, before)])
  return {
    v: 'overt.difference/3',
    base: before.id,
    sha256: sha256.slice(0, 32),
    told: [Object.fromEntries(head), strings, sights, ids, told, rowFields.map((field) => cells[field] ?? []), tables],
  }
}

/** Columns in the order of the base's, where it has the same; what goes on as it was is null. */
function shortTable({ kind, columns }: EventColumns, before: Batch): Tables[number][2] {
  const was = columnsOf(kind, before)
  const names = Object.keys(columns)
  if (names.join() !== Object.keys(was).join()) return columns
  return names.map((name) => (columns[name] === was[name] ? null : (columns[name] ?? null)))
}

function columnsOf(kind: string, { events }: Batch): EventColumns['columns'] {
  return events.find((one) => one.kind === kind)?.columns ?? {}
}

/** The whole batch. Throws `RangeError` where an index or a column's length is wrong; nothing in it is checked beyond that. */
export function decodeDifference({ batch: before, known }: Base, { told }: Difference): Batch {
  const [head, texts, sights, ids, bits, columns, tables] = told
  const cells = Object.fromEntries(rowFields.map((field, part) => [field, columns[part]]))
  const made = hearObservations({ sights, ids, told: bits, cells }, [...before.strings, ...texts], copyOf(known))
  const { strings, observations } = encodeColumns([], made)
  const events = tables.map(([kind, n, short]) => ({ kind, n, columns: longTable(kind, short, before) }))
  const count = events.reduce((sum, { n }) => sum + n, 0)
  return { ...expected(before, count), ...head, strings, observations, events }
}

function longTable(kind: string, columns: Tables[number][2], before: Batch): Record<string, Column> {
  if (!Array.isArray(columns)) return columns
  const was = Object.entries(columnsOf(kind, before))
  if (was.length !== columns.length) throw new RangeError(`${kind} has ${columns.length} columns, ${was.length} in the base`)
  return Object.fromEntries(was.map(([name, column], place) => [name, columns[place] ?? column]))
}
