import Type, { type Static } from 'typebox'

import { Modality, Purpose } from './purpose.ts'
import { Base64Url, EpochMs, Id, Sha256Hex, closed } from './scalar.ts'

/** One application that may be recorded. */
export const ManifestApp = Type.Object(
  {
    name: Type.String({ maxLength: 128 }),
    /** Exact origins: scheme, host, port. */
    origins: Type.Array(Type.String({ maxLength: 512 }), { minItems: 1 }),
    /** Path patterns: `*` within a segment, `**` across segments. */
    paths: Type.Array(Type.String({ maxLength: 512 }), { minItems: 1 }),
    /** Paths that are never recorded, whatever `paths` says. */
    exceptPaths: Type.Array(Type.String({ maxLength: 512 })),
    modalities: Type.Array(Modality, { uniqueItems: true, minItems: 1 }),
  },
  closed,
)
export type ManifestApp = Static<typeof ManifestApp>

/** An Ed25519 signature over the document's canonical bytes without `signatures`. */
export const Signature = Type.Object(
  { keyId: Id, by: Type.Union([Type.Literal('operator'), Type.Literal('council')]), value: Base64Url },
  closed,
)
export type Signature = Static<typeof Signature>

/** The signed statement of what may be captured. */
export const Manifest = Type.Object(
  {
    v: Type.Literal('overt.manifest/1'),
    id: Id,
    version: Type.Integer({ minimum: 1 }),
    operator: Type.Object({ name: Type.String({ maxLength: 256 }), contact: Type.String({ maxLength: 256 }) }, closed),
    apps: Type.Array(ManifestApp, { minItems: 1 }),
    purposes: Type.Array(Purpose, { uniqueItems: true, minItems: 1 }),
    /** Whole hours of the device's local day, start inclusive, end exclusive; null for any hour. */
    hours: Type.Union([
      Type.Object(
        {
          days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 })),
          fromHour: Type.Integer({ minimum: 0, maximum: 23 }),
          toHour: Type.Integer({ minimum: 1, maximum: 24 }),
        },
        closed,
      ),
      Type.Null(),
    ]),
    retentionDays: Type.Object(
      { events: Type.Integer({ minimum: 1 }), frames: Type.Integer({ minimum: 1 }), datasets: Type.Integer({ minimum: 1 }) },
      closed,
    ),
    recipients: Type.Array(Type.String({ maxLength: 256 })),
    legalBasis: Type.String({ maxLength: 128 }),
    /** Lowest version of the redaction rules that a device may run. */
    redaction: Type.Integer({ minimum: 1 }),
    /** The impact assessment this rests on. `stub`: a local sample that says so. */
    assessment: Type.Object({ sha256: Sha256Hex, expiresAtEpochMs: EpochMs, stub: Type.Boolean() }, closed),
    issuedAtEpochMs: EpochMs,
    /** Recording begins no earlier than this many days after `issuedAtEpochMs`. */
    noticeDays: Type.Integer({ minimum: 0, maximum: 365 }),
    expiresAtEpochMs: EpochMs,
    /** `local`: printed by `manifest sample` for trials on this machine; pages on loopback only. */
    scope: Type.Union([Type.Literal('organisation'), Type.Literal('local')]),
    /** Key that must co-sign; null where none is named. */
    councilKeyId: Type.Union([Id, Type.Null()]),
    signatures: Type.Array(Signature),
  },
  closed,
)
export type Manifest = Static<typeof Manifest>

/** A public key that a client trusts, as `overt manifest keys --json` lists them. */
export const TrustedKey = Type.Object(
  { keyId: Id, by: Type.Union([Type.Literal('operator'), Type.Literal('council')]), publicKey: Base64Url },
  closed,
)
export type TrustedKey = Static<typeof TrustedKey>
