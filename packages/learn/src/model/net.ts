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

/** Score of one candidate with features `ids[from..to)`; `layer` (length `hidden`) is left with the hidden units after the ramp. */
export function score(net: Net, ids: Uint32Array, from: number, to: number, layer: Float32Array): number {
  const { linear, embedding, bias, out, shape } = net
  const { hidden } = shape
  const linearMask = linear.length - 1
  const hiddenMask = embedding.length / hidden - 1
  let sum = 0
  layer.set(bias)
  for (let at = from; at < to; at += 1) {
    const id = ids[at] ?? 0
    sum += linear[id & linearMask] ?? 0
    const base = (id & hiddenMask) * hidden
    for (let unit = 0; unit < hidden; unit += 1) layer[unit] = (layer[unit] ?? 0) + (embedding[base + unit] ?? 0)
  }
  for (let unit = 0; unit < hidden; unit += 1) {
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
