import Type, { type Static } from 'typebox'

import { Picture, Pictured } from './picture.ts'
import { Modality, Purpose } from './purpose.ts'
import { EpochMs, Id, closed } from './scalar.ts'
import { ObservationTable } from './table.ts'
import { longestShared } from './wire.ts'

/** A value of a field of an event. */
export const Cell = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 65_536 })])

/** A column: a cell a row, or the one cell that all of its rows have. */
export const Column = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: longestShared }), Type.Array(Cell)])
export type Column = Static<typeof Column>

/** Rows of one event kind as columns, by the names of its fields. */
export const EventColumns = Type.Object(
  {
    kind: Type.String({ maxLength: 32 }),
    n: Type.Integer({ minimum: 0, maximum: 100_000 }),
    columns: Type.Record(Type.String({ maxLength: 32 }), Column),
  },
  closed,
)
export type EventColumns = Static<typeof EventColumns>

/** What a batch of every version says beside its rows. */
export const batchFields = {
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
  /** Only where the person agreed to `pixels`: what was seen, and for each event that names an observation its picture or why there is none. */
  pictures: Type.Optional(Type.Array(Picture, { maxItems: 64 })),
  pictured: Type.Optional(Type.Array(Pictured, { maxItems: 100_000 })),
  /** What the device dropped or masked since the batch before, by reason. */
  counters: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 })),
}

/** Events of one producer on their way to the server. */
export const Batch = Type.Object(
  {
    v: Type.Literal('overt.batch/2'),
    ...batchFields,
    observations: ObservationTable,
    events: Type.Array(EventColumns, { maxItems: 64 }),
    /** Events by kind in the order of `seq`: place in `events`; the place alone where all are of one kind. */
    order: Type.Union([Type.Integer({ minimum: 0 }), Type.Array(Type.Integer({ minimum: 0 }))]),
  },
  closed,
)
export type Batch = Static<typeof Batch>
