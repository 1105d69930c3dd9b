import { rank, type Baseline, type Model, type Trial } from '@overt/learn'

import { decideBy, type Decide } from './decide.ts'

/** A way to act that is on trial. It is asked anew in every episode: it may keep count within one. */
export interface Contender {
  readonly name: string
  readonly decide: (trial: Trial) => Decide
}

/** A trained model on trial. */
export function modelContender(model: Model): Contender {
  return { name: 'agent', decide: () => (observation, instruction, history) => rank(model, observation, instruction, history) }
}

/** A baseline on trial. */
export function baselineContender(baseline: Baseline): Contender {
  return { name: baseline.name, decide: (trial) => decideBy(baseline.policy(trial)) }
}
