import Type, { type Static } from 'typebox'

import { Modality, Purpose } from './purpose.ts'
import { Base64Url, EpochMs, Id, Sha256Hex, closed } from './scalar.ts'

const Names = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, uniqueItems: true })

/** What narrows where a recorder may run, by names that it is told: of the network (`office`), the region that the person works in (ISO 3166: `DE`, `US-NY`), the kind of their contract, who owns the device (`organisation`). A name covers those below it: `US` covers `US-NY`. What is absent narrows nothing. */
export const Only = Type.Object(
  {
    network: Type.Optional(Names),
    region: Type.Optional(Names),
    contract: Type.Optional(Names),
    device: Type.Optional(Names),
  },
  closed,
)
export type Only = Static<typeof Only>

/** One application that may be recorded. */
export const ManifestApp = Type.Object(
  {
    name: Type.String({ maxLength: 128 }),
    /** Exact origins: scheme, host, port. */
    origins: Type.Array(Type.String({ maxLength: 512 }), { minItems: 1 }),
    /** Path patterns: `*` within a segment, `**` across segments. What follows a `?` must stand in the address's query, once: `/app/**?tenant=acme`. */
    paths: Type.Array(Type.String({ maxLength: 512 }), { minItems: 1 }),
    /** Paths that are never recorded, whatever `paths` says. */
    exceptPaths: Type.Array(Type.String({ maxLength: 512 })),
    modalities: Type.Array(Modality, { uniqueItems: true, minItems: 1 }),
    /** Where this app alone is narrowed: less of it at home, say. */
    only: Type.Optional(Only),
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
    only: Type.Optional(Only),
    /** Every field that a recorder of this manifest captures (`click.x`, `node.name`); ingest refuses any other. Absent: all of `recordedFields`. */
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { uniqueItems: true, minItems: 1 })),
    /** Notices that the law of a place asks for. Each has to be acknowledged in the receipt by its hash. */
    notices: Type.Optional(
      Type.Array(Type.Object({ jurisdiction: Type.String({ maxLength: 16 }), sha256: Sha256Hex }, closed), { minItems: 1 }),
    ),
    /** How many people are exempt, by part of the organisation: fewer than ten would point at someone. The manifest itself is the same for every rank. */
    exemptions: Type.Optional(
      Type.Array(Type.Object({ part: Type.String({ maxLength: 64 }), people: Type.Integer({ minimum: 10 }) }, closed), { minItems: 1 }),
    ),
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
