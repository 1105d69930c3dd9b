import Type, { type Static } from 'typebox'

import { Step } from './episode.ts'
import { Purpose } from './purpose.ts'

/** One recording of the signed-in person. */
export const MineSession = Type.Object({
  session: Type.String(),
  /** The application by its origin. */
  origin: Type.String(),
  mode: Type.Union([Type.Literal('ambient'), Type.Literal('task')]),
  firstAtEpochMs: Type.Number(),
  lastAtEpochMs: Type.Number(),
  events: Type.Integer(),
  tasks: Type.Integer(),
  /** What was made of it: training sets by name, and how many models of those. */
  usedIn: Type.Object({ datasets: Type.Array(Type.String()), models: Type.Integer() }),
})
export type MineSession = Static<typeof MineSession>

/** Someone read the person's recordings. */
export const MineRead = Type.Object({
  index: Type.Integer(),
  atEpochMs: Type.Number(),
  who: Type.String(),
  why: Type.String(),
})
export type MineRead = Static<typeof MineRead>

/** What became of the person's pictures in quarantine: a check held some back, or somebody released or destroyed one. */
export const MinePicture = Type.Object({
  index: Type.Integer(),
  atEpochMs: Type.Number(),
  what: Type.Union([Type.Literal('held'), Type.Literal('released'), Type.Literal('destroyed')]),
  pictures: Type.Integer(),
  /** Of what a check found in them; none where it could not read them. */
  kinds: Type.Array(Type.String()),
  /** Who released or destroyed it; the check, where it is held. */
  by: Type.String(),
})
export type MinePicture = Static<typeof MinePicture>

/** One agreement of the person, and what it covers. */
export const MineAgreement = Type.Object({
  id: Type.String(),
  state: Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Literal('ended')]),
  apps: Type.Array(Type.String()),
  purposes: Type.Array(Purpose),
  decidedAtEpochMs: Type.Number(),
  expiresAtEpochMs: Type.Number(),
  keptDays: Type.Integer(),
  recipients: Type.Array(Type.String()),
})
export type MineAgreement = Static<typeof MineAgreement>

/** A step as it arrives, for the person's own live view. */
export const LiveStep = Type.Object({
  session: Type.String(),
  episode: Type.String(),
  goal: Type.String(),
  step: Step,
})
export type LiveStep = Static<typeof LiveStep>
