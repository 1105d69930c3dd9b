import Type, { type Static } from 'typebox'

import { Action, Target } from './action.ts'
import { TakenBy, TakenWhy } from './event.ts'
import { Observation } from './observation.ts'
import { Sha256Hex } from './scalar.ts'

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

/** That the steps correct an agent: who took over and how, from which model, and what it would have done instead. */
export const Correction = Type.Object({
  by: TakenBy,
  why: TakenWhy,
  /** SHA-256 of the model's weights. */
  model: Sha256Hex,
  /** The agent's first candidates on what the first step's observation shows, best first; empty where it had none yet. `p01`: its probability. */
  candidates: Type.Array(
    Type.Object({
      kind: Type.String(),
      /** null for an action without one, and where the recording doesn't hold it. */
      target: Type.Union([Target, Type.Null()]),
      argument: Type.String(),
      p01: Type.Number({ minimum: 0, maximum: 1 }),
    }),
  ),
})
export type Correction = Static<typeof Correction>

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
  /** Only where a person took over from an agent: the steps are what they did then. */
  correction: Type.Optional(Correction),
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
