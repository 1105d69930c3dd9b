import { createRandom } from '../train/random.ts'

/** A 95% interval of a mean over tasks, by drawing tasks with replacement. Repeatable for a seed; [0, 0] for no tasks. */
export function bootstrap(rates: readonly number[], seed: number, draws = 2_000): [number, number] {
  if (rates.length === 0) return [0, 0]
  const random = createRandom(seed)
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0
    for (let at = 0; at < rates.length; at += 1) sum += rates[Math.floor(random() * rates.length)] ?? 0
    return sum / rates.length
  }).sort()
  return [means[Math.floor(draws * 0.025)] ?? 0, means[Math.floor(draws * 0.975)] ?? 0]
}
