/** Places of `keys` from the greatest to the least, equals in their order: a merge sort of numbers, a third of the time of sorting objects by a function. */
export function descending(keys: Float64Array): Uint32Array {
  const { length } = keys
  let from = Uint32Array.from(keys.keys())
  let to = new Uint32Array(length)
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width)
      merge(keys, from, to, start, Math.min(start + width, length), Math.min(start + 2 * width, length))
    const sorted = to
    to = from
    from = sorted
  }
  return from
}

function merge(keys: Float64Array, from: Uint32Array, to: Uint32Array, start: number, middle: number, end: number): void {
  let left = start
  let right = middle
  for (let at = start; at < end; at += 1) {
    const isLeft = left < middle && (right >= end || (keys[from[left] ?? 0] ?? 0) >= (keys[from[right] ?? 0] ?? 0))
    to[at] = from[isLeft ? left++ : right++] ?? 0
  }
}
