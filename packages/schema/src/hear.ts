import { type Known, readSights, resolveRows } from './known.ts'
import type { NodeState, Observation, ObservationNode } from './observation.ts'
import type { ObservationTable } from './table.ts'
import { at, nodeStates, rowFields, scrolled, unitSeparator } from './wire.ts'

type Viewport = Observation['viewport']

/** The observations of a table, after what is known already. Throws `RangeError` where it does not fit together; the cells' own types are checked by `Observation`. */
export function hearObservations(table: ObservationTable, strings: readonly string[], known: Known): Observation[] {
  const text = (place: number | undefined): string => at(strings, place, 'strings')
  let taken = known.ids.length
  resolveRows(table, known)
  const seen = readSights(table, known).map(({ missed, head, edits }) => {
    const [, status, url, title, width = 0, height = 0, scrollX = 0, scrollY = 0, pixelRatio = 0] = head
    const viewport = { width, height, scrollX, scrollY, pixelRatio }
    const next = (place: number): ObservationNode => {
      const id = at(known.ids, taken, 'told')
      const from = rowFields.length * taken
      taken += 1
      return rowOf(
        id,
        Array.from(rowFields, (_, part) => known.cells[from + part] ?? 0),
        viewport,
        { place, text },
      )
    }
    const one: Observation = {
      id: (known.last?.id ?? -1) + 1 + missed,
      url: text(url),
      title: text(title),
      viewport,
      status: status === 0 ? 'fresh' : 'stale',
      nodes: joinedRows(edits, known.last, viewport, next),
    }
    Object.assign(known, { last: one, head })
    return one
  })
  if (taken !== known.ids.length) throw new RangeError(`told has ${known.ids.length} rows, edits take ${taken}`)
  return seen
}

/** `next`: the next row that is told, for this place. A row of the base that stands still under the same index is the same object. */
function joinedRows(
  edits: readonly number[],
  base: Observation | undefined,
  viewport: Viewport,
  next: (place: number) => ObservationNode,
): ObservationNode[] {
  const [x, y] = scrolled(base?.viewport, viewport)
  const before = base?.nodes ?? []
  const nodes: ObservationNode[] = []
  const places = new Map<number, number>()
  const add = (row: ObservationNode): void => void places.set(row.id, nodes.push(row) - 1)
  const keep = (from: number, until: number): void => {
    for (let row = from; row < until; row += 1) {
      const kept = at(before, row, 'the observation before')
      const parent = places.get(before[kept.parent]?.id ?? -1) ?? -1
      const [left, top, width, height] = kept.box
      if (x !== 0 || y !== 0) add({ ...kept, parent, box: [left + x, top + y, width, height] })
      else add(kept.parent === parent ? kept : { ...kept, parent })
    }
  }
  let old = 0
  for (let edit = 0; edit < edits.length; edit += 3) {
    const from = old
    old += at(edits, edit, 'edits')
    keep(from, old)
    old += at(edits, edit + 1, 'edits')
    for (let left = at(edits, edit + 2, 'edits'); left > 0; left -= 1) add(next(nodes.length))
  }
  keep(old, before.length)
  return nodes
}

interface Where {
  readonly place: number
  readonly text: (place: number | undefined) => string
}

function rowOf(id: number, cells: readonly number[], { scrollX, scrollY }: Viewport, { place, text }: Where): ObservationNode {
  const [up = 0, inputType, role, name, value, states = 0, options = 0, tag, look, keys, left = 0, top = 0, width = 0, height = 0] = cells
  if (up > place) throw new RangeError(`row ${place} stands in none that comes before it`)
  return {
    id,
    parent: up === 0 ? -1 : place - up,
    tag: text(tag),
    inputType: text(inputType),
    role: text(role),
    name: text(name),
    value: text(value),
    states: statesOf(states),
    box: [left - Math.floor(scrollX), top - Math.floor(scrollY), width, height],
    options: options === 0 ? [] : text(options - 1).split(unitSeparator),
    look: text(look),
    keys: text(keys),
  }
}

function statesOf(bits: number): NodeState[] {
  return bits === 0 ? [] : nodeStates.filter((_, bit) => (bits & (1 << bit)) !== 0)
}
