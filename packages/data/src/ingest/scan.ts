import { type Batch, type Modality, cellChecks } from '@overt/schema'
import { eventTexts, nodeStates, rowCount, unitSeparator } from '@overt/schema/words'

import type { Contents } from './contents.ts'
import { asList, asText, asUrl, asValue, asWord } from './parts.ts'

type EventTable = Batch['events'][number]
type Sight = Batch['observations'][number]

/** Columns of a row that hold places in `strings`, the longest string of each (observation.ts), and the part that it plays. */
const textColumns = [
  ['tag', 64, asWord],
  ['inputType', 32, asWord],
  ['role', 32, asWord],
  ['name', 4096, asText],
  ['value', 4096, asValue],
  ['look', 128, asWord],
  ['keys', 128, asWord],
] as const
const longestUrl = 2048
const longestTitle = 1024
const longestLabel = 512
const mostLabels = 512
const mostRows = 20_000
const stateBits = 2 ** nodeStates.length
const cells = cellChecks()
const texts: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(eventTexts))

/** The batch's strings: how long they are, and the parts that they play; 0 where nothing names one. */
interface Strings {
  readonly lengths: Uint32Array
  readonly parts: Uint8Array
}

/** The contents of a batch, and the parts that each of its strings plays. */
export interface Scan {
  readonly contents: Contents
  readonly parts: Uint8Array
}

/**
 * Reads a batch in its columns, as `decodeBatch` reads it in rows: undefined wherever the rows would be refused, or would hold less than the columns do.
 * Then the rows are made, and they decide. Making them costs most of what ingest costs, and a sound device's are never needed.
 */
export function scanBatch(batch: Batch): Scan | undefined {
  const parts = new Uint8Array(batch.strings.length)
  const table: Strings = { lengths: Uint32Array.from(batch.strings, ({ length }) => length), parts }
  if (!eventsFit(batch) || !batch.observations.every((_, index) => sightFits(batch, index, table)) || parts.includes(0)) return undefined
  return { contents: contentsOf(batch), parts }
}

function contentsOf(batch: Batch): Contents {
  return {
    batch,
    needed: neededOf(batch),
    urls: new Set(batch.observations.map(({ url }) => batch.strings[url] ?? '')),
    tasks: batch.events.reduce((sum, table) => sum + tasksOf(table), 0),
  }
}

function eventsFit({ events, order, count }: Batch): boolean {
  const left = events.map(({ n }) => n)
  for (const place of order) {
    const rows = left[place]
    if (rows === undefined) return false
    left[place] = rows - 1
  }
  return order.length === count && left.every((rows) => rows === 0) && events.every(tableFits)
}

/** Other columns than these were refused before. */
function tableFits({ kind, columns }: EventTable): boolean {
  const checks = cells.get(kind)
  if (checks === undefined) return false
  for (const [name, check] of checks) if (!check(columns[name])) return false
  return true
}

function sightFits({ strings, observations }: Batch, index: number, table: Strings): boolean {
  const sight = observations[index]
  if (sight === undefined || rowCount(sight) > mostRows) return false
  if (!fits(sight.url, longestUrl, asUrl, table) || !fits(sight.title, longestTitle, asText, table)) return false
  return rowsFit(strings, sight, table) && placesFit(sight, observations, index)
}

function rowsFit(strings: readonly string[], sight: Sight, table: Strings): boolean {
  const { rows } = sight
  const { length } = rows.id
  if (idsOf(sight).some((id) => id < 0)) return false
  if (rows.box.length !== 4 * length || rows.states.length !== length || rows.options.length !== length) return false
  for (let row = 0; row < length; row += 1) {
    if (!((rows.states[row] ?? -1) >= 0) || !((rows.states[row] ?? 0) < stateBits)) return false
    const labels = rows.options[row] ?? -1
    if (labels !== -1 && !(fits(labels, Number.POSITIVE_INFINITY, asList, table) && labelsFit(strings[labels] ?? ''))) return false
  }
  return textColumns.every(([column, longest, part]) => rows[column].length === length && allFit(rows[column], longest, part, table))
}

