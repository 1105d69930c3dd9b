import Type, { type Static } from 'typebox'

/** What recorded work may be used for. Each is granted apart, all are off by default. */
export const Purpose = Type.Union([
  Type.Literal('ground'),
  Type.Literal('assist'),
  Type.Literal('automate'),
  Type.Literal('evaluate'),
  Type.Literal('correct'),
  Type.Literal('improve'),
  Type.Literal('share'),
])
export type Purpose = Static<typeof Purpose>

/** What a recorder may look at. `drawings` and `films`: what pages paint and play themselves, in `pixels`, which shows neither by itself. */
export const Modality = Type.Union([
  Type.Literal('actions'),
  Type.Literal('text'),
  Type.Literal('structure'),
  Type.Literal('pixels'),
  Type.Literal('drawings'),
  Type.Literal('films'),
  Type.Literal('paths'),
  Type.Literal('desktop'),
])
export type Modality = Static<typeof Modality>
