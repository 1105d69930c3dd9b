import Type, { type Static } from 'typebox'

import { Purpose } from './purpose.ts'
import { Sha256Hex, closed } from './scalar.ts'

/** The head of a model file: one line of JSON, a line feed, then the weights as described by `weights`. */
export const ModelHead = Type.Object(
  {
    v: Type.Literal('overt.model/1'),
    /** SHA-256 of the weights' bytes. */
    hash: Sha256Hex,
    /** Version of the feature code; inference refuses another. */
    features: Type.Integer({ minimum: 1 }),
    weights: Type.Object({ encoding: Type.String(), sizeBytes: Type.Integer({ minimum: 0 }) }, closed),
    /** Sizes of layers, hash space, temperature and the like; numbers only. */
    shape: Type.Record(Type.String(), Type.Number()),
    /** Purposes that the training data was given for: an agent refuses any other. */
    purposes: Type.Array(Purpose, { uniqueItems: true }),
    data: Type.Object({ hash: Sha256Hex, name: Type.String(), rows: Type.Integer(), episodes: Type.Integer() }, closed),
    seed: Type.Integer({ minimum: 0 }),
    trainedMs: Type.Number({ minimum: 0 }),
    validation: Type.Object({ top1: Type.Number(), top3: Type.Number(), ece: Type.Number() }, closed),
    /** Key chords seen in the training data, as candidates. */
    chords: Type.Array(Type.String()),
  },
  closed,
)
export type ModelHead = Static<typeof ModelHead>
