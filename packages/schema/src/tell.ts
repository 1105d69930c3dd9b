import { type Known, heldAgainst } from './known.ts'
import type { Observation, ObservationNode } from './observation.ts'
import type { ObservationTable } from './table.ts'
import { type Move, isLength, nodeStates, rowFields, scrolled, unitSeparator } from './wire.ts'

/** What was known once a table was told: whoever told it goes on from there. */
const after = new WeakMap<ObservationTable, Known>()

/** The same of a table that was told here and not parsed; undefined elsewhere. */
export function knownAfter(table: ObservationTable): Known | undefined {
  return after.get(table)
}

/** Observations as what changed from one to the next, after what is known already. */
export function tellObservations(observations: readonly Observation[], known: Known): ObservationTable {
  const ids: number[] = []
  const told: number[] = []
  const columns = rowFields.map((): number[] => [])
  const whole = Array.from(known.cells)
  const place = (text: string): number => {
    const told = known.strings.get(text) ?? known.strings.size
    if (told === known.strings.size) known.strings.set(text, told)
    return told
  }
  const tellRow = ({ id }: ObservationNode, row: readonly number[]): void => {
    const was = heldAgainst(known, id) * row.length
    let bits = 0
    row.forEach((cell, part) => {
      const before = whole[was + part]
      whole.push(cell)
      if (cell === before) return
      bits |= 1 << part
      columns[part]?.push(isLength(part) ? cell - (before ?? 0) : cell)
    })
    ids.push(id - (known.ids.at(-1) ?? 0))
    told.push(bits)
    known.rows.set(id, known.ids.push(id) - 1)
  }
  const sights = observations.map((one) => {
    const head = headOf(one, known, place)
    const { edits, fresh } = editsOf(one, known.last)
    for (const [node, up] of fresh) tellRow(node, cellsOf(node, up, one.viewport, place))
    const changed = head.flatMap((cell, part) => (cell === known.head[part] ? [] : [part]))
    Object.assign(known, { last: one, head: [0, ...head.slice(1)] })
    return [changed.reduce((bits, part) => bits | (1 << part), 0), ...changed.map((part) => head[part] ?? 0), ...edits]
  })
  known.cells = whole
  const cells = rowFields.flatMap((field, part) => (columns[part]?.length ? [[field, columns[part]]] : []))
  const table = { sights, ids, told, cells: Object.fromEntries(cells) }
  after.set(table, known)
  return table
}

/** In the order of `sightFields`. */
function headOf({ id, status, url, title, viewport }: Observation, { last }: Known, place: (text: string) => number): number[] {
  const { width, height, scrollX, scrollY, pixelRatio } = viewport
  return [id - (last?.id ?? -1) - 1, status === 'fresh' ? 0 : 1, place(url), place(title), width, height, scrollX, scrollY, pixelRatio]
}

/** In the order of `rowFields`. The box as it lies in the page, up to a part of a pixel that is the same for all: differences of whole pixels are exact. */
function cellsOf(
  node: ObservationNode,
  up: number,
  { scrollX, scrollY }: Observation['viewport'],
  place: (text: string) => number,
): number[] {
  const [left, top, width, height] = node.box
  return [
    up,
    place(node.inputType),
    place(node.role),
    place(node.name),
    place(node.value),
    node.states.reduce((bits, state) => bits | (1 << nodeStates.indexOf(state)), 0),
    node.options.length === 0 ? 0 : 1 + place(node.options.join(unitSeparator)),
    place(node.tag),
    place(node.look),
    place(node.keys),
    left + Math.floor(scrollX),
    top + Math.floor(scrollY),
    width,
    height,
  ]
}

interface Changed {
  /** Three numbers an edit: rows kept, left out, new. */
  readonly edits: number[]
  /** Each with how many rows further up the one stands that it stands in; 0 for none. */
  readonly fresh: (readonly [ObservationNode, number])[]
}

/** What has to be done to the rows of the observation before. A row that is the same object was compared before. */
function editsOf({ nodes, viewport }: Observation, before: Observation | undefined): Changed {
  const base = before?.nodes ?? []
  const move = scrolled(before?.viewport, viewport)
  const edits: number[] = []
  const fresh: (readonly [ObservationNode, number])[] = []
  const find = follow(base)
  let kept = 0
  let put = 0
  let done = 0
  let index = 0
  for (const node of nodes) {
    const next = find(node)
    const old = base[next]
    if (old !== undefined && next >= done && saysTheSame(old, node, move) && base[old.parent]?.id === nodes[node.parent]?.id) {
      // What is new stands in place of all that is left out before this row.
      if (next > done || put > 0) {
        edits.push(kept, next - done, put)
        kept = put = 0
      }
      kept += 1
      done = next + 1
    } else {
      put += 1
      fresh.push([node, node.parent === -1 ? 0 : index - node.parent])
    }
    index += 1
  }
  if (base.length > done || put > 0) edits.push(kept, base.length - done, put)
  return { edits, fresh }
}

/** Finds rows by their ids among those of an earlier observation, -1 for none: most follow the one that the row before them was. */
export function follow(rows: readonly ObservationNode[]): (node: ObservationNode) => number {
  let next = 0
  let places: ReadonlyMap<number, number> | undefined
  return ({ id }) => {
    const at = rows[next]?.id === id ? next : ((places ??= new Map(rows.map((row, place) => [row.id, place]))).get(id) ?? -1)
    next = at + 1
    return at
  }
}

function saysTheSame(old: ObservationNode, node: ObservationNode, [x, y]: Move): boolean {
  if (x === 0 && y === 0) return sameRow(old, node)
  const [left, top, width, height] = old.box
  return sameRow({ ...old, box: [left + x, top + y, width, height] }, node)
}

/** Whether two rows say the same, wherever they stand in their tables. */
export function sameRow(left: Omit<ObservationNode, 'parent'>, right: Omit<ObservationNode, 'parent'>): boolean {
  if (left === right) return true
  return (
    left.name === right.name &&
    left.value === right.value &&
    left.role === right.role &&
    left.tag === right.tag &&
    left.look === right.look &&
    left.keys === right.keys &&
    left.inputType === right.inputType &&
    sameList(left.box, right.box) &&
    sameList(left.states, right.states) &&
    sameList(left.options, right.options)
  )
}

/** Whether two lists hold the very same. */
export function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left === right || (left.length === right.length && left.every((one, index) => one === right[index]))
}
