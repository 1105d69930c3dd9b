import { mix } from './words.ts'

/** Gathers the hashed features of one candidate; reused from candidate to candidate of one decision. */
export interface Emitter {
  readonly ids: Uint32Array
  size: number
  /** How many of the features, from the first, are those that every text or option of the field `headAt` has; 0 for none. They are described once for all of them. */
  head: number
  headAt: number
}

/** Most features that one candidate can have; more are left out. */
export const maxFeatures = 320

/** An empty emitter. */
export function createEmitter(): Emitter {
  return { ids: new Uint32Array(maxFeatures), size: 0, head: 0, headAt: -1 }
}

/** Adds the feature that the template `kind` makes of its parts. */
export function put(out: Emitter, kind: number, one = 0, two = 0, three = 0): void {
  const { size } = out
  if (size === maxFeatures) return
  let id = mix(Math.imul(kind, 0x9e3779b1), one)
  if (two !== 0) id = mix(id, two)
  if (three !== 0) id = mix(id, three ^ 0x5bd1e995)
  out.ids[size] = id
  out.size = size + 1
}

/** Size class of a count: 0, 1, 2, 3 (3-4), 4 (5-8), 5. */
export function bin(count: number): number {
  return count <= 2 ? count : count <= 4 ? 3 : count <= 8 ? 4 : 5
}
