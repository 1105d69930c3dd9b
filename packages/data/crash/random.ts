/** Numbers from 0 to 1 that follow from a seed alone (mulberry32). */
export type Random = () => number

/** A stream of numbers; the same seed gives the same stream. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from 0 up to, and without, `below`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}
