import Type, { type Static } from 'typebox'

import { Cell, batchFields } from './batch.ts'
import { closed } from './scalar.ts'

/** Rows of one event kind as columns; every column has `n` cells. */
const EventColumns = Type.Object(
  {
    kind: Type.String({ maxLength: 32 }),
    n: Type.Integer({ minimum: 0, maximum: 100_000 }),
    columns: Type.Record(Type.String({ maxLength: 32 }), Type.Array(Cell)),
  },
  closed,
)

/** One observation as columns. Strings are indices into the batch's `strings`. */
const ObservationColumns = Type.Object(
  {
    id: Type.Integer({ minimum: 0 }),
    url: Type.Integer(),
    title: Type.Integer(),
    /** width, height, scrollX, scrollY, pixelRatio */
    viewport: Type.Array(Type.Number(), { minItems: 5, maxItems: 5 }),
    status: Type.Integer({ minimum: 0, maximum: 1 }),
    /** Position in `observations` of the one this is a difference against; -1 for a whole one. */
    base: Type.Integer({ minimum: -1 }),
    /**
     * The rows in order, three numbers a run: from which row of the base on, how many of them, then how many new ones. A row of the base moves by as much as the window was scrolled, and stands at the root where what it stood in is not there.
     * Where this is there, `kept` and `order` are empty, `parent` has the new rows only and says how many rows further up it stands (0 for none), and each `id` and `box` is told as the difference to that of the new row before.
     */
    runs: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
    /** Without `runs`: rows of the base that are kept. */
    kept: Type.Array(Type.Integer({ minimum: 0 })),
    /** Without `runs`, for every row of this observation: -1 - k takes the k-th of `kept`, otherwise the r-th new row. */
    order: Type.Array(Type.Integer()),
    rows: Type.Object(
      {
        id: Type.Array(Type.Integer()),
        tag: Type.Array(Type.Integer()),
        inputType: Type.Array(Type.Integer()),
        role: Type.Array(Type.Integer()),
        name: Type.Array(Type.Integer()),
        value: Type.Array(Type.Integer()),
        /** Bits in the order of `nodeStates`. */
        states: Type.Array(Type.Integer()),
        /** Four numbers a row. */
        box: Type.Array(Type.Number()),
        /** Index of the labels joined by U+001F; -1 for none. */
        options: Type.Array(Type.Integer()),
        look: Type.Array(Type.Integer()),
        keys: Type.Array(Type.Integer()),
      },
      closed,
    ),
    /** Without `runs`: parent index of every row of this observation, kept or new. */
    parent: Type.Array(Type.Integer()),
  },
  closed,
)

/** A batch as recorders wrote it before version 2: a table for every observation. It is read for ever, and written no more. */
export const FirstBatch = Type.Object(
  {
    v: Type.Literal('overt.batch/1'),
    ...batchFields,
    observations: Type.Array(ObservationColumns, { maxItems: 10_000 }),
    events: Type.Array(EventColumns, { maxItems: 64 }),
    order: Type.Array(Type.Integer({ minimum: 0 })),
  },
  closed,
)
export type FirstBatch = Static<typeof FirstBatch>
