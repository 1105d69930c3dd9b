import Type, { type Static } from 'typebox'

import { Cell } from './batch.ts'
import { Sha256Hex, closed } from './scalar.ts'

/** A batch on its way, told as what differs from one that the server has acknowledged. It is kept as the whole batch and never like this. */
export const Difference = Type.Object(
  {
    v: Type.Literal('overt.difference/1'),
    /** Id of the batch that this one differs from: one of the same device, with observations. */
    base: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
    /** SHA-256 of the whole batch as it would have been sent. */
    sha256: Sha256Hex,
    /** Fields of the whole batch that have another value than those of the base. */
    head: Type.Record(Type.String({ maxLength: 32 }), Type.Unknown()),
    /** New strings; their places go on after those of the base. */
    strings: Type.Array(Type.String({ maxLength: 65_536 }), { maxItems: 200_000 }),
    /** One an observation: by how much its id is higher than that of the one before, 1 where it is stale, url and title (places in the strings, counted from 1), the five numbers of its `viewport`, then its `runs` over the one before; the first: over the last of the base. */
    sights: Type.Array(Type.Array(Type.Number(), { minItems: 9 }), { maxItems: 10_000 }),
    /**
     * Columns of the new rows of all observations. The id, as the difference to that of the new row before; the row that it stands in, as `parent` beside `runs`; left and top in the page, width and height,
     * as the difference to the row of that id as it was told last, or to the new row before; then tag, inputType, role, name, value, states, options, look, keys: 0 as in the row of that id, else a place in the strings, counted from 1.
     */
    rows: Type.Array(Type.Array(Type.Number()), { minItems: 15, maxItems: 15 }),
    /** As in a batch, but a column that holds one value only is that value. */
    events: Type.Array(
      Type.Object(
        {
          kind: Type.String({ maxLength: 32 }),
          n: Type.Integer({ minimum: 0, maximum: 100_000 }),
          columns: Type.Record(Type.String({ maxLength: 32 }), Type.Union([Cell, Type.Array(Cell)])),
        },
        closed,
      ),
      { maxItems: 64 },
    ),
  },
  closed,
)
export type Difference = Static<typeof Difference>
