interface Line {
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: string
  /** The highest y; the axis begins at 0. */
  readonly top: number
  readonly marks?: readonly { readonly x: number; readonly text: string }[]
}

const widthPx = 320
const heightPx = 96
const padPx = 8

/** A small line chart: one series, axis from 0. */
export function LineChart({ points, label, top, marks = [] }: Line) {
  const xs = points.map((point) => point.x)
  const low = Math.min(...xs)
  const span = Math.max(Math.max(...xs) - low, 1e-9)
  const px = (x: number) => padPx + ((x - low) / span) * (widthPx - 2 * padPx)
  const py = (y: number) => padPx + (1 - y / top) * (heightPx - 2 * padPx)
  const path = points.map(({ x, y }) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ')
  return (
    <svg viewBox={`0 0 ${widthPx} ${heightPx + (marks.length === 0 ? 0 : 16)}`} role="img" aria-label={label} className="block w-full">
      {[0, 0.5, 1].map((at) => (
        <line key={at} x1={padPx} x2={widthPx - padPx} y1={py(at * top)} y2={py(at * top)} className="stroke-line" strokeWidth={1} />
      ))}
      <polyline points={path} fill="none" className="stroke-accent" strokeWidth={2} strokeLinejoin="round" />
      {points.length <= 12
        ? points.map(({ x, y }) => <circle key={x} cx={px(x)} cy={py(y)} r={3.5} className="fill-accent stroke-card" strokeWidth={1.5} />)
        : null}
      {marks.map(({ x, text }) => (
        <text key={text} x={px(x)} y={heightPx + 12} textAnchor="middle" className="fill-faint text-[11px]">
          {text}
        </text>
      ))}
    </svg>
  )
}

/** Named shares as bars. */
export function Bars({
  rows,
}: {
  readonly rows: readonly { readonly name: string; readonly value01: number; readonly main?: boolean; readonly note?: string }[]
}) {
  return (
    <div className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1.5 text-[13px]">
      {rows.map(({ name, value01, main = false, note }) => (
        <div key={name} className="contents">
          <span className={main ? 'font-semibold' : 'text-soft'}>{name}</span>
          <span className="h-2.5 overflow-hidden rounded-full bg-sunken">
            <span className={`block h-full rounded-full ${main ? 'bg-accent' : 'bg-faint'}`} style={{ width: `${value01 * 100}%` }} />
          </span>
          <span className="text-right font-semibold tabular-nums">{note ?? `${Math.round(value01 * 100)}%`}</span>
        </div>
      ))}
    </div>
  )
}
