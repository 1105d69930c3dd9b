import type { View } from './view.ts'

const minPoints = 9

/** Columns and rows of shapes that stand in a square lattice, counted from its middle, y upwards. */
export function latticeOf(view: View): Map<number, readonly [number, number]> {
  const places = new Map<number, readonly [number, number]>()
  const circles = view.nodes.flatMap((node, at) => (node.look.includes('shape-circle') ? [at] : []))
  if (circles.length < minPoints) return places
  const middle = (at: number, axis: 0 | 1): number => (view.nodes[at]?.box[axis] ?? 0) + (view.nodes[at]?.box[axis + 2] ?? 0) / 2
  const columns = ticks(circles.map((at) => middle(at, 0)))
  const lines = ticks(circles.map((at) => middle(at, 1)))
  for (const at of circles) {
    const column = nearest(columns, middle(at, 0)) - (columns.length - 1) / 2
    const line = (lines.length - 1) / 2 - nearest(lines, middle(at, 1))
    places.set(at, [column, line])
  }
  return places
}

/** Distinct positions, those within 3 CSS pixels of each other as one. */
function ticks(positions: readonly number[]): number[] {
  const found: number[] = []
  for (const position of positions.toSorted((left, right) => left - right))
    if (position - (found.at(-1) ?? -Infinity) > 3) found.push(position)
  return found
}

function nearest(marks: readonly number[], position: number): number {
  let best = 0
  marks.forEach((mark, index) => {
    if (Math.abs(mark - position) < Math.abs((marks[best] ?? Infinity) - position)) best = index
  })
  return best
}
