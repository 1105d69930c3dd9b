import { mix } from './words.ts'

/** Gathers the hashed features of one candidate; reused from candidate to candidate. */
export interface Emitter {
  readonly ids: Uint32Array
  size: number
}

/** Most features that one candidate can have; more are left out. */
export const maxFeatures = 320

/** An empty emitter. */
export function createEmitter(): Emitter {
  return { ids: new Uint32Array(maxFeatures), size: 0 }
}

/** Adds the feature that the template `kind` makes of its parts. */
export function put(out: Emitter, kind: number, one = 0, two = 0, three = 0): void {
  if (out.size === maxFeatures) return
  let id = mix(Math.imul(kind, 0x9e3779b1), one)
  if (two !== 0) id = mix(id, two)
  if (three !== 0) id = mix(id, three ^ 0x5bd1e995)
  out.ids[out.size] = id
  out.size += 1
}

/** Size class of a count: 0, 1, 2, 3 (3-4), 4 (5-8), 5. */
export function bin(count: number): number {
  return count <= 2 ? count : count <= 4 ? 3 : count <= 8 ? 4 : 5
}
