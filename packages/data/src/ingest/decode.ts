import { Batch, Event, Observation, cellChecks, parser } from '@overt/schema'
import {
  FirstBatch,
  type Known,
  type Sight,
  cellsIn,
  judgedFields,
  nothingKnown,
  readSights,
  resolveRows,
  rowCounts,
} from '@overt/schema/told'
import { decodeColumns, encodeColumns } from '@overt/schema/words'

import { costFault, firstCostFault } from './cost.ts'
import { pictureFault } from './picture.ts'
import { type Checked, accept, refuse } from './refusal.ts'

/** A batch with its rows. */
export interface Decoded {
  readonly batch: Batch
  readonly events: readonly Event[]
  readonly observations: readonly Observation[]
}

const parseBatch = parser(Batch)
const parseFirst = parser(FirstBatch)
const parseEvent = parser(Event)
const parseObservation = parser(Observation)
const columnsOf = cellChecks()
/** Elements that no person sees, and no recorder tells. */
const unseen: ReadonlySet<string> = new Set(
  'script style template noscript head meta link title base source track param defs symbol clippath mask desc metadata'.split(' '),
)
const longestUnseen = 8
const counterName = /^[A-Za-z0-9_.:-]{1,64}$/

/** What a batch tells: its rows (their ids, and the first `judgedFields` of each), its observations, and how many rows each has. */
export interface Told extends Pick<Known, 'ids' | 'cells'> {
  readonly sights: readonly Sight[]
  readonly counts: readonly number[]
}

/** A batch that fits its schema. */
export interface Shaped {
  readonly batch: Batch
  readonly told: Told
  /** Whether it came in the version that it is kept in. */
  readonly asCame: boolean
}

/** Checks a document against the schema of a batch, without making its observations. One of version 1 is written anew. */
export function shapeBatch(document: unknown): Checked<Shaped> {
  return fitting(() => {
    const first = isFirst(document) ? renewed(document) : accept(document)
    return first.ok ? shaped(first.value, first.value === document) : first
  })
}

/** What is made of columns, or why they do not fit together. */
function fitting<T>(make: () => Checked<T>): Checked<T> {
  try {
    return make()
  } catch (cause) {
    if (cause instanceof RangeError) return refuse('schema', `The columns do not fit together: ${cause.message}.`)
    throw cause
  }
}

function isFirst(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'v' in document && document.v === 'overt.batch/1'
}

function renewed(document: unknown): Checked<Batch> {
  const parsed = parseFirst(document)
  if (!parsed.ok) return refuse('schema', `Not an overt.batch/1: ${parsed.reason}.`)
  const batch = parsed.value
  const fault = columnFault(batch)
  if (fault !== undefined) return refuse('schema', fault)
  const cost = firstCostFault(batch)
  if (cost !== undefined) return refuse('too-large', cost)
  const { events, observations } = decodeColumns(batch)
  return accept({ ...batch, v: 'overt.batch/2', ...encodeColumns(events, observations), firstSeq: batch.firstSeq })
}

function shaped(document: unknown, asCame: boolean): Checked<Shaped> {
  const parsed = parseBatch(document)
  if (!parsed.ok) return refuse('schema', `Not an overt.batch/2 (or /1): ${parsed.reason}.`)
  const batch = parsed.value
  const fault = columnFault(batch) ?? textFault(batch) ?? unseenFault(batch) ?? pictureFault(batch)
  if (fault !== undefined) return refuse('schema', fault)
  const told = toldIn(batch)
  const cost = costFault(batch, told, told.counts)
  return cost === undefined ? accept({ batch, told, asCame }) : refuse('too-large', cost)
}

function toldIn({ observations }: Batch): Told {
  const known = nothingKnown()
  const sights = readSights(observations, known)
  resolveRows(observations, known, judgedFields)
  return { ...known, sights, counts: rowCounts(sights) }
}

/** Makes the rows of a batch: its columns must fit to each other, and every row to its own schema. */
export function decodeRows(batch: Batch): Checked<Decoded> {
  return fitting(() => checkRows({ batch, ...decodeColumns(batch) }))
}

function checkRows(decoded: Decoded): Checked<Decoded> {
  for (const event of decoded.events) {
    const parsed = parseEvent(event)
    if (!parsed.ok) return refuse('schema', `Event ${event.seq} (${event.kind}): ${parsed.reason}.`)
  }
  for (const observation of decoded.observations) {
    const parsed = parseObservation(observation)
    if (!parsed.ok) return refuse('schema', `Observation ${observation.id}: ${parsed.reason}.`)
  }
  return accept(decoded)
}

/** A column that no schema names would be kept without anyone having looked at it. */
function columnFault(batch: Batch | FirstBatch): string | undefined {
  for (const { kind, columns, n } of batch.events) {
    const fields = columnsOf.get(kind)
    if (fields === undefined) return `There is no event of kind ${JSON.stringify(kind)}.`
    for (const [name, cells] of Object.entries(columns)) {
      if (!fields.has(name)) return `${kind} has no column ${JSON.stringify(name)}.`
      if (Array.isArray(cells) && cells.length !== n) return `${kind}.${name} has ${cells.length} cells, n says ${n}.`
    }
  }
  return undefined
}

function textFault(batch: Batch): string | undefined {
  const whole =
    batch.path.isWellFormed() &&
    areWellFormed(batch.strings) &&
    batch.events.every(({ columns }) => Object.values(columns).every((column) => areWellFormed(cellsIn(column))))
  if (!whole) return 'A text holds half of a surrogate pair.'
  return Object.keys(batch.counters).every((name) => counterName.test(name)) ? undefined : 'The name of a counter is no plain word.'
}

/** A row for what a page keeps behind itself is no recorder's, but somebody's who hopes that it is put into a page again. */
function unseenFault({ strings, observations }: Batch): string | undefined {
  const isUnseen = (text = ''): boolean => text.length <= longestUnseen && unseen.has(text.toLowerCase())
  if (!strings.some(isUnseen)) return undefined
  const row = observations.cells.tag?.find((place) => isUnseen(strings[place]))
  return row === undefined ? undefined : `A row is of the element ${strings[row]}, which nobody sees.`
}

function areWellFormed(cells: readonly (string | number | boolean)[]): boolean {
  for (const cell of cells) if (typeof cell === 'string' && !cell.isWellFormed()) return false
  return true
}
