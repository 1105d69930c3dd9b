import { decideBy, type Contender } from '@overt/agent'
import { macroReplayPolicy, markovPolicy, mostFrequentPolicy, randomPolicy, rank, stringMatchPolicy, type Model } from '@overt/learn'
import type { Row } from '@overt/schema'

/** The agent first, then every baseline, each in its best form: those that learn get the rows that the model was trained on. */
export function contendersOf(model: Model, rows: readonly Row[]): readonly Contender[] {
  return [
    agentContender(model),
    { name: 'random', decide: ({ template, seed }) => decideBy(randomPolicy(`${template} ${seed}`)) },
    { name: 'mostFrequent', decide: () => decideBy(mostFrequentPolicy(rows)) },
    { name: 'markov', decide: () => decideBy(markovPolicy(rows)) },
    { name: 'stringMatch', decide: () => decideBy(stringMatchPolicy()) },
    { name: 'macroReplay', decide: ({ template, seed }) => decideBy(macroReplayPolicy(rows, template, seed)) },
  ]
}

/** The model as a contender. */
export function agentContender(model: Model): Contender {
  return { name: 'agent', decide: () => (observation, instruction, history) => rank(model, observation, instruction, history) }
}
