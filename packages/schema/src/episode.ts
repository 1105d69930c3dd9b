import Type, { type Static } from 'typebox'

import { Action } from './action.ts'
import { Observation } from './observation.ts'

/** How an episode ended; `unknown` is a full answer. */
export const Outcome = Type.Union([Type.Literal('success'), Type.Literal('failure'), Type.Literal('abandoned'), Type.Literal('unknown')])
export type Outcome = Static<typeof Outcome>

/** Observation, action, what changed. */
export const Step = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  /** The last distinct one before the action. */
  observation: Observation,
  action: Action,
  /** What the next observation shows: nothing, another page, or the same page otherwise. */
  change: Type.Union([Type.Literal('none'), Type.Literal('page'), Type.Literal('navigation'), Type.Literal('unknown')]),
})
export type Step = Static<typeof Step>

/** Steps under one goal. */
export const Episode = Type.Object({
  id: Type.String(),
  person: Type.String(),
  session: Type.String(),
  receipt: Type.String(),
  /** Application by its origin. */
  app: Type.String(),
  /** The goal the person declared, redacted; '' in ambient sessions. */
  goal: Type.String(),
  /** `suite/name` of a task page, else ''. */
  template: Type.String(),
  seed: Type.String(),
  outcome: Outcome,
  outcomeBy: Type.Union([Type.Literal('person'), Type.Literal('page'), Type.Literal('none')]),
  startedAtEpochMs: Type.Number(),
  steps: Type.Array(Step),
  /** Version of the reduction rules. */
  reduction: Type.Integer({ minimum: 1 }),
  quality: Type.Object({
    events: Type.Integer(),
    explained: Type.Integer(),
    gaps: Type.Integer(),
    withoutObservation: Type.Integer(),
    /** Events that belong to no action though they should, and those left out by reason; absent in imports. `events` = `explained` + these. */
    orphans: Type.Optional(Type.Integer()),
    dropped: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  }),
})
export type Episode = Static<typeof Episode>
