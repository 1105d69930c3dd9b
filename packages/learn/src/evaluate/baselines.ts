import type { Row } from '@overt/schema'

import { markovPolicy, mostFrequentPolicy } from './frequent-policy.ts'
import { stringMatchPolicy } from './match-policy.ts'
import type { Baseline } from './policy.ts'
import { randomPolicy } from './random-policy.ts'
import { macroReplayPolicy } from './replay-policy.ts'

/** The five ways to act that stand beside every figure; those that need examples learn from `rows`. */
export function baselinesOf(rows: readonly Row[]): readonly Baseline[] {
  const frequent = mostFrequentPolicy(rows)
  const chained = markovPolicy(rows)
  return [
    { name: 'random', policy: ({ seed, template }) => randomPolicy(`${template} ${seed}`) },
    { name: 'mostFrequent', policy: () => frequent },
    { name: 'markov', policy: () => chained },
    { name: 'stringMatch', policy: stringMatchPolicy },
    { name: 'macroReplay', policy: (trial) => macroReplayPolicy(rows, trial) },
  ]
}
