import Type, { type Static } from 'typebox'

import { EpochMs, Sha256Hex, closed } from './scalar.ts'

/** One entry of the ledger: who (salted), when, what, why. Its canonical JSON is its line. */
export const LedgerEntry = Type.Object(
  {
    /** From version 2 on, the leaf of an entry that is about a person is blind: hashes alone. Without it, the line is the leaf. */
    v: Type.Optional(Type.Literal(2)),
    index: Type.Integer({ minimum: 0 }),
    atEpochMs: EpochMs,
    /** `receipt withdrawal manifest key device stored segment read export dataset training erasure overreach ...` */
    kind: Type.String({ pattern: '^[a-z][a-z-]{0,31}$' }),
    /** SHA-256 of the person's salt and id; means nothing once the salt is gone with the person's key. null where no person is concerned. */
    who: Type.Union([Sha256Hex, Type.Null()]),
    body: Type.Record(Type.String(), Type.Unknown()),
  },
  closed,
)
export type LedgerEntry = Static<typeof LedgerEntry>
