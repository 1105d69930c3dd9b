import Type, { type Static } from 'typebox'

import { Column } from './batch.ts'
import { closed } from './scalar.ts'
import { ToldIds } from './table.ts'

/** A batch on its way, told as what differs from one that the server has acknowledged. It is kept as the whole batch and never like this. */
export const Difference = Type.Object(
  {
    v: Type.Literal('overt.difference/3'),
    /** Id of the batch that this one differs from: one of the same device, with observations. */
    base: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
    /** The first half of the SHA-256 of the whole batch as it would have been sent: it tells a mistake, and the token vouches for the rest. */
    sha256: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    told: Type.Tuple([
      /** Fields of the whole batch that have another value than expected: that of the base; `firstSeq` goes on after its events, and `count` is that of the events here. */
      Type.Record(Type.String({ maxLength: 32 }), Type.Unknown()),
      /** New strings; their places go on after those of the base. */
      Type.Array(Type.String({ maxLength: 65_536 }), { maxItems: 200_000 }),
      /** `sights`, `ids` and `told` of a table that goes on after the base's (table.ts), and its cells in the order of `rowFields`. */
      Type.Array(Type.Array(Type.Number(), { minItems: 1 }), { maxItems: 10_000 }),
      ToldIds,
      Type.Array(Type.Integer({ minimum: 0 })),
      Type.Array(Type.Array(Type.Number()), { minItems: 14, maxItems: 14 }),
      /** Kind, number, and the columns by name; or in the order of the base's of that kind where they are the same ones: there null is the one value that the base's column holds. */
      Type.Array(
        Type.Tuple([
          Type.String({ maxLength: 32 }),
          Type.Integer({ minimum: 0, maximum: 100_000 }),
          Type.Union([
            Type.Record(Type.String({ maxLength: 32 }), Column),
            Type.Array(Type.Union([Type.Null(), Column]), { maxItems: 64 }),
          ]),
        ]),
        { maxItems: 64 },
      ),
    ]),
  },
  closed,
)
export type Difference = Static<typeof Difference>
