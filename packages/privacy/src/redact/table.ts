import { more } from '#wide/more'

import { shield } from './fold.ts'
import { gridsIn, rule } from './grid.ts'
import { ordinaryWords, plainWord } from './lexicon.ts'
import { lookAt, type Stretch } from './look.ts'
import { isPeople, isPerhapsPeople } from './person-context.ts'
import { isUnspacedPeople } from './person-unspaced.ts'
import { callsPhone } from './phone.ts'
import type { Span } from './span.ts'

/** One column's cells, and what its header calls them. `perhaps`: people or things; `personal`: what only people have; `secret`: keys to something. */
interface Column {
  readonly header: string
  readonly holds: 'people' | 'perhaps' | 'personal' | 'secret'
  readonly cells: readonly Stretch[]
}

/** A cell after another is read with its header so long as that reads little more than the text. */
const mostTimes = 3

/** Tables: CSV, TSV, Markdown and columns apart by blanks. What a header calls its cells is looked for as if the header stood before each: `Phone: 555 0100`. `found` is what was found without. */
export function findTables(spansOf: (text: string) => readonly Span[]): (text: string, found: readonly Span[]) => readonly Span[] {
  return (text, found) =>
    text.includes('\n')
      ? gridsIn(text, (header) => (headerOf(header) ?? more.opens(header, '')) !== undefined).flatMap((grid) =>
          spansIn(text, columnsOf(text, grid), found, spansOf),
        )
      : []
}

function columnsOf(text: string, [headers, ...rows]: readonly (readonly Stretch[])[]): readonly Column[] {
  const all = (headers ?? []).map(({ start, end }) => text.slice(start, end))
  return all.flatMap((written, place) => {
    const header = headerOf(written) ?? more.opens(written, all.join(' '))
    const cells = rows.flatMap((row) => row[place] ?? []).filter((cell) => isRead(text.slice(cell.start, cell.end)))
    // Where labels stand below it, too, the line is no header's: labels and values stand beside each other.
    const labels = cells.filter((cell) => headerOf(text.slice(cell.start, cell.end)) !== undefined)
    return header === undefined || labels.length * 3 > cells.length ? [] : [{ ...header, cells }]
  })
}

/** Nothing is read in a line under the headers, nor again in what is masked. */
function isRead(cell: string): boolean {
  return !rule.test(cell) && !cell.includes(shield)
}

function spansIn(
  text: string,
  columns: readonly Column[],
  before: readonly Span[],
  spansOf: (text: string) => readonly Span[],
): readonly Span[] {
  const isOfPeople = columns.some(({ holds }) => holds === 'people' || holds === 'personal')
  return columns.flatMap(({ header, holds, cells }): readonly Span[] => {
    // Under a header that things may have too, half of the cells have to be known names.
    if (holds === 'perhaps' && !isOfPeople && namesAmong(cells, before) * 2 < cells.length) return []
    const found = asLines(text, `${header}: `, cells, spansOf)
    if (holds === 'personal' || holds === 'secret') return found
    return [
      ...found,
      ...cells.filter(({ start, end }) => isName(text.slice(start, end))).map((cell) => ({ ...cell, kind: 'person' as const })),
    ]
  })
}

function namesAmong(cells: readonly Stretch[], found: readonly Span[]): number {
  const [from, to] = [cells[0]?.start ?? 0, cells.at(-1)?.end ?? 0]
  const names = found.filter(({ kind, start, end }) => kind === 'person' && start < to && from < end)
  return names.length === 0 ? 0 : cells.filter(({ start, end }) => names.some((name) => name.start < end && start < name.end)).length
}

/** What is found in cells once each stands in a line with its header. */
function asLines(text: string, lead: string, cells: readonly Stretch[], spansOf: (text: string) => readonly Span[]): readonly Span[] {
  const most = mostTimes * text.length
  let lines = ''
  const starts = cells.map(({ start, end }) => {
    // Past the most that is read, what stands under such a header is masked unread.
    if (lines.length > most) return -1
    lines += lead
    const at = lines.length
    lines += `${text.slice(start, end)}\n${shield}\n`
    return at
  })
  const found = spansOf(lines)
  let next = 0
  return cells.flatMap(({ start, end }, index): readonly Span[] => {
    const at = starts[index] ?? -1
    if (at === -1) return [{ start, end, kind: 'other' }]
    while ((found[next]?.end ?? Infinity) <= at) next += 1
    const own: Span[] = []
    for (let place = next; (found[place]?.start ?? Infinity) < at + end - start; place += 1) {
      const span = found[place]
      if (span !== undefined) own.push({ ...span, start: start + Math.max(0, span.start - at), end: Math.min(end, start + span.end - at) })
    }
    return own
  })
}

const name = /^\p{L}[\p{L}\p{M}'’.-]*(?:,? [\p{L}\p{M}'’.-]+){0,5}$/u

/** Whether a cell could be somebody's name: letters, and a word that is no ordinary one. */
function isName(cell: string): boolean {
  return cell.length < 60 && name.test(cell) && cell.split(/,? /).some((word) => word.length > 1 && !ordinaryWords.has(plainWord(word)))
}

/** What a header calls its cells; undefined where that is nothing that is looked for. */
function headerOf(written: string): Omit<Column, 'cells'> | undefined {
  // Code has its signs.
  if (!/^[*_#(]?\p{L}/u.test(written) || /[={}]/.test(written)) return undefined
  const header = written
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_*#()]+/g, ' ')
    .trim()
  if (isPeople(header) || isUnspacedPeople(header)) return { header, holds: 'people' }
  if (isPerhapsPeople(header)) return { header, holds: 'perhaps' }
  const look = lookAt(`${header}: `)
  if (
    callsPhone(header) ||
    look.words('personal', 'plate', 'unparted', 'birth', 'unpartedBirth', 'addressLabel', 'unpartedAddress').length > 0
  )
    return { header, holds: 'personal' }
  return look.words('strong', 'code').length > 0 || /^(?:clave|pass|pw)$/i.test(header) ? { header, holds: 'secret' } : undefined
}
