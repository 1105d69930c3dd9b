import Type, { type Static } from 'typebox'

import { Cause } from './event.ts'
import { Box } from './observation.ts'

/** The canonical vocabulary; modifiers, buttons and paths are fields, not kinds. */
export const ActionKind = Type.Union([
  Type.Literal('click'),
  Type.Literal('double_click'),
  Type.Literal('triple_click'),
  Type.Literal('right_click'),
  Type.Literal('middle_click'),
  Type.Literal('hover'),
  Type.Literal('drag'),
  Type.Literal('scroll'),
  Type.Literal('type'),
  Type.Literal('key'),
  Type.Literal('select_option'),
  Type.Literal('check'),
  Type.Literal('navigate'),
  Type.Literal('back'),
  Type.Literal('forward'),
  Type.Literal('reload'),
  Type.Literal('tab_open'),
  Type.Literal('tab_close'),
  Type.Literal('tab_switch'),
  Type.Literal('app_switch'),
  Type.Literal('copy'),
  Type.Literal('cut'),
  Type.Literal('paste'),
  Type.Literal('upload'),
  Type.Literal('dialog'),
  Type.Literal('wait'),
  Type.Literal('answer'),
  Type.Literal('done'),
  Type.Literal('fail'),
])
export type ActionKind = Static<typeof ActionKind>

/** The element acted on, in the observation before the action. */
export const Target = Type.Object({
  /** `ObservationNode.id`. */
  node: Type.Integer({ minimum: 0 }),
  role: Type.String(),
  name: Type.String(),
  box: Box,
})
export type Target = Static<typeof Target>

/** One thing the person did. */
export const Action = Type.Object({
  kind: ActionKind,
  /** null where the kind has none (`key` without focus, `back`, `wait`, ...) or where it is not in the observation. */
  target: Type.Union([Target, Type.Null()]),
  /**
   * type: the text the field holds afterwards ('' for a secret that no placeholder stands for); select_option: labels joined by U+001F;
   * check: `on` | `off`; key: the chord; scroll: `up` | `down` | `left` | `right`; navigate: the URL; dialog: the answer; answer: the text; else ''.
   */
  argument: Type.String(),
  modifiers: Type.Array(Type.String()),
  /** CSS pixels of the viewport. In a release without the modality `paths`, of a control its middle. */
  point: Type.Union([Type.Tuple([Type.Number(), Type.Number()]), Type.Null()]),
  /** Where a drag ended. */
  to: Type.Union([Target, Type.Null()]),
  /** The target's value before and after. */
  before: Type.String(),
  after: Type.String(),
  cause: Type.Union([Cause, Type.Literal('import')]),
  /** `seq` of the events this came from; none in a release without the modality `paths`. */
  events: Type.Array(Type.Integer({ minimum: 0 })),
  /** The reduction rule that made it: `click.label`, `type.commit`, ... */
  rule: Type.String(),
})
export type Action = Static<typeof Action>
