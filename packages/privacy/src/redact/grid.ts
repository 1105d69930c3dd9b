import { codeAt } from './character.ts'
import type { Stretch } from './look.ts'

/** What parts a line's cells: strokes, tabs, semicolons, commas, blanks in a row. */
const parts = ['|', '\t', ';', ',', '  '] as const
type Part = (typeof parts)[number]
const [longestHead, longestHeader] = [600, 40]
/** What stands under a header to part it from its cells. */
export const rule = /^[\s:=+-]*$/

/** Grids of cells in a text: a line of at most 40 characters a cell with a cell that is wanted as a header, and the lines below that have as many cells. */
export function gridsIn(text: string, isWanted: (header: string) => boolean): readonly (readonly (readonly Stretch[])[])[] {
  const grids: (readonly Stretch[])[][] = []
  const lines = linesOf(text)
  let at = 0
  while (at + 1 < lines.length) {
    const head = lines[at] ?? { start: 0, end: 0 }
    at += 1
    if (head.end - head.start > longestHead) continue
    const line = text.slice(head.start, head.end)
    const part = parts.find((one) => line.includes(one))
    // In a sentence one stretch at least is longer than a header.
    const headers = part === undefined ? [] : cellsOf(text, head, part, longestHeader)
    if (part === undefined || headers.length < 2) continue
    const rows = [headers]
    let wanted: boolean | undefined
    for (let row = rowAt(text, lines[at], part); isRow(row, headers.length, part); row = rowAt(text, lines[at], part)) {
      wanted ??= headers.some(({ start, end }) => isWanted(text.slice(start, end)))
      // Below a rule no line is a header.
      if (!wanted && rows.length === 1 && !row.every(({ start, end }) => rule.test(text.slice(start, end)))) break
      rows.push(row)
      at += 1
    }
    if (wanted === true) grids.push(rows)
  }
  return grids
}

/** A line of as many cells; where blanks or strokes part them, the last may be empty and not there. */
function isRow(cells: readonly Stretch[], count: number, part: Part): boolean {
  return cells.length === count || (count > 2 && cells.length === count - 1 && /[| ]/.test(part))
}

function linesOf(text: string): readonly Stretch[] {
  const lines: Stretch[] = []
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    lines.push({ start, end })
    start = end + 1
  }
  return lines
}

function rowAt(text: string, line: Stretch | undefined, part: Part): readonly Stretch[] {
  return line === undefined ? [] : cellsOf(text, line, part)
}

/** A line's cells without the blanks and quotes around them; none where one is longer than the most. */
function cellsOf(text: string, line: Stretch, part: Part, most = Infinity): readonly Stretch[] {
  const cells: Stretch[] = []
  const { start, end } = trimmed(text, line, isLineEdge)
  const parting = codeAt(part, 0)
  const quotable = part === ',' || part === ';'
  let from = part === '|' && codeAt(text, start) === parting ? start + 1 : start
  let quoted = false
  for (let at = from; at < end; at += 1) {
    const code = codeAt(text, at)
    if (code === quote && quotable) quoted = !quoted
    if (code !== parting || quoted || !text.startsWith(part, at)) continue
    const cell = trimmed(text, { start: from, end: at }, isCellEdge)
    if (cell.end - cell.start > most) return []
    cells.push(cell)
    from = at + part.length
    while (part === '  ' && codeAt(text, from) === parting) from += 1
    at = from - 1
  }
  if (from < end || part !== '|') cells.push(trimmed(text, { start: from, end }, isCellEdge))
  return cells.some((cell) => cell.end - cell.start > most) ? [] : cells
}

const [blank, quote, lineReturn] = [32, 34, 13]

function isLineEdge(code: number): boolean {
  return code === blank || code === lineReturn
}

function isCellEdge(code: number): boolean {
  return code === blank || code === quote || (code >= 9 && code <= lineReturn)
}

function trimmed(text: string, { start, end }: Stretch, isEdge: (code: number) => boolean): Stretch {
  let [from, to] = [start, end]
  while (from < to && isEdge(codeAt(text, from))) from += 1
  while (to > from && isEdge(codeAt(text, to - 1))) to -= 1
  return { start: from, end: to }
}
