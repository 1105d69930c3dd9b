/** What was dropped, masked or went wrong, by reason: all of it, and what came since the last batch. */
export interface Counters {
  count(reason: string, by?: number): void
  /** Everything so far. */
  readonly all: Readonly<Record<string, number>>
  /** What came since the last call. */
  takeNew(): Record<string, number>
}

/** Makes empty counters. */
export function createCounters(): Counters {
  const all: Record<string, number> = {}
  let fresh: Record<string, number> = {}
  return {
    all,
    count: (reason, by = 1) => {
      const key = reason.slice(0, 64)
      all[key] = (all[key] ?? 0) + by
      fresh[key] = (fresh[key] ?? 0) + by
    },
    takeNew: () => {
      const taken = fresh
      fresh = {}
      return taken
    },
  }
}
