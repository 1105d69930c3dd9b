import { hashText } from '../features/words.ts'
import { candidates } from '../model/candidates.ts'
import { createRandom } from '../train/random.ts'
import { nothing, type Policy } from './policy.ts'

/** Takes any candidate, each as likely as the other; repeatable for a seed. */
export function randomPolicy(seed: string): Policy {
  const random = createRandom(hashText(seed))
  return (observation, instruction, history) => {
    const offered = candidates(observation, instruction, history, [])
    return offered[Math.floor(random() * offered.length)] ?? nothing
  }
}
