import type { Candidate, HistoryEntry, Policy } from '@overt/learn'
import type { Observation } from '@overt/schema'

/** A choice and how sure it is, 0-1. */
export interface Ranked {
  readonly action: Candidate
  readonly p01: number
}

/** Ranks what could be done next, best first; an empty list gives up. It sees redacted text only. */
export type Decide = (observation: Observation, instruction: string, history: readonly HistoryEntry[]) => readonly Ranked[]

/** A policy that names one act and is sure of it. */
export function decideBy(policy: Policy): Decide {
  return (observation, instruction, history) => [{ action: policy(observation, instruction, history), p01: 1 }]
}
