import type { HistoryEntry, Policy, Ranked } from '@overt/learn'
import type { Observation } from '@overt/schema'

/** Ranks what could be done next, best first; an empty list gives up. It sees redacted text only. */
export type Decide = (observation: Observation, instruction: string, history: readonly HistoryEntry[]) => readonly Ranked[]

/** A policy that names one act and is sure of it. */
export function decideBy(policy: Policy): Decide {
  return (observation, instruction, history) => [{ action: policy(observation, instruction, history), p01: 1 }]
}
