import { emptyNet, score, softmax, type Net, type NetShape } from '../model/net.ts'
import type { Decision } from './decision.ts'
import { createRandom, shuffle, type Random } from './random.ts'

/** How a network is fitted. */
export interface FitOptions {
  readonly shape: NetShape
  readonly seed: number
  readonly epochs: number
  readonly rate: number
  /** Share of features hidden at each decision, 0-1: no single one is relied on. */
  readonly hide01: number
  readonly decay: number
  /** Features that fewer demonstrations than this have are left out: they can only be learnt by heart. */
  readonly minDemonstrations: number
}

/** What one pass over the decisions gave. */
export interface Epoch {
  readonly epoch: number
  readonly loss: number
  readonly top1: number
}

interface Fitter {
  readonly net: Net
  readonly squares: {
    readonly linear: Float32Array
    readonly embedding: Float32Array
    readonly bias: Float32Array
    readonly out: Float32Array
  }
  readonly options: FitOptions
  readonly random: Random
  readonly scratch: Scratch
}

/** Room for one decision, used again for the next. */
interface Scratch {
  readonly ids: Uint32Array
  readonly offsets: Uint32Array
  readonly scores: Float64Array
  readonly layer: Float32Array
  /** Where the rows of the embedding begin, of the candidate scored last. */
  readonly rows: Uint32Array
  /** The units that the gradient reaches, and how much of it reaches each. */
  readonly awake: Uint16Array
  readonly deltas: Float32Array
}

const least = 1e-3
const epsilon = 1e-6

/** Fits a network by stochastic gradients (Adagrad) on the likelihood of any of the right candidates. The same decisions and options give the same bytes. */
export function fit(decisions: readonly Decision[], options: FitOptions, onEpoch: (epoch: Epoch) => void): Net {
  const random = createRandom(options.seed)
  const net = startingNet(options.shape, random)
  const squares = {
    linear: new Float32Array(net.linear.length),
    embedding: new Float32Array(net.embedding.length),
    bias: new Float32Array(net.bias.length),
    out: new Float32Array(net.out.length),
  }
  const order = prune(decisions, options.minDemonstrations)
  const fitter: Fitter = { net, squares, options, random, scratch: scratchFor(order, options.shape.hidden) }
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random)
    let loss = 0
    let hits = 0
    const rate = options.rate * (1 - (0.9 * epoch) / options.epochs)
    for (const decision of order) {
      const result = learn(fitter, decision, rate)
      loss += result.loss
      hits += result.hit
    }
    onEpoch({ epoch: epoch + 1, loss: loss / order.length, top1: hits / order.length })
  }
  forget(fitter)
  return net
}

function scratchFor(decisions: readonly Decision[], hidden: number): Scratch {
  const features = decisions.reduce((most, { ids }) => Math.max(most, ids.length), 0)
  const candidates = decisions.reduce((most, { right }) => Math.max(most, right.length), 0)
  return {
    ids: new Uint32Array(features),
    offsets: new Uint32Array(candidates + 1),
    scores: new Float64Array(candidates),
    layer: new Float32Array(hidden),
    rows: new Uint32Array(features),
    awake: new Uint16Array(hidden),
    deltas: new Float32Array(hidden),
  }
}

const countBits = 21
const countMask = 2 ** countBits - 1

function bucketOf(id: number): number {
  return (id ^ (id >>> 11)) & countMask
}

/** Leaves out the features of fewer demonstrations than `least`. */
function prune(decisions: readonly Decision[], least: number): Decision[] {
  if (least <= 1) return [...decisions]
  // A bit for each bucket that has enough: all of them stay near the processor, the counts don't.
  const enough = new Uint32Array((countMask + 1) >>> 5)
  const counts = new Uint8Array(countMask + 1)
  const seen = new Int32Array(countMask + 1)
  for (const { ids, demonstration } of decisions) {
    for (const id of ids) {
      const bucket = bucketOf(id)
      if (seen[bucket] === demonstration) continue
      seen[bucket] = demonstration
      const count = Math.min((counts[bucket] ?? 0) + 1, least)
      counts[bucket] = count
      if (count === least) enough[bucket >>> 5] = (enough[bucket >>> 5] ?? 0) | (1 << (bucket & 31))
    }
  }
  return decisions.map((decision) => thin(decision, enough))
}

function thin(decision: Decision, enough: Uint32Array): Decision {
  const ids = new Uint32Array(decision.ids.length)
  const offsets = new Uint32Array(decision.offsets.length)
  let size = 0
  for (let candidate = 0; candidate + 1 < offsets.length; candidate += 1) {
    const end = decision.offsets[candidate + 1] ?? 0
    for (let at = decision.offsets[candidate] ?? 0; at < end; at += 1) {
      const id = decision.ids[at] ?? 0
      const bucket = bucketOf(id)
      if ((((enough[bucket >>> 5] ?? 0) >>> (bucket & 31)) & 1) === 1) ids[size++] = id
    }
    offsets[candidate + 1] = size
  }
  return { ...decision, ids: ids.slice(0, size), offsets }
}

