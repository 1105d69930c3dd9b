import { score, softmax, type Net } from '../model/net.ts'
import type { Decision } from './decision.ts'

/** How well a network foresees decisions. `ece`: expected calibration error over ten bins of its first choice's probability. */
export interface Foresight {
  readonly top1: number
  readonly top3: number
  readonly ece: number
}

const bins = 10
const temperatures = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.5, 3, 4]

/** The temperature, of a fixed list, that makes the right actions most likely; 1 where there is nothing to fit on. */
export function fitTemperature(net: Net, decisions: readonly Decision[]): number {
  let best = 1
  let least = Infinity
  const scored = decisions.map((decision) => scoresOf(net, decision))
  for (const temperature of temperatures) {
    let loss = 0
    decisions.forEach((decision, index) => {
      const shares = Float64Array.from(scored[index] ?? [])
      softmax(shares, temperature)
      loss -= Math.log(Math.max(rightShare(decision, shares), 1e-12))
    })
    if (loss < least) {
      least = loss
      best = temperature
    }
  }
  return best
}

/** Measures a network on decisions that it was not fitted on. */
export function foresee(net: Net, decisions: readonly Decision[], temperature: number): Foresight {
  let top1 = 0
  let top3 = 0
  const sums = Array.from({ length: bins }, () => ({ share: 0, hits: 0 }))
  for (const decision of decisions) {
    const shares = scoresOf(net, decision)
    softmax(shares, temperature)
    const order = [...shares.keys()].sort((left, right) => (shares[right] ?? 0) - (shares[left] ?? 0)).slice(0, 3)
    const hit = decision.right[order[0] ?? 0] === 0 ? 0 : 1
    top1 += hit
    if (order.some((at) => decision.right[at] !== 0)) top3 += 1
    const share = shares[order[0] ?? 0] ?? 0
    const bin = sums[Math.min(bins - 1, Math.floor(share * bins))]
    if (bin === undefined) continue
    bin.share += share
    bin.hits += hit
  }
  const count = Math.max(1, decisions.length)
  return { top1: top1 / count, top3: top3 / count, ece: sums.reduce((sum, { share, hits }) => sum + Math.abs(share - hits), 0) / count }
}

function scoresOf(net: Net, decision: Decision): Float64Array {
  const { ids, offsets, right } = decision
  const layer = new Float32Array(net.shape.hidden)
  const rows = new Uint32Array(ids.length)
  const scores = new Float64Array(right.length)
  for (let at = 0; at < right.length; at += 1) scores[at] = score(net, ids, offsets[at] ?? 0, offsets[at + 1] ?? 0, layer, rows)
  return scores
}

function rightShare(decision: Decision, shares: Float64Array): number {
  let sum = 0
  decision.right.forEach((right, at) => {
    if (right !== 0) sum += shares[at] ?? 0
  })
  return sum
}
