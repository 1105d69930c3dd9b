import { secretWeights } from './learned-packed.ts'
import { codeAt } from '../character.ts'
import type { Stretch } from '../look.ts'
import { type Judged, secretSum } from './traits.ts'

/** The length of the table of weights: a power of two. */
export const secretLength = 1 << 15
/** Weights are whole multiples of this part of one, at most `widest` of it: sums of whole numbers are the same in every engine. */
export const [weightsOfOne, widest] = [20, 25]
/** The character of weight zero; characters above the last weight's stand for so many zeros, two or more. */
const [zero, zeros] = [65, 91]

/** Weights from a text of one character each; those after its end are zero. */
export function unpacked(packed: string, length: number): Int8Array {
  const weights = new Int8Array(length)
  let place = 0
  for (let at = 0; at < packed.length; at += 1) {
    const code = codeAt(packed, at)
    if (code > zeros) place += code - zeros
    else {
      weights[place] = code - zero
      place += 1
    }
  }
  return weights
}

/** Weights as `unpacked` reads them: each a whole number from -25 to 25. */
export function packed(weights: Int8Array): string {
  let [text, run] = ['', 0]
  const end = (): void => {
    for (; run > 1; run -= Math.min(run, 126 - zeros)) text += String.fromCharCode(zeros + Math.min(run, 126 - zeros))
    if (run === 1) text += String.fromCharCode(zero)
    run = 0
  }
  for (const weight of weights) {
    if (weight === 0) {
      run += 1
      continue
    }
    end()
    text += String.fromCharCode(zero + weight)
  }
  end()
  return text
}

const unpackedOnce = (weights: string): (() => Int8Array) => {
  let table: Int8Array | undefined
  return () => (table ??= unpacked(weights, secretLength))
}
const table = unpackedOnce(secretWeights)

/** Whether what was learned holds a stretch for a secret rather than for none. It only adds to what rules find. */
export function isLearnedSecret(judged: Judged, stretch: Stretch): boolean {
  return secretSum(judged, stretch, table()) > 0
}
