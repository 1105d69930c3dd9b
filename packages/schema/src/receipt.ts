import Type, { type Static } from 'typebox'

import { Modality, Purpose } from './purpose.ts'
import { Base64Url, EpochMs, Id, Sha256Hex, closed } from './scalar.ts'

/** The person's recorded decision on a manifest. */
export const Receipt = Type.Object(
  {
    v: Type.Literal('overt.receipt/1'),
    id: Id,
    person: Id,
    manifestId: Id,
    /** SHA-256 of the manifest's canonical bytes, signatures left out. */
    manifestSha256: Sha256Hex,
    status: Type.Union([
      Type.Literal('given'),
      Type.Literal('refused'),
      Type.Literal('withdrawn'),
      Type.Literal('paused'),
      Type.Literal('renewed'),
    ]),
    purposes: Type.Array(Purpose, { uniqueItems: true }),
    modalities: Type.Array(Modality, { uniqueItems: true }),
    decidedAtEpochMs: EpochMs,
    /** At most 180 days after the decision. */
    expiresAtEpochMs: EpochMs,
    /** `device`: signed by a key made on the person's device; `local`: on the command line; `public-dataset`: people's published data. */
    assurance: Type.Union([Type.Literal('device'), Type.Literal('local'), Type.Literal('public-dataset')]),
    legalBasis: Type.String({ maxLength: 128 }),
    /** SHA-256 of the notices that the person says they have read. */
    acknowledged: Type.Optional(Type.Array(Sha256Hex, { uniqueItems: true, minItems: 1 })),
    /** Receipt that this one follows; null for the first. */
    follows: Type.Union([Id, Type.Null()]),
    /** Ed25519 public key (raw, 32 bytes) of the signer. */
    publicKey: Base64Url,
    /** Over the canonical bytes without `signature`. */
    signature: Base64Url,
  },
  closed,
)
export type Receipt = Static<typeof Receipt>