/** Features that were never learnt say nothing: their chance beginnings are taken away. */
function forget({ net, squares }: Fitter): void {
  for (let at = 0; at < net.embedding.length; at += 1) if (squares.embedding[at] === 0) net.embedding[at] = 0
}

function startingNet(shape: NetShape, random: Random): Net {
  const net = emptyNet(shape)
  for (let at = 0; at < net.embedding.length; at += 1) net.embedding[at] = (random() - 0.5) * 0.08
  for (let at = 0; at < net.out.length; at += 1) net.out[at] = (at % 2 === 0 ? 1 : -1) * (0.2 + random() * 0.2)
  return net
}

/** Fills the scratch with a decision's features without those hidden this time. */
function hide(decision: Decision, share: number, random: Random, scratch: Scratch): void {
  const salt = share === 0 ? 0 : (Math.floor(random() * 4294967296) | 1) >>> 0
  const bound = share * 4294967296
  const { ids, offsets } = scratch
  const count = decision.right.length
  let size = 0
  for (let candidate = 0; candidate < count; candidate += 1) {
    const end = decision.offsets[candidate + 1] ?? 0
    for (let at = decision.offsets[candidate] ?? 0; at < end; at += 1) {
      const id = decision.ids[at] ?? 0
      if (Math.imul(id ^ (id >>> 15), salt) >>> 0 >= bound) ids[size++] = id
    }
    offsets[candidate + 1] = size
  }
}

function learn(fitter: Fitter, decision: Decision, rate: number): { readonly loss: number; readonly hit: number } {
  const { net, options, scratch } = fitter
  hide(decision, options.hide01, fitter.random, scratch)
  const { ids, offsets, layer, rows } = scratch
  const count = decision.right.length
  const scores = scratch.scores.subarray(0, count)
  for (let at = 0; at < count; at += 1) {
    scores[at] = decision.right[at] === 2 ? -Infinity : score(net, ids, offsets[at] ?? 0, offsets[at + 1] ?? 0, layer, rows)
  }
  softmax(scores)
  let right = 0
  let best = 0
  for (let at = 0; at < count; at += 1) {
    if (decision.right[at] === 1) right += scores[at] ?? 0
    if ((scores[at] ?? 0) > (scores[best] ?? 0)) best = at
  }
  right = Math.max(right, 1e-12)
  for (let at = 0; at < count; at += 1) {
    const share = scores[at] ?? 0
    const gradient = share - (decision.right[at] === 1 ? share / right : 0)
    if (Math.abs(gradient) > least) descend(fitter, offsets[at] ?? 0, offsets[at + 1] ?? 0, gradient, rate)
  }
  return { loss: -Math.log(right), hit: decision.right[best] ?? 0 }
}

/** One step down the gradient of the score of the candidate that has `scratch.ids[from..to)`. */
function descend({ net, squares, options, scratch }: Fitter, from: number, to: number, gradient: number, rate: number): void {
  const { ids, layer, rows, deltas, awake } = scratch
  const { hidden } = net.shape
  score(net, ids, from, to, layer, rows)
  let count = 0
  for (let unit = 0; unit < hidden; unit += 1) {
    const value = layer[unit] ?? 0
    const delta = Math.fround(value > 0 ? gradient * (net.out[unit] ?? 0) : 0)
    if (value > 0) move(net.out, squares.out, unit, gradient * value, rate)
    move(net.bias, squares.bias, unit, delta, rate)
    if (delta === 0) continue
    deltas[count] = delta
    awake[count++] = unit
  }
  const linearMask = net.linear.length - 1
  for (let at = from; at < to; at += 1) {
    const id = ids[at] ?? 0
    const bucket = id & linearMask
    move(net.linear, squares.linear, bucket, gradient + options.decay * (net.linear[bucket] ?? 0), rate)
    const base = rows[at - from] ?? 0
    for (let one = 0; one < count; one += 1) move(net.embedding, squares.embedding, base + (awake[one] ?? 0), deltas[one] ?? 0, rate * 0.5)
  }
}

function move(weights: Float32Array, squares: Float32Array, at: number, gradient: number, rate: number): void {
  const square = (squares[at] ?? 0) + gradient * gradient
  squares[at] = square
  weights[at] = (weights[at] ?? 0) - (rate * gradient) / Math.sqrt(square + epsilon)
}
