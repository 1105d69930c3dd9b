import type { FirstBatch } from './first-batch.ts'
import type { NodeState, Observation, ObservationNode } from './observation.ts'
import { type Move, at, nodeStates, scrolled, unitSeparator } from './wire.ts'

type ObservationColumns = FirstBatch['observations'][number]

/** The observations of a batch of version 1. Throws `RangeError` where an index or a column's length is wrong. */
export function hearFirst(tables: readonly ObservationColumns[], strings: readonly string[]): Observation[] {
  const observations: Observation[] = []
  const text = (index: number | undefined): string => at(strings, index, 'strings')
  for (const encoded of tables) observations.push(decodeObservation(encoded, observations, text))
  return observations
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
function joinedRows(
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
      put(movedBy(kept, move), places.get(old[kept.parent]?.id ?? -1) ?? -1)
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
function rowCount({ runs, order }: ObservationColumns): number {
  return runs === undefined ? order.length : runs.reduce((sum, count, place) => (place % 3 === 0 ? sum : sum + count), 0)
}

function movedBy(row: ObservationNode, [x, y]: Move): ObservationNode {
  if (x === 0 && y === 0) return row
  const [left, top, width, height] = row.box
  return { ...row, box: [left + x, top + y, width, height] }
}

/** The rows of all observations of a version 1 batch; infinite where their numbers are no counts. */
export function firstRowCount({ observations }: Pick<FirstBatch, 'observations'>): number {
  return observations.reduce((sum, observation) => sum + rowCount(observation), 0)
}
