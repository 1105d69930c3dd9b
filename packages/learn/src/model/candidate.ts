import type { ActionKind, Observation } from '@overt/schema'

/** Something that could be done now. `node`: `ObservationNode.id`, -1 for none; `argument` as in `Action.argument`. */
export interface Candidate {
  readonly kind: ActionKind
  readonly node: number
  readonly argument: string
}

/** Something that was done, and what could be seen before it. */
export interface HistoryEntry {
  readonly action: Candidate
  readonly observation: Observation
}
