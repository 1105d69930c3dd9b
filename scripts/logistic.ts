import { createRandom, shuffle } from '../packages/learn/src/train/random.ts'

/** One thing to learn from: places in a table of weights, and whether it is what is looked for. */
export interface Example {
  readonly places: readonly number[]
  readonly is: boolean
}

/** How examples are gone over: so many times, each time without a part of an example's signs. */
interface Pace {
  readonly rounds: number
  readonly dropped01: number
  readonly rate: number
}
const anew: Pace = { rounds: 12, dropped01: 0.3, rate: 0.08 }
/** Slower, so that few examples do not unlearn what many taught; found by what texts that were left out gained and lost. */
const onward: Pace = { rounds: 4, dropped01: 0.4, rate: 0.03 }
/** Orders whose tables are averaged. */
const seeds = 2
/** Weights of the last rounds are averaged. */
const lastRounds = 3
/** An example that is judged so well already changes nothing. */
const leastError = 0.001

/** Logistic regression by AdaGrad (Duchi et al. 2011) with signs left out at random (Srivastava et al. 2014), from the weights of `before` on. The same for the same examples. */
export function learned(examples: readonly Example[], length: number, before?: Float32Array): Float32Array {
  const mean = new Float32Array(length)
  const [from, pace] = before === undefined ? [new Float32Array(length), anew] : [before, onward]
  for (let seed = 1; seed <= seeds; seed += 1)
    for (const [place, weight] of learnedOnce(examples, from, pace, seed).entries()) mean[place] = (mean[place] ?? 0) + weight / seeds
  return mean
}

function learnedOnce(examples: readonly Example[], before: Float32Array, { rounds, dropped01, rate }: Pace, seed: number): Float32Array {
  const draw = createRandom(seed)
  const [weights, squares, mean] = [before.slice(), new Float32Array(before.length).fill(1), new Float32Array(before.length)]
  const order = Array.from(examples.keys())
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, draw)
    for (const index of order) {
      const { places, is } = examples[index] ?? { places: [], is: false }
      const used = places.filter(() => draw() >= dropped01)
      let sum = 0
      for (const place of used) sum += weights[place] ?? 0
      const error = 1 / (1 + Math.exp(-sum / (1 - dropped01))) - (is ? 1 : 0)
      if (Math.abs(error) < leastError) continue
      for (const place of used) {
        const square = (squares[place] ?? 0) + error * error
        squares[place] = square
        weights[place] = (weights[place] ?? 0) - (rate * error) / Math.sqrt(square)
      }
    }
    if (round >= rounds - lastRounds)
      for (const [place, weight] of weights.entries()) mean[place] = (mean[place] ?? 0) + weight / lastRounds
  }
  return mean
}
