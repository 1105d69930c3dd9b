import { type Batch, type Modality, cellChecks } from '@overt/schema'
import { cellsIn, judgedFields, rowFields } from '@overt/schema/told'
import { eventTexts, nodeStates, unitSeparator } from '@overt/schema/words'

import type { Contents } from './contents.ts'
import type { Told } from './decode.ts'
import { asList, asText, asUrl, asValue, asWord } from './parts.ts'

type EventTable = Batch['events'][number]

/** Fields of a row whose cells are places in `strings`, the longest string of each (observation.ts), and the part that it plays. */
const textFields = [
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
const [upAt = -1, roleAt = -1, nameAt = -1, valueAt = -1] = (['up', 'role', 'name', 'value'] as const).map((field) =>
  rowFields.indexOf(field),
)

/** The batch's strings: how long they are, and the parts that they play; 0 where nothing names one. */
interface Strings {
  readonly lengths: Uint32Array
  readonly parts: Uint8Array
}

/** The contents of a batch, what it tells, and the parts that each of its strings plays. */
export interface Scan {
  readonly contents: Contents
  readonly parts: Uint8Array
  readonly told: Told
}

/** An address and a title of an observation, as places. */
interface Page {
  readonly url: number
  readonly title: number
}

/**
 * Reads a batch in its columns, as `decodeRows` reads it in rows: undefined wherever the rows would be refused, or would hold less than the columns do.
 * Then the rows are made, and they decide. Making them costs most of what ingest costs, and a sound device's are never needed.
 */
export function scanBatch(batch: Batch, told: Told): Scan | undefined {
  const parts = new Uint8Array(batch.strings.length)
  const table: Strings = { lengths: Uint32Array.from(batch.strings, ({ length }) => length), parts }
  if (!eventsFit(batch) || !rowsFit(batch, told, table)) return undefined
  const pages = pagesOf(told, table)
  if (pages === undefined || parts.includes(0)) return undefined
  return { contents: contentsOf(batch, told, pages), parts, told }
}

function contentsOf(batch: Batch, told: Told, pages: readonly Page[]): Contents {
  return {
    batch,
    needed: neededOf(batch, told, pages),
    urls: new Set([...pages.map(({ url }) => batch.strings[url] ?? ''), ...batch.events.flatMap(movesIn)]),
    tasks: batch.events.reduce((sum, table) => sum + tasksOf(table), 0),
  }
}

/** Where the page went. */
function movesIn({ kind, columns }: EventTable): readonly string[] {
  return kind === 'navigate' ? [...cellsIn(columns['url'])].map(String) : []
}

function eventsFit({ events, order, count }: Batch): boolean {
  const left = events.map(({ n }) => n)
  for (const place of Array.isArray(order) ? order : []) {
    const rows = left[place]
    if (rows === undefined) return false
    left[place] = rows - 1
  }
  // All are of one kind, where it is told once.
  const all = Array.isArray(order)
    ? order.length === count && left.every((rows) => rows === 0)
    : order === 0 && left.length === 1 && left[0] === count
  return all && events.every(tableFits)
}

/** Other columns than these were refused before. */
function tableFits({ kind, columns }: EventTable): boolean {
  const checks = cells.get(kind)
  if (checks === undefined) return false
  for (const [name, check] of checks) if (!check(columns[name] === undefined ? undefined : cellsIn(columns[name]))) return false
  return true
}

function rowsFit({ strings, observations }: Batch, told: Told, table: Strings): boolean {
  const { states = [], options = [] } = observations.cells
  if (told.ids.some((id) => id < 0) || states.some((bits) => bits >= stateBits)) return false
  for (const place of options)
    if (place > 0 && !(fits(place - 1, Number.POSITIVE_INFINITY, asList, table) && labelsFit(strings[place - 1] ?? ''))) return false
  return textFields.every(([field, longest, part]) => (observations.cells[field] ?? []).every((place) => fits(place, longest, part, table)))
}

/** The pages of the observations, where each keeps rows that are there and has a place for every told one. */
function pagesOf(told: Told, table: Strings): readonly Page[] | undefined {
  if (told.counts.some((count) => count > mostRows)) return undefined
  const pages: Page[] = []
  let taken = 0
  let id = -1
  for (const { missed, head, edits } of told.sights) {
    const [, status = 0, url = 0, title = 0] = head
    id += 1 + missed
    if (!Number.isInteger(missed) || id < 0 || (status !== 0 && status !== 1)) return undefined
    if (!fits(url, longestUrl, asUrl, table) || !fits(title, longestTitle, asText, table)) return undefined
    const until = placed(edits, told, taken)
    if (until === undefined) return undefined
    taken = until
    pages.push({ url, title })
  }
  return taken === told.ids.length ? pages : undefined
}

/** How many rows are told once these edits are made; undefined where there are fewer, or one stands in none that comes before it. */
function placed(edits: readonly number[], { cells: rows }: Told, taken: number): number | undefined {
  let place = 0
  let next = taken
  for (let edit = 0; edit < edits.length; edit += 3) {
    place += edits[edit] ?? 0
    for (let left = edits[edit + 2] ?? 0; left > 0; left -= 1, next += 1, place += 1)
      if (!((rows[next * judgedFields + upAt] ?? Number.POSITIVE_INFINITY) <= place)) return undefined
  }
  return next
}

/** Whether this place holds a string that is short enough; marks it. */
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

/** `neededModalities` of schema, by columns. */
function neededOf({ strings, events, pictures = [] }: Batch, told: Told, pages: readonly Page[]): ReadonlySet<Modality> {
  const needed = new Set<Modality>()
  if (events.some(({ n }) => n > 0) || pages.length > 0) needed.add('actions')
  const acted = new Set(events.flatMap(({ columns }) => [...cellsIn(columns['node']), ...cellsIn(columns['toNode'])]))
  if (told.ids.some((id, row) => told.cells[row * judgedFields + upAt] !== 0 || !acted.has(id))) needed.add('structure')
  if (pictures.length > 0) needed.add('pixels')
  if (events.some(tellsText) || pages.some(({ title }) => strings[title] !== '') || showsText(strings, told)) needed.add('text')
  return needed
}

function tellsText({ kind, columns }: EventTable): boolean {
  return (texts.get(kind) ?? []).some((field) => cellsIn(columns[field]).some((text) => text !== ''))
}

function showsText(strings: readonly string[], { cells: told }: Told): boolean {
  const empty = strings.indexOf('')
  const text = strings.indexOf('text')
  for (let row = 0; row < told.length; row += judgedFields) {
    const [value = -1, role = -1, name = -1] = [told[row + valueAt], told[row + roleAt], told[row + nameAt]]
    if (value !== empty && strings[value] !== '') return true
    if ((role === text || strings[role] === 'text') && name !== empty && strings[name] !== '') return true
  }
  return false
}

function tasksOf({ kind, columns, n }: EventTable): number {
  const { phase } = columns
  if (kind !== 'task') return 0
  return Array.isArray(phase) ? phase.filter((one) => one === 'start').length : phase === 'start' ? n : 0
}
