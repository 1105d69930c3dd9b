import { createRandom, shuffle } from '../packages/learn/src/train/random.ts'

/** One thing to learn from: places in a table of weights, and whether it is what is looked for. */
export interface Example {
  readonly places: readonly number[]
  readonly is: boolean
}

/** So many times over the examples, in so many orders whose tables are averaged, each time without a part of an example's signs. */
const [rounds, seeds, dropped01] = [12, 2, 0.3]
const rate = 0.08
/** Weights of the last rounds are averaged. */
const lastRounds = 3
/** An example that is judged so well already changes nothing. */
const leastError = 0.001

/** Logistic regression by AdaGrad (Duchi et al. 2011) with signs left out at random (Srivastava et al. 2014). The same for the same examples. */
export function learned(examples: readonly Example[], length: number): Float32Array {
  const mean = new Float32Array(length)
  for (let seed = 1; seed <= seeds; seed += 1)
    for (const [place, weight] of learnedOnce(examples, length, seed).entries()) mean[place] = (mean[place] ?? 0) + weight / seeds
  return mean
}

function learnedOnce(examples: readonly Example[], length: number, seed: number): Float32Array {
  const draw = createRandom(seed)
  const [weights, squares, mean] = [new Float32Array(length), new Float32Array(length).fill(1), new Float32Array(length)]
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
