import Type, { type Static } from 'typebox'

import { Modality, Purpose } from './purpose.ts'
import { EpochMs, Sha256Hex, closed } from './scalar.ts'
import { Split } from './row.ts'

/** What may stand in one split only. */
export const SplitBy = Type.Union([
  Type.Literal('person'),
  Type.Literal('template'),
  Type.Literal('app'),
  Type.Literal('time'),
  Type.Literal('episode'),
])
export type SplitBy = Static<typeof SplitBy>

/** What a release is to hold: the file that `overt dataset build` takes. */
export const DatasetSpec = Type.Object(
  {
    v: Type.Optional(Type.Literal('overt.dataset-spec/1')),
    name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' })),
    purpose: Purpose,
    modalities: Type.Optional(Type.Array(Modality, { uniqueItems: true })),
    filter: Type.Optional(
      Type.Object(
        {
          persons: Type.Optional(Type.Array(Type.String())),
          apps: Type.Optional(Type.Array(Type.String())),
          templates: Type.Optional(Type.Array(Type.String())),
          outcomes: Type.Optional(
            Type.Array(Type.Union([Type.Literal('success'), Type.Literal('failure'), Type.Literal('abandoned'), Type.Literal('unknown')])),
          ),
          /** At most this many episodes of one template, earliest first. */
          perTemplate: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
    splits: Type.Optional(
      Type.Object(
        {
          /** `episode` only where one person and one template leave nothing else to split by; the card says so. */
          by: Type.Optional(SplitBy),
          /** Shares of groups, 0-1; the rest is `train`. */
          validation01: Type.Optional(Type.Number({ minimum: 0, maximum: 0.9 })),
          test01: Type.Optional(Type.Number({ minimum: 0, maximum: 0.9 })),
        },
        closed,
      ),
    ),
    dedupe: Type.Optional(Type.Boolean()),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
)
export type DatasetSpec = Static<typeof DatasetSpec>

/** Of a file in the release's own folder: whoever made the release names nothing outside of it. */
const ReleasePath = Type.String({ pattern: '^(?!.*\\.\\.)\\w[\\w.-]*(/\\w[\\w.-]*)*$', maxLength: 256 })

/** `manifest.json` of a release. */
export const DatasetManifest = Type.Object(
  {
    v: Type.Literal('overt.dataset/1'),
    name: Type.String(),
    /** SHA-256 over the sorted (path, sha256) pairs of `files`. */
    hash: Sha256Hex,
    builtAtEpochMs: EpochMs,
    spec: DatasetSpec,
    purpose: Purpose,
    rows: Type.Integer({ minimum: 0 }),
    episodes: Type.Integer({ minimum: 0 }),
    people: Type.Integer({ minimum: 0 }),
    /** What the groups of the splits are in the end; absent where it is what the spec asked for. */
    splitBy: Type.Optional(SplitBy),
    splits: Type.Record(Type.String(), Type.Object({ rows: Type.Integer(), episodes: Type.Integer(), groups: Type.Integer() }, closed)),
    files: Type.Array(
      Type.Object({ path: ReleasePath, sha256: Sha256Hex, sizeBytes: Type.Integer(), split: Type.Union([Split, Type.Null()]) }, closed),
    ),
    /** SHA-256 over the sorted receipt ids. */
    receiptsSha256: Sha256Hex,
    reduction: Type.Integer(),
    redaction: Type.Integer(),
    /** A string that must never be trained on and that a memorisation test looks for. */
    canary: Type.String(),
    /** What was left out, by reason. */
    dropped: Type.Record(Type.String(), Type.Integer()),
    /** The release that this one replaces after an erasure; null for a first one. */
    replaces: Type.Union([Sha256Hex, Type.Null()]),
  },
  closed,
)
export type DatasetManifest = Static<typeof DatasetManifest>

/** `REVOKED.json` of a release that an erasure reached: its rows are gone, and so must be what was made of them. */
export const Revocation = Type.Object(
  {
    v: Type.Literal('overt.revocation/1'),
    /** Hash of the release that is revoked. */
    hash: Sha256Hex,
    revokedAtEpochMs: EpochMs,
    reason: Type.Literal('erasure'),
    /** The next version, in a folder beside it. */
    replacedBy: Type.Object({ hash: Sha256Hex, name: Type.String(), folder: Type.String() }, closed),
  },
  closed,
)
export type Revocation = Static<typeof Revocation>
