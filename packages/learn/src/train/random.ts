/** Numbers in [0, 1), the same for the same seed on every machine (mulberry32). */
export type Random = () => number

/** Makes a generator; `seed` is taken modulo 2^32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }
}

/** Shuffles in place (Fisher-Yates). */
export function shuffle<T>(list: T[], random: Random): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = list[at]
    const moved = list[other]
    if (kept === undefined || moved === undefined) continue
    list[at] = moved
    list[other] = kept
  }
}
