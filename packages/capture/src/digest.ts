/** A digest in 53 bits of the codes from one place to another, both of its halves begun with a key. */
export function digestOf(codeAt: (place: number) => number, from: number, to: number, keyOne = 0, keyTwo = 0): number {
  let [one, two] = [keyOne, keyTwo]
  for (let place = from; place < to; place += 1) {
    const code = codeAt(place)
    one = Math.imul(one ^ code, 0x1000193)
    two = Math.imul(two + code, 0x9e3779b1)
    two ^= two >>> 15
  }
  return (one >>> 0) * 0x200000 + (two >>> 11)
}
