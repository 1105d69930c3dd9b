const windowMs = 60_000
const bucketMs = 1_000
/** The browser walks its whole heap for this: no more often. */
const memoryEveryMs = 60_000

/** What recording costs the page it runs in. */
export interface Reading {
  /** Of the last minute, how much of it the page waited for the recorder. */
  readonly share01: number
  /** Since the recorder came into the page; 0 where nothing was done yet. */
  readonly msPerAct: number
  readonly acts: number
  /** How often it went over its budget. */
  readonly pauses: number
  /** Memory of the page with the recorder in it, which no browser tells apart; null where it does not tell at all. */
  readonly pageBytes: number | null
}

/** Counts the time that a recorder holds its page up. */
export interface Meter {
  readonly worked: (ms: number) => void
  acted(): void
  /** The most of a minute that recording may take; all of it, while nothing is said. */
  allow(budget01: number): void
  /** Over the budget once, it stays so until its person has it go on. */
  isOver(): boolean
  goOn(): void
  read(): Reading
}

/** Begins to count. */
export function createMeter(nowMs: () => number): Meter {
  let buckets: { readonly fromMs: number; ms: number }[] = []
  let [totalMs, acts, pauses, over, most01] = [0, 0, 0, false, 1]
  const memory = watchMemory(nowMs)
  const share01 = (): number => {
    buckets = buckets.filter(({ fromMs }) => fromMs > nowMs() - windowMs)
    return buckets.reduce((sum, { ms }) => sum + ms, 0) / windowMs
  }
  return {
    worked: (ms) => {
      totalMs += ms
      const last = buckets.at(-1)
      if (last !== undefined && nowMs() - last.fromMs < bucketMs) last.ms += ms
      else buckets.push({ fromMs: nowMs(), ms })
    },
    acted: () => void (acts += 1),
    allow: (budget01) => void (most01 = budget01),
    isOver: () => {
      if (over || share01() <= most01) return over
      pauses += 1
      return (over = true)
    },
    goOn: () => {
      over = false
      buckets = []
    },
    read: () => ({ share01: share01(), msPerAct: acts === 0 ? 0 : totalMs / acts, acts, pauses, pageBytes: memory() }),
  }
}

/** https://wicg.github.io/performance-measure-memory/: only where the page is isolated from others. */
interface Measuring {
  measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: number }>
}

/** The last answer of the browser, which takes its time. */
function watchMemory(nowMs: () => number): () => number | null {
  const measuring = performance as Measuring // as: newer than the types, and not in every browser
  let bytes: number | null = null
  let askedMs = -Infinity
  return () => {
    if (nowMs() - askedMs < memoryEveryMs) return bytes
    askedMs = nowMs()
    void measuring.measureUserAgentSpecificMemory?.().then(
      (found) => (bytes = found.bytes),
      () => null,
    )
    return bytes
  }
}
