import Type, { type Static } from 'typebox'

import { ActionKind } from './action.ts'
import { Outcome } from './episode.ts'

/** Part of a release; whole groups of episodes go into one. */
export const Split = Type.Union([Type.Literal('train'), Type.Literal('validation'), Type.Literal('test')])
export type Split = Static<typeof Split>

/** One step as a dataset row. Trees are JSON strings: published sets with recursive structs don't load. */
export const Row = Type.Object({
  episode_id: Type.String(),
  step_index: Type.Integer({ minimum: 0 }),
  episode_steps: Type.Integer({ minimum: 1 }),
  split: Split,
  /** A pseudonym that rotates per dataset. */
  person: Type.String(),
  /** The receipt under which it was recorded, as the SHA-256 of its id and the dataset's salt. */
  receipt: Type.String(),
  app: Type.String(),
  template: Type.String(),
  goal: Type.String(),
  /** JSON of an `Observation`. */
  observation: Type.String(),
  /** JSON of an `Action`. */
  action: Type.String(),
  action_kind: ActionKind,
  /** `Target.node`, -1 for none. */
  target_node: Type.Integer({ minimum: -1 }),
  argument: Type.String(),
  outcome: Outcome,
  outcome_by: Type.String(),
  /** ISO week: `2026-W48`. Rows carry no time. */
  week: Type.String(),
})
export type Row = Static<typeof Row>
