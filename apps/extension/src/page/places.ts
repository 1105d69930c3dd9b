import type { FramePlace } from '../talk/message.ts'

const mostKept = 16

/** Where a document stands from a moment on; null where nobody around it may tell. `turn`: how often that has changed. */
interface Known {
  readonly sinceEpochMs: number
  readonly turn: number
  readonly place: FramePlace | null
}

/** Where a document stood, over time. */
export interface Places {
  /** Says whether it is another place than the one before. */
  learn(place: FramePlace | null, sinceEpochMs: number): boolean
  /** Where it stood when a batch was closed. */
  at(closedAtEpochMs: number): Pick<Known, 'turn' | 'place'>
  last(): FramePlace | null
}

/** Knows no place yet. */
export function createPlaces(): Places {
  let known: readonly Known[] = []
  return {
    learn: (place, sinceEpochMs) => {
      const last = known.at(-1)
      if (last !== undefined && JSON.stringify(last.place) === JSON.stringify(place)) return false
      known = [...known, { sinceEpochMs, turn: (last?.turn ?? -1) + 1, place }].slice(-mostKept)
      return true
    },
    at: (closedAtEpochMs) => known.findLast(({ sinceEpochMs }) => sinceEpochMs < closedAtEpochMs) ?? known[0] ?? { turn: 0, place: null },
    last: () => known.at(-1)?.place ?? null,
  }
}

/** Tells at each pointer event whether the document has moved on the screen since the one before: a pointer knows both its places. */
export function screenShifts(): (event: PointerEvent) => boolean {
  let at: readonly [number, number] | null = null
  return ({ screenX, screenY, clientX, clientY }) => {
    const now = [screenX - clientX, screenY - clientY] as const
    const shifted = at !== null && (Math.abs(now[0] - at[0]) > 1.5 || Math.abs(now[1] - at[1]) > 1.5)
    at = now
    return shifted
  }
}
