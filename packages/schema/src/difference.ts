import Type, { type Static } from 'typebox'

import { Cell } from './batch.ts'
import { Sha256Hex, closed } from './scalar.ts'

/** Id of the batch that this one differs from: one of the same device, with observations. */
const base = Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' })
/** Fields of the whole batch that have another value than those of the base. */
const Head = Type.Record(Type.String({ maxLength: 32 }), Type.Unknown())
/** New strings; their places go on after those of the base. */
const Strings = Type.Array(Type.String({ maxLength: 65_536 }), { maxItems: 200_000 })
/** One an observation: by how much its id is higher than that of the one before, 1 where it is stale, url and title (places in the strings, counted from 1), the five numbers of its `viewport`, then its `runs` over the one before; the first: over the last of the base. */
const Sights = Type.Array(Type.Array(Type.Number(), { minItems: 9 }), { maxItems: 10_000 })
/**
 * Columns of the new rows of all observations. The id, as the difference to that of the new row before; the row that it stands in, as `parent` beside `runs`; left and top in the page, width and height,
 * as the difference to the row of that id as it was told last, or to the new row before; then tag, inputType, role, name, value, states, options, look, keys: 0 as in the row of that id, else a place in the strings, counted from 1.
 */
const Rows = Type.Array(Type.Array(Type.Number()), { minItems: 15, maxItems: 15 })
const kind = Type.String({ maxLength: 32 })
const n = Type.Integer({ minimum: 0, maximum: 100_000 })
/** As in a batch, but a column that holds one value only is that value. */
const columns = Type.Record(Type.String({ maxLength: 32 }), Type.Union([Cell, Type.Array(Cell)]))

const First = Type.Object(
  {
    v: Type.Literal('overt.difference/1'),
    base,
    /** SHA-256 of the whole batch as it would have been sent. */
    sha256: Sha256Hex,
    head: Head,
    strings: Strings,
    sights: Sights,
    /** The rows that may be referred to are those of the base's last observation. */
    rows: Rows,
    events: Type.Array(Type.Object({ kind, n, columns }, closed), { maxItems: 64 }),
  },
  closed,
)

const Second = Type.Object(
  {
    v: Type.Literal('overt.difference/2'),
    base,
    /** The first half of the SHA-256 of the whole batch as it would have been sent: it tells a mistake, and the token vouches for the rest. */
    sha256: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    /**
     * `head`, where `firstSeq` is expected to go on after the base's events, and `count` to be that of the events; `strings`; `sights`; `rows`, where what is referred to may stand in any observation of the base;
     * the events: kind, number, and the columns by name, or in the order of the base's table of that kind where they are the same ones; there null is the one value that the base's column holds.
     */
    told: Type.Tuple([
      Head,
      Strings,
      Sights,
      Rows,
      Type.Array(
        Type.Tuple([kind, n, Type.Union([columns, Type.Array(Type.Union([Type.Null(), Cell, Type.Array(Cell)]), { maxItems: 64 })])]),
        {
          maxItems: 64,
        },
      ),
    ]),
  },
  closed,
)

/** A batch on its way, told as what differs from one that the server has acknowledged. It is kept as the whole batch and never like this. */
export const Difference = Type.Union([First, Second])
export type Difference = Static<typeof Difference>
