import type { Observation } from '@overt/schema'

import type { Candidate, HistoryEntry } from '../model/candidate.ts'

/** Says what to do next. */
export type Policy = (observation: Observation, instruction: string, history: readonly HistoryEntry[]) => Candidate

/** The episode that a policy is to act in. `template`: `suite/task`. */
export interface Trial {
  readonly template: string
  readonly seed: string
}

/** A way to act that every model is compared with. */
export interface Baseline {
  readonly name: 'random' | 'mostFrequent' | 'markov' | 'stringMatch' | 'macroReplay'
  policy(trial: Trial): Policy
}

/** What is done where a policy has nothing to say. */
export const nothing: Candidate = { kind: 'done', node: -1, argument: '' }
