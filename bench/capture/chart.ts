import type { CaptureRow } from './rows.ts'

interface Bar {
  readonly label: string
  readonly value: number
}

const widthPx = 720
const labelPx = 110
const barPx = 18

/** Bars of two figures of each recorder, on a scale of powers of ten: from a twentieth of a millisecond to a hundred nothing would be seen on another. */
export function chartOf(rows: readonly CaptureRow[]): string {
  const groups = [
    ['Script CPU, form, ms an action', barsOf(rows, 'form', (row) => row.scriptMsPerAction)],
    ['Profiler CPU, live grid, ms a redraw', barsOf(rows, 'grid', (row) => row.profilerMsPerAction)],
    ['gzip kB, form', barsOf(rows, 'form', (row) => (row.gzipBytes ?? 0) / 1_000)],
    ['gzip kB, live grid', barsOf(rows, 'grid', (row) => (row.gzipBytes ?? 0) / 1_000)],
  ] as const
  const parts: string[] = []
  let top = 10
  for (const [title, bars] of groups) {
    if (bars.length === 0) continue
    parts.push(`<text x="8" y="${top + 14}" font-weight="600">${title}</text>`)
    parts.push(...bars.map((bar, at) => drawn(bar, bars, top + 22 + at * barPx)))
    top += 40 + bars.length * barPx
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${top}" font-family="sans-serif" font-size="12" role="img"><title>Costs of recorders, logarithmic</title><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>\n`
}

function barsOf(rows: readonly CaptureRow[], workload: string, read: (row: CaptureRow) => number | null): Bar[] {
  const own = rows.filter((row) => row.workload === workload && row.recorder !== 'none')
  return own.flatMap((row) => {
    const value = read(row)
    return value === null || value <= 0 ? [] : [{ label: row.recorder, value }]
  })
}

function drawn({ label, value }: Bar, bars: readonly Bar[], y: number): string {
  const logs = bars.map((bar) => Math.log10(bar.value))
  const [low, high] = [Math.floor(Math.min(...logs)), Math.max(...logs)]
  const room = widthPx - labelPx - 90
  const width = Math.max(2, Math.round((room * (Math.log10(value) - low)) / Math.max(0.1, high - low)))
  const fill = label.startsWith('ours') ? '#0a6e5c' : '#9aa3ad'
  const text = Number(value.toPrecision(3))
  return `<text x="${labelPx - 6}" y="${y + 12}" text-anchor="end">${label}</text><rect x="${labelPx}" y="${y + 2}" width="${width}" height="${barPx - 5}" fill="${fill}"/><text x="${labelPx + width + 6}" y="${y + 12}">${text}</text>`
}
