import Type, { type Static } from 'typebox'

import { closed } from './scalar.ts'

/** The id of each row that is told, as the difference to that of the one told before. A row of a few bytes costs whoever reads it fourteen numbers. */
export const ToldIds = Type.Array(Type.Integer(), { maxItems: 100_000 })

const places = Type.Optional(Type.Array(Type.Integer({ minimum: 0 })))
const differences = Type.Optional(Type.Array(Type.Number()))

/**
 * The observations of a batch: what changed from one to the next, and of each row what changed since it was told last.
 * Texts are places in the batch's `strings`. Where a batch is told by another one, what that one told stands before all of this.
 */
export const ObservationTable = Type.Object(
  {
    /**
     * One list an observation: bits of `sightFields`, then a number for each of them that differs from the observation before (0 before the first), then edits.
     * `id` is expected to be one higher, and told by how much it is more; `status` is 1 where it is stale.
     * An edit is three numbers: how many rows of the observation before are kept, how many are left out, how many of those told below come next; what comes after the last edit is kept.
     * A kept row moves by as much as the window was scrolled, and stands at the root where what it stood in is not there.
     */
    sights: Type.Array(Type.Array(Type.Number(), { minItems: 1 }), { maxItems: 10_000 }),
    ids: ToldIds,
    /** Bits of `rowFields` that differ from that row as it was told last; a row of a new id is held against the one told before, and the first of all tells every field. */
    told: Type.Array(Type.Integer({ minimum: 0 })),
    /** The cells of those bits by field, in the order of the rows; a field without any is left out. */
    cells: Type.Object(
      {
        /** How many rows further up the one stands that this one stands in; 0 for none. */
        up: places,
        inputType: places,
        role: places,
        name: places,
        value: places,
        /** Bits in the order of `nodeStates`. */
        states: places,
        /** The place of the labels joined by U+001F, counted from 1; 0 for none. */
        options: places,
        tag: places,
        look: places,
        keys: places,
        /** The box as it lies in the page: the difference to what it is held against. Left and top are those in the window and its scroll in whole pixels. */
        left: differences,
        top: differences,
        width: differences,
        height: differences,
      },
      closed,
    ),
  },
  closed,
)
export type ObservationTable = Static<typeof ObservationTable>
