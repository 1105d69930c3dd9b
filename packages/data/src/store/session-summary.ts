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
export function sessionsOf(rows: Iterable<RecordRow>): SessionSummary[] {
  const sessions = new Map<string, SessionSummary>()
  for (const row of rows) sessions.set(row.session, added(sessions.get(row.session), row))
  return [...sessions.values()].toSorted((left, right) => right.lastAtEpochMs - left.lastAtEpochMs)
}

function added(before: SessionSummary | undefined, row: RecordRow): SessionSummary {
  const { session, person, device, mode, origin, events, tasks, atEpochMs } = row
  if (before === undefined)
    return { session, person, device, mode, origin, batches: 1, events, tasks, firstAtEpochMs: atEpochMs, lastAtEpochMs: atEpochMs }
  return {
    ...before,
    batches: before.batches + 1,
    events: before.events + events,
    tasks: before.tasks + tasks,
    firstAtEpochMs: Math.min(before.firstAtEpochMs, atEpochMs),
    lastAtEpochMs: Math.max(before.lastAtEpochMs, atEpochMs),
  }
}
