import { middleOf, rounded } from '../capture/figures.ts'
import type { Trial } from './trial.ts'

/** One trial with what it was of. */
export interface Taken {
  readonly store: string
  readonly workload: string
  readonly clients: number
  readonly trial: Trial
}

/** Medians over the repetitions. */
export interface IngestRow {
  readonly store: string
  readonly workload: string
  readonly clients: number
  readonly repetitions: number
  /** Durable batches a second of the clock, client and server on one machine. */
  readonly acksPerS: number | null
  /** Durable events a second of processor time of all that serves. */
  readonly eventsPerCpuS: number | null
  readonly eventsPerCpuSpread: readonly [number | null, number | null]
  readonly cpuUsPerBatch: number | null
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  /** At the pace of recorders; null where that was not run. */
  readonly pacedP99Ms: number | null
  readonly clientUsPerBatch: number | null
  /** Most that was resident, of all repetitions. */
  readonly rssBytes: number
}

/** Rows by workload, clients and store, in the order in which they were first run. */
export function summarise(taken: readonly Taken[]): IngestRow[] {
  const groups = Map.groupBy(taken, ({ store, workload, clients }) => `${workload}\n${clients}\n${store}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const middle = (read: (trial: Trial) => number): number | null => rounded(middleOf(group.map(({ trial }) => read(trial))).median)
    const { spread } = middleOf(group.map(({ trial }) => trial.eventsPerCpuS))
    return {
      store: first.store,
      workload: first.workload,
      clients: first.clients,
      repetitions: group.length,
      acksPerS: middle((trial) => trial.acksPerS),
      eventsPerCpuS: middle((trial) => trial.eventsPerCpuS),
      eventsPerCpuSpread: [rounded(spread[0]), rounded(spread[1])] as const,
      cpuUsPerBatch: middle((trial) => trial.cpuUsPerBatch),
      p50Ms: middle((trial) => trial.p50Ms),
      p99Ms: middle((trial) => trial.p99Ms),
      pacedP99Ms: middle((trial) => trial.pacedP99Ms),
      clientUsPerBatch: middle((trial) => trial.clientUsPerBatch),
      rssBytes: Math.max(...group.map(({ trial }) => trial.rssBytes)),
    }
  })
}
