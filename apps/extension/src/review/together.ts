import type { Held } from '../talk/message.ts'

/** What a person decides about in one go. */
export interface Together {
  readonly ns: readonly number[]
  readonly places: readonly string[]
  readonly fromEpochMs: number
  readonly untilEpochMs: number
  readonly acts: readonly string[]
  readonly words: readonly string[]
  readonly pictures: readonly string[]
}

/** The batches of one `session` (a tab with those that it opened), or of one `place`, each in order and the oldest first. */
export function groupsOf(held: readonly Held[], by: 'session' | 'place'): readonly (readonly Held[])[] {
  return [...Map.groupBy(held, (one) => one[by]).values()]
}

/** Batches put together. */
export function togetherOf(held: readonly Held[]): Together {
  const times = held.map(({ atEpochMs }) => atEpochMs)
  return {
    ns: held.map(({ n }) => n),
    places: [...new Set(held.map(({ place }) => place))],
    fromEpochMs: Math.min(...times),
    untilEpochMs: Math.max(...times),
    acts: held.flatMap(({ acts }) => acts),
    words: [...new Set(held.flatMap(({ words }) => words))],
    pictures: held.flatMap(({ pictures }) => pictures),
  }
}
