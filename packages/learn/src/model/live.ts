import type { Net } from './net.ts'

/** Which weights of a trained network are not zero, a bit each. Most are zero, and to ask the bits, which stay near the processor, is faster than to fetch zeros from memory. */
export interface Live {
  /** By bucket of the linear table. */
  readonly linear: Uint32Array
  /** By row of the embedding: whether any of its numbers is not zero. */
  readonly rows: Uint32Array
}

/** Reads which weights are not zero. */
export function liveOf({ linear, embedding, shape }: Net): Live {
  const live: Live = { linear: bitsFor(linear.length), rows: bitsFor(embedding.length / shape.hidden) }
  linear.forEach((weight, at) => {
    if (weight !== 0) mark(live.linear, at)
  })
  embedding.forEach((weight, at) => {
    if (weight !== 0) mark(live.rows, Math.floor(at / shape.hidden))
  })
  return live
}

/**
 * Adds the linear weights of the features `ids[from..to)` to `sum`, and puts where their rows of the embedding begin into `rows`, both without the zeros.
 * The sum is returned; how many rows there are is `rows[to - from]`.
 */
export function weigh(net: Net, live: Live, ids: Uint32Array, from: number, to: number, rows: Uint32Array, sum: number): number {
  const { linear, embedding, shape } = net
  const linearMask = linear.length - 1
  const rowMask = embedding.length / shape.hidden - 1
  let count = 0
  for (let at = from; at < to; at += 1) {
    const id = ids[at] ?? 0
    const bucket = id & linearMask
    if (isMarked(live.linear, bucket)) sum += linear[bucket] ?? 0
    const row = id & rowMask
    if (isMarked(live.rows, row)) rows[count++] = row * shape.hidden
  }
  rows[to - from] = count
  return sum
}

function bitsFor(count: number): Uint32Array {
  return new Uint32Array((count + 31) >>> 5)
}

function mark(bits: Uint32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
}

function isMarked(bits: Uint32Array, at: number): boolean {
  return (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1
}
