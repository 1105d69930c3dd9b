import type { Observation } from '@overt/schema'

/** Bands of rows of a min-hash sketch: two screens of which 97% is the same share a band with probability 0.998, of which 90% 0.89, of which half 0.015. */
const bands = 4
const rowsPerBand = 8

/** The sketch of a screen under a goal: near-duplicates share at least one number, whatever their ids, order, case and geometry. */
export function sketch(goal: string, { nodes }: Observation): number[] {
  const tokens = new Set(
    nodes.map(({ role, name, value, options }) => hash32(`${role}|${name}|${value}|${options.length}`.toLowerCase(), 0)),
  )
  const smallest = new Uint32Array(bands * rowsPerBand).fill(0xffff_ffff)
  for (const token of tokens)
    for (let row = 0; row < smallest.length; row += 1) {
      const permuted = scramble(token ^ Math.imul(row + 1, 0x9e37_79b1))
      if (permuted < (smallest[row] ?? 0)) smallest[row] = permuted
    }
  const plain = goal.toLowerCase().replace(/\s+/gu, ' ').trim()
  return Array.from({ length: bands }, (_, band) => {
    const key = `${plain}\0${band}\0${smallest.subarray(band * rowsPerBand, (band + 1) * rowsPerBand).join()}`
    return hash32(key, 1) * 2 ** 21 + (hash32(key, 2) >>> 11)
  })
}

/** FNV-1a over UTF-16 units, scrambled. */
function hash32(text: string, seed: number): number {
  let hash = 0x811c_9dc5 ^ seed
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193)
  return scramble(hash)
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
function scramble(input: number): number {
  let hash = input
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