/** Whether all of these places hold a string that is short enough; marks them. */
function allFit(places: readonly number[], longest: number, part: number, table: Strings): boolean {
  for (const place of places) if (!fits(place, longest, part, table)) return false
  return true
}

function fits(place: number, longest: number, part: number, { lengths, parts }: Strings): boolean {
  const length = lengths[place]
  if (length === undefined || length > longest) return false
  parts[place] = (parts[place] ?? 0) | part
  return true
}

function labelsFit(joined: string): boolean {
  const labels = joined.split(unitSeparator)
  return labels.length <= mostLabels && labels.every((label) => label.length <= longestLabel)
}

/** The ids of new rows, which `runs` has told as differences. */
function idsOf({ runs, rows }: Sight): readonly number[] {
  let id = 0
  return runs === undefined ? rows.id : rows.id.map((difference) => (id += difference))
}

/** Every row of the table is there, and every new row has its place in it. */
function placesFit(sight: Sight, observations: Batch['observations'], index: number): boolean {
  const base = observations[sight.base]
  if (sight.base >= index || (sight.base !== -1 && base === undefined)) return false
  const before = base === undefined ? 0 : rowCount(base)
  return sight.runs === undefined ? orderFits(sight, before) : runsFit(sight.runs, sight, before)
}

function runsFit(runs: readonly number[], { parent, rows, kept, order }: Sight, before: number): boolean {
  if (runs.length % 3 !== 0 || parent.length !== rows.id.length || kept.length + order.length > 0) return false
  let placed = 0
  let taken = 0
  for (let run = 0; run < runs.length; run += 3) {
    const [from, count, fresh] = [runs[run] ?? 0, runs[run + 1] ?? 0, runs[run + 2] ?? 0]
    if (from + count > before) return false
    placed += count
    for (const until = taken + fresh; taken < until; taken += 1, placed += 1) {
      const up = parent[taken] ?? -1
      if (up < 0 || up > placed) return false
    }
  }
  return taken === rows.id.length
}

function orderFits({ kept, order, parent, rows }: Sight, before: number): boolean {
  if (parent.length !== order.length) return false
  const placed = new Uint8Array(rows.id.length)
  for (const place of order) {
    if (place >= placed.length) return false
    if (place >= 0) placed[place] = 1
    else if (!((kept[-1 - place] ?? before) < before)) return false
  }
  return !placed.includes(0) && parent.every((row) => row >= -1)
}

/** `neededModalities` of schema, by columns. */
function neededOf({ strings, events, observations, pictures = [] }: Batch): ReadonlySet<Modality> {
  const needed = new Set<Modality>()
  if (events.some(({ n }) => n > 0) || observations.length > 0) needed.add('actions')
  const acted = new Set(events.flatMap(({ columns }) => [...(columns['node'] ?? []), ...(columns['toNode'] ?? [])]))
  const whole = observations.some((sight) => standsIn(sight) || idsOf(sight).some((id) => !acted.has(id)))
  if (whole) needed.add('structure')
  if (pictures.length > 0) needed.add('pixels')
  if (events.some(tellsText) || observations.some((sight) => showsText(strings, sight))) needed.add('text')
  return needed
}

/** Whether a row stands in another one. */
function standsIn({ runs, parent }: Sight): boolean {
  return parent.some((row) => row !== (runs === undefined ? -1 : 0))
}

function tellsText({ kind, columns }: EventTable): boolean {
  return (texts.get(kind) ?? []).some((field) => columns[field]?.some((text) => text !== ''))
}

function showsText(strings: readonly string[], { title, rows }: Sight): boolean {
  const empty = strings.indexOf('')
  const text = strings.indexOf('text')
  if (title !== empty && strings[title] !== '') return true
  for (let row = 0; row < rows.id.length; row += 1) {
    const [value = -1, role = -1, name = -1] = [rows.value[row], rows.role[row], rows.name[row]]
    if (value !== empty && strings[value] !== '') return true
    if ((role === text || strings[role] === 'text') && name !== empty && strings[name] !== '') return true
  }
  return false
}

function tasksOf({ kind, columns }: EventTable): number {
  return kind === 'task' ? (columns['phase'] ?? []).filter((phase) => phase === 'start').length : 0
}
