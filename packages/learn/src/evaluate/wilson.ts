const z = 1.959963984540054

/** Wilson's 95% interval for a rate, 0-1 at both ends; [0, 1] where nothing was tried. */
export function wilson(successes: number, n: number): [number, number] {
  if (n === 0) return [0, 1]
  const rate = successes / n
  const centre = rate + (z * z) / (2 * n)
  const spread = z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}
