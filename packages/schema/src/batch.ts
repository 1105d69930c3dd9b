import Type, { type Static } from 'typebox'

import { EpochMs, Id, closed } from './scalar.ts'
import { Picture, Pictured } from './picture.ts'
import { Modality, Purpose } from './purpose.ts'

/** A value of a field of an event. */
export const Cell = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 65_536 })])

/** Rows of one event kind as columns; every column has `n` cells. */
export const EventColumns = Type.Object(
  {
    kind: Type.String({ maxLength: 32 }),
    n: Type.Integer({ minimum: 0, maximum: 100_000 }),
    columns: Type.Record(Type.String({ maxLength: 32 }), Type.Array(Cell)),
  },
  closed,
)
export type EventColumns = Static<typeof EventColumns>

/** One observation as columns. Strings are indices into the batch's `strings`. */
export const ObservationColumns = Type.Object(
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
export type ObservationColumns = Static<typeof ObservationColumns>

/** Events of one producer on their way to the server. */
export const Batch = Type.Object(
  {
    v: Type.Literal('overt.batch/1'),
    /** Made by the device; a retry carries the same id and the same bytes. */
    id: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
    person: Id,
    device: Id,
    session: Id,
    /** One document of the session: each has its own `seq`. */
    producer: Id,
    /** `Receipt.id` and the hash of the manifest that it answers. */
    receipt: Id,
    manifest: Id,
    purpose: Purpose,
    modalities: Type.Array(Modality, { uniqueItems: true }),
    mode: Type.Union([Type.Literal('ambient'), Type.Literal('task')]),
    /** Scheme, host and port of the page. */
    origin: Type.String({ maxLength: 512 }),
    /** Path of the page without query and fragment, redacted. */
    path: Type.String({ maxLength: 2048 }),
    /** The device's clock when the batch was closed. */
    closedAtEpochMs: EpochMs,
    /** Version of the redaction rules that ran on the device. */
    redaction: Type.Integer({ minimum: 1 }),
    firstSeq: Type.Integer({ minimum: 0 }),
    count: Type.Integer({ minimum: 0, maximum: 100_000 }),
    strings: Type.Array(Type.String({ maxLength: 65_536 }), { maxItems: 200_000 }),
    observations: Type.Array(ObservationColumns, { maxItems: 10_000 }),
    events: Type.Array(EventColumns, { maxItems: 64 }),
    /** Events by kind in the order of `seq`: position in `events`. */
    order: Type.Array(Type.Integer({ minimum: 0 })),
    /** Only where the person agreed to `pixels`: what was seen, and for each event that names an observation its picture or why there is none. */
    pictures: Type.Optional(Type.Array(Picture, { maxItems: 64 })),
    pictured: Type.Optional(Type.Array(Pictured, { maxItems: 100_000 })),
    /** What the device dropped or masked since the batch before, by reason. */
    counters: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 })),
  },
  closed,
)
export type Batch = Static<typeof Batch>
