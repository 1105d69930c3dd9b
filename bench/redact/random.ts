/** Draws the same things for the same seed. */
export interface Draw {
  /** 0 to below `below`. */
  whole(below: number): number
  one<Item>(items: readonly Item[]): Item
  /** As many characters of an alphabet. */
  text(alphabet: string, length: number): string
}

/** A stream of numbers by mulberry32. */
export function drawFrom(seed: number): Draw {
  let state = seed | 0
  const whole = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[whole(items.length)]
    if (item === undefined) throw new RangeError('nothing to draw from')
    return item
  }
  const text = (alphabet: string, length: number): string => Array.from({ length }, () => alphabet[whole(alphabet.length)] ?? '').join('')
  return { whole, one, text }
}
