import type { IngestRow } from './rows.ts'

/** A figure that was asked for, and what was measured. */
export interface Target {
  readonly what: string
  readonly target: string
  readonly measured: number | null
  readonly holds: boolean
}

/** Clients at which targets are judged. */
export const most = 128

/** What ingest is held against, from our own rows at 128 clients. */
export function targetsOf(rows: readonly IngestRow[]): readonly Target[] {
  const of = (workload: string): IngestRow | undefined =>
    rows.find((row) => row.store === 'overt' && row.workload === workload && row.clients === most)
  const least = (what: string, workload: string, limit: number): Target => {
    const measured = of(workload)?.eventsPerCpuS ?? null
    return { what, target: `>= ${limit}`, measured, holds: measured !== null && measured >= limit }
  }
  const under = (what: string, measured: number | null, limit: number): Target => ({
    what,
    target: `< ${limit}`,
    measured,
    holds: measured !== null && measured < limit,
  })
  const resident = Math.max(...rows.filter(({ store }) => store === 'overt').map(({ rssBytes }) => rssBytes / 1_000_000))
  return [
    least('durable events a CPU-second, full batches without text', 'full', 120_000),
    least('durable events a CPU-second, full batches with text', 'full+text', 50_000),
    least('durable events a CPU-second, the demo’s batches without text', 'demo', 120_000),
    least('durable events a CPU-second, the demo’s batches with text', 'demo+text', 50_000),
    under('p99 in ms at 128 clients, the demo’s batches with text', of('demo+text')?.p99Ms ?? null, 50),
    under('p99 in ms at 128 clients, the same at the pace of recorders', of('demo+text')?.pacedP99Ms ?? null, 50),
    under('resident MB under load, the most of all rows', Number.isFinite(resident) ? resident : null, 300),
  ]
}
