/** What a page with a clock of the driver's own has. */
export interface Clocked {
  readonly overtClock: {
    /** When each of the next strokes begins or ends, in ms since the page was opened, in order. */
    readonly dueMs: number[]
    /** Lets time go on, and whatever was set for a time until then happen. */
    to(atMs: number): void
  }
}

/** Runs in a page before anything else. Its time stands still but for strokes: each brings the moment that was named for it along, so that hours of work pass as fast as the browser takes keys, and the recorder's clocks and timers see nothing else. */
export function placeClock(): void {
  const startEpochMs = Date.now()
  const timers = new Map<number, { readonly react: () => void; readonly atMs: number }>()
  const dueMs: number[] = []
  let nowMs = 0
  let last = 0
  const to = (atMs: number): void => {
    for (;;) {
      const [next] = [...timers]
        .filter(([, timer]) => timer.atMs <= atMs)
        .toSorted((left, right) => left[1].atMs - right[1].atMs || left[0] - right[0])
      if (next === undefined) break
      timers.delete(next[0])
      nowMs = Math.max(nowMs, next[1].atMs)
      next[1].react()
    }
    nowMs = Math.max(nowMs, atMs)
  }
  performance.now = () => nowMs
  Date.now = () => startEpochMs + nowMs
  const setTimer = (react: () => void, delayMs = 0): number => {
    last += 1
    timers.set(last, { react, atMs: nowMs + Math.max(0, delayMs) })
    return last
  }
  Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: (timer: number) => timers.delete(timer), overtClock: { dueMs, to } })
  for (const type of ['keydown', 'keyup', 'pointerdown', 'pointerup'] as const)
    addEventListener(type, () => to(dueMs.shift() ?? nowMs), true)
}
