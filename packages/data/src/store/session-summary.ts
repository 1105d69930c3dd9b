import type { RecordRow } from './key-rows.ts'

/** One recording on one device, as its person sees it in a list. */
export interface SessionSummary {
  readonly session: string
  readonly person: string
  readonly device: string
  readonly mode: string
  readonly origin: string
  readonly batches: number
  readonly events: number
  readonly tasks: number
  readonly firstAtEpochMs: number
  readonly lastAtEpochMs: number
}

/** Recorded sessions by their rows, newest first. */
export function sessionsOf(rows: readonly RecordRow[]): SessionSummary[] {
  const groups = Map.groupBy(rows, (row) => row.session)
  return [...groups.values()].map(summary).toSorted((left, right) => right.lastAtEpochMs - left.lastAtEpochMs)
}

function summary(rows: readonly RecordRow[]): SessionSummary {
  const sum = (count: (row: RecordRow) => number): number => rows.reduce((total, row) => total + count(row), 0)
  const times = rows.map((row) => row.atEpochMs)
  const { session = '', person = '', device = '', mode = '', origin = '' } = rows[0] ?? {}
  return {
    session,
    person,
    device,
    mode,
    origin,
    batches: rows.length,
    events: sum((row) => row.events),
    tasks: sum((row) => row.tasks),
    firstAtEpochMs: Math.min(...times),
    lastAtEpochMs: Math.max(...times),
  }
}
