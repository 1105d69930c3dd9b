import { upkeep, type Reemit, type Store } from '@overt/data'

const everyMs = 3_600_000

/** The retention as a server runs it: at its start, then every hour. */
export interface Retaining {
  /** Counts since the start. */
  readonly counters: () => Readonly<Record<'retention_runs' | 'retention_failures' | 'retention_ended' | 'retention_left', number>>
  stop(): Promise<void>
}

/** Ends what has been kept for as long as was agreed; what fails is counted, told and tried again at the next hour. */
export function retain(
  store: Store,
  options: { readonly reemit?: Reemit | undefined; readonly failed: (error: unknown) => void },
): Retaining {
  const counts = { retention_runs: 0, retention_failures: 0, retention_ended: 0, retention_left: 0 }
  const { reemit } = options
  const once = async (): Promise<void> => {
    try {
      const { events, frames, datasets, left } = await upkeep.enforceRetention(store, reemit === undefined ? {} : { reemit })
      counts.retention_runs += 1
      counts.retention_ended += events.ended + frames.ended + datasets.ended
      counts.retention_left += left.length
    } catch (error) {
      counts.retention_failures += 1
      options.failed(error)
    }
  }
  let running = once()
  const timer = setInterval(() => {
    running = running.then(once)
  }, everyMs)
  timer.unref()
  return {
    counters: () => ({ ...counts }),
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
