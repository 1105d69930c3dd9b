/** A seeded source of chance (cyrb53 into sfc32): the same seed gives the same page on every machine. */
export function diceOf(seed) {
  const next = sfc32(...words(seed))
  for (let warm = 0; warm < 12; warm += 1) next()
  const int = (below) => Math.floor(next() * below)
  const shuffle = (list) => {
    const mixed = [...list]
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = int(at + 1)
      ;[mixed[at], mixed[other]] = [mixed[other], mixed[at]]
    }
    return mixed
  }
  return {
    next,
    int,
    /** A whole number, both ends included. */
    between: (low, high) => low + int(high - low + 1),
    chance: (share01) => next() < share01,
    pick: (list) => list[int(list.length)],
    sample: (list, count) => shuffle(list).slice(0, count),
    shuffle,
  }
}

function words(seed) {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (const char of seed) {
    const code = char.codePointAt(0)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  return [one >>> 0, two >>> 0, Math.imul(one, two) >>> 0, (one ^ two) >>> 0]
}

function sfc32(first, second, third, fourth) {
  let [a, b, c, d] = [first, second, third, fourth]
  return () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
}
