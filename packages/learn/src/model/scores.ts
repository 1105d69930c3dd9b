import { contextOf } from '../features/context.ts'
import { describe } from '../features/describe.ts'
import { createEmitter, maxFeatures } from '../features/emit.ts'
import type { Option, Scene } from './candidates.ts'
import type { Model } from './file.ts'
import { weigh } from './live.ts'
import { addRows, ramp } from './net.ts'

/** Scores options one by one; what all the texts of one field share is described and added up once. */
export function scoresOf({ net, live }: Pick<Model, 'net' | 'live'>, scene: Scene, options: readonly Option[]): Float64Array {
  const context = contextOf(scene)
  const out = createEmitter()
  const rows = new Uint32Array(maxFeatures + 1)
  const layer = new Float32Array(net.shape.hidden)
  const head = new Float32Array(net.shape.hidden)
  const scores = new Float64Array(options.length)
  let headAt = -1
  let headSum = 0
  const add = (from: number, to: number, units: Float32Array, sum: number): number => {
    const total = weigh(net, live, out.ids, from, to, rows, sum)
    addRows(net, rows, rows[to - from] ?? 0, units)
    return total
  }
  options.forEach((option, at) => {
    describe(context, option, out)
    const isField = out.head > 0
    if (isField && headAt !== out.headAt) {
      head.set(net.bias)
      headSum = add(0, out.head, head, 0)
      headAt = out.headAt
    }
    layer.set(isField ? head : net.bias)
    scores[at] = ramp(net, layer, add(out.head, out.size, layer, isField ? headSum : 0))
  })
  return scores
}
