import Type, { type Static } from 'typebox'

/** A state of an element that a person can see. */
export const NodeState = Type.Union([
  Type.Literal('checked'),
  Type.Literal('mixed'),
  Type.Literal('selected'),
  Type.Literal('pressed'),
  Type.Literal('expanded'),
  Type.Literal('collapsed'),
  Type.Literal('disabled'),
  Type.Literal('readonly'),
  Type.Literal('required'),
  Type.Literal('invalid'),
  Type.Literal('focused'),
  Type.Literal('current'),
  Type.Literal('modal'),
  Type.Literal('popup'),
  Type.Literal('secret'),
  Type.Literal('offscreen'),
  Type.Literal('covered'),
])
export type NodeState = Static<typeof NodeState>

/** Left, top, width, height in CSS pixels of the viewport. */
export const Box = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])
export type Box = Static<typeof Box>

/** One row of the node table: an element a person can act on, a visible text, or a container of two or more of those. */
export const ObservationNode = Type.Object({
  /** Stable while the element lives; unique in the observation. */
  id: Type.Integer({ minimum: 0 }),
  /** Index in `nodes` of the nearest kept ancestor; -1 at the root. A parent stands before its children. */
  parent: Type.Integer({ minimum: -1 }),
  /** Lower-case element name; `#text` for a text run beside other kept nodes. */
  tag: Type.String({ maxLength: 64 }),
  /** The `type` of an `input`, else ''. */
  inputType: Type.String({ maxLength: 32 }),
  /** ARIA role; `text` for text, `generic` for a container. */
  role: Type.String({ maxLength: 32 }),
  /** Accessible name or text, redacted. */
  name: Type.String({ maxLength: 4096 }),
  /** Current value, redacted: a field's text, a select's chosen label, a slider's number; '' otherwise. */
  value: Type.String({ maxLength: 4096 }),
  states: Type.Array(NodeState),
  box: Box,
  /** Labels of a native select's options, redacted; else empty. */
  options: Type.Array(Type.String({ maxLength: 512 }), { maxItems: 512 }),
  /** Space-separated words of the closed vocabulary in `look.ts`: `icon-reply colour-red shape-circle size-small`. */
  look: Type.String({ maxLength: 128 }),
  /** Key chords from `aria-keyshortcuts` and `accesskey`, space-separated: `Control+K Alt+S`. */
  keys: Type.String({ maxLength: 128 }),
})
export type ObservationNode = Static<typeof ObservationNode>

/** What could be seen and acted on in one document at one moment. */
export const Observation = Type.Object({
  /** Unique in its producer, rising. */
  id: Type.Integer({ minimum: 0 }),
  /** Origin and path, redacted; never a query, fragment or userinfo. */
  url: Type.String({ maxLength: 2048 }),
  title: Type.String({ maxLength: 1024 }),
  /** CSS pixels; `pixelRatio` has no unit. */
  viewport: Type.Object({
    width: Type.Number(),
    height: Type.Number(),
    scrollX: Type.Number(),
    scrollY: Type.Number(),
    pixelRatio: Type.Number(),
  }),
  /** `stale`: the sensing went over its budget, so this is the one before. */
  status: Type.Union([Type.Literal('fresh'), Type.Literal('stale')]),
  nodes: Type.Array(ObservationNode, { maxItems: 20_000 }),
})
export type Observation = Static<typeof Observation>
