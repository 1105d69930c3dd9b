/** Sizes of a network. `linearBits`, `hiddenBits`: base-2 logarithms of the hash tables' lengths. */
export interface NetShape {
  readonly linearBits: number
  readonly hiddenBits: number
  readonly hidden: number
}

/** A hashed linear ranker with one hidden layer over the same features. */
export interface Net {
  readonly shape: NetShape
  /** A weight per bucket. */
  readonly linear: Float32Array
  /** `hidden` numbers per bucket: what a feature adds to the hidden layer. */
  readonly embedding: Float32Array
  /** Bias of each hidden unit. */
  readonly bias: Float32Array
  /** Weight of each hidden unit in the score. */
  readonly out: Float32Array
}

/** Makes a network of zeros. */
export function emptyNet(shape: NetShape): Net {
  return {
    shape,
    linear: new Float32Array(2 ** shape.linearBits),
    embedding: new Float32Array(2 ** shape.hiddenBits * shape.hidden),
    bias: new Float32Array(shape.hidden),
    out: new Float32Array(shape.hidden),
  }
}

/** Score of one candidate with features `ids[from..to)`; `layer` (length `hidden`) is left with the hidden units after the ramp. `rows` is room for as many numbers as there are features. */
export function score(net: Net, ids: Uint32Array, from: number, to: number, layer: Float32Array, rows: Uint32Array): number {
  const { linear, embedding, shape } = net
  const { hidden } = shape
  const linearMask = linear.length - 1
  const hiddenMask = embedding.length / hidden - 1
  let sum = 0
  for (let at = from; at < to; at += 1) {
    const id = ids[at] ?? 0
    sum += linear[id & linearMask] ?? 0
    rows[at - from] = (id & hiddenMask) * hidden
  }
  layer.set(net.bias)
  addRows(net, rows, to - from, layer)
  return ramp(net, layer, sum)
}

const lanes = 4

/**
 * Adds to `layer` the rows of the embedding that begin at `rows[0..count)`.
 * One after the other in single precision, so that a sum begun elsewhere and gone on with here has the same bits;
 * four units at a time stay in registers, which halves the time of writing each sum to the layer.
 */
export function addRows({ embedding, shape }: Net, rows: Uint32Array, count: number, layer: Float32Array): void {
  for (let unit = 0; unit < shape.hidden; unit += lanes) {
    let one = layer[unit] ?? 0
    let two = layer[unit + 1] ?? 0
    let three = layer[unit + 2] ?? 0
    let four = layer[unit + 3] ?? 0
    for (let at = 0; at < count; at += 1) {
      const base = (rows[at] ?? 0) + unit
      one = Math.fround(one + (embedding[base] ?? 0))
      two = Math.fround(two + (embedding[base + 1] ?? 0))
      three = Math.fround(three + (embedding[base + 2] ?? 0))
      four = Math.fround(four + (embedding[base + 3] ?? 0))
    }
    // What lies past the last unit belongs to no unit: a typed array drops it.
    layer[unit] = one
    layer[unit + 1] = two
    layer[unit + 2] = three
    layer[unit + 3] = four
  }
}

/** Puts the ramp over the hidden units, in place, and adds what they weigh to `sum`: the score. */
export function ramp(net: Net, layer: Float32Array, sum: number): number {
  const { out } = net
  for (let unit = 0; unit < layer.length; unit += 1) {
    const value = layer[unit] ?? 0
    if (value > 0) sum += value * (out[unit] ?? 0)
    else layer[unit] = 0
  }
  return sum
}

/** Turns scores into probabilities, in place. `temperature` above 1 flattens. */
export function softmax(scores: Float64Array, temperature = 1): void {
  let greatest = -Infinity
  for (const value of scores) if (value > greatest) greatest = value
  let total = 0
  for (let at = 0; at < scores.length; at += 1) {
    const weight = Math.exp(((scores[at] ?? 0) - greatest) / temperature)
    scores[at] = weight
    total += weight
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / total
}
