import { type Batch, type Modality, cellChecks } from '@overt/schema'
import { eventTexts, nodeStates, rowCount, unitSeparator } from '@overt/schema/words'

import type { Contents } from './contents.ts'

type EventTable = Batch['events'][number]
type Sight = Batch['observations'][number]

/** Columns of a row that hold places in `strings`, and the longest string of each (observation.ts). */
const longest = { tag: 64, inputType: 32, role: 32, name: 4096, value: 4096, look: 128, keys: 128 } as const
const textColumns = Object.keys(longest) as (keyof typeof longest)[] // as: the keys of the object above
const longestUrl = 2048
const longestTitle = 1024
const longestLabel = 512
const mostLabels = 512
const mostRows = 20_000
const stateBits = 2 ** nodeStates.length
const cells = cellChecks()
const texts: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(eventTexts))

/** The batch's strings: how long they are, and which of them something names. */
interface Strings {
  readonly lengths: Uint32Array
  readonly used: Uint8Array
}

/**
 * Reads a batch in its columns, as `decodeBatch` reads it in rows: undefined wherever the rows would be refused, or would hold less than the columns do.
 * Then the rows are made, and they decide. Making them costs most of what ingest costs, and a sound device's are never needed.
 */
export function scanBatch(batch: Batch): Contents | undefined {
  const table: Strings = { lengths: Uint32Array.from(batch.strings, ({ length }) => length), used: new Uint8Array(batch.strings.length) }
  if (!eventsFit(batch) || !batch.observations.every((_, index) => sightFits(batch, index, table)) || table.used.includes(0))
    return undefined
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
  if (!allFit([sight.url], longestUrl, table) || !allFit([sight.title], longestTitle, table)) return false
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
    if (labels !== -1 && !(allFit([labels], Number.POSITIVE_INFINITY, table) && labelsFit(strings[labels] ?? ''))) return false
  }
  return textColumns.every((column) => rows[column].length === length && allFit(rows[column], longest[column], table))
}

/** Whether all of these places hold a string that is short enough; marks them. */
function allFit(places: readonly number[], longestOf: number, { lengths, used }: Strings): boolean {
  for (const place of places) {
    const length = lengths[place]
    if (length === undefined || length > longestOf) return false
    used[place] = 1
  }
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
    const [from = 0, count = 0, fresh = 0] = runs.slice(run, run + 3)
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
