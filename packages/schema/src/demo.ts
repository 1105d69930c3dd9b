import Type, { type Static } from 'typebox'

import { ObservationNode } from './observation.ts'

const Share = Type.Number({ minimum: 0, maximum: 1 })

/** The parts of the walk-through, in order. */
export const DemoStage = Type.Union([
  Type.Literal('consent'),
  Type.Literal('task'),
  Type.Literal('colleague'),
  Type.Literal('dataset'),
  Type.Literal('training'),
  Type.Literal('agent'),
  Type.Literal('results'),
  Type.Literal('correction'),
  Type.Literal('erase'),
])
export type DemoStage = Static<typeof DemoStage>

/** What `overt demo` tells its page. Numbers are measured in that run. */
export const DemoEvent = Type.Union([
  Type.Object({
    kind: Type.Literal('stage'),
    stage: DemoStage,
    state: Type.Union([
      Type.Literal('waiting'),
      Type.Literal('running'),
      Type.Literal('done'),
      Type.Literal('failed'),
      Type.Literal('skipped'),
    ]),
    /** One sentence: what is going on, or why it failed and what to do. */
    text: Type.Optional(Type.String({ maxLength: 2_000 })),
    progress01: Type.Optional(Share),
    ms: Type.Optional(Type.Number({ minimum: 0 })),
  }),
  /** A goal for the person's own demonstration. */
  Type.Object({ kind: Type.Literal('goal'), goal: Type.String(), hint: Type.String() }),
  Type.Object({
    kind: Type.Literal('dataset'),
    rows: Type.Integer(),
    episodes: Type.Integer(),
    splits: Type.Array(Type.Object({ name: Type.String(), rows: Type.Integer(), episodes: Type.Integer() })),
    /** Share of the rows that a live receipt stands for. */
    agreed01: Share,
  }),
  Type.Object({ kind: Type.Literal('loss'), epoch: Type.Integer(), loss: Type.Number(), top1: Type.Optional(Type.Number()) }),
  /** One decision of the agent on a task it has not seen. */
  Type.Object({
    kind: Type.Literal('decision'),
    task: Type.String(),
    goal: Type.String(),
    viewport: Type.Tuple([Type.Number(), Type.Number()]),
    nodes: Type.Array(ObservationNode),
    candidates: Type.Array(Type.Object({ kind: Type.String(), node: Type.Integer(), argument: Type.String(), p01: Share })),
  }),
  Type.Object({ kind: Type.Literal('attempt'), task: Type.String(), policy: Type.String(), success: Type.Boolean() }),
  Type.Object({
    kind: Type.Literal('results'),
    agent: Type.Object({ successes: Type.Integer(), n: Type.Integer() }),
    /** Success rates. */
    baselines: Type.Array(Type.Object({ name: Type.String(), success01: Share })),
    curve: Type.Array(Type.Object({ demonstrations: Type.Integer(), success01: Share })),
  }),
  /** Where the part stands in which a person may take over from the agent: `asked` for their agreement, `watching`, `working` themselves, or `over`, with the steps that the store has of it. */
  Type.Object({
    kind: Type.Literal('correction'),
    phase: Type.Union([Type.Literal('asked'), Type.Literal('watching'), Type.Literal('working'), Type.Literal('over')]),
    /** What the agent would do next. */
    next: Type.Optional(Type.Object({ kind: Type.String(), name: Type.String(), argument: Type.String() })),
    steps: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  Type.Object({
    kind: Type.Literal('erased'),
    reached: Type.Array(Type.Object({ what: Type.String(), count: Type.Integer() })),
    /** Places where the planted string could be read, before and after. */
    canaryHitsBefore: Type.Integer(),
    canaryHits: Type.Integer(),
    ledgerOk: Type.Boolean(),
    ledgerSize: Type.Integer(),
    receipt: Type.String(),
  }),
  /** The walk-through begins anew: what was shown is gone. */
  Type.Object({ kind: Type.Literal('restarted') }),
])
export type DemoEvent = Static<typeof DemoEvent>

/** What the page's buttons ask of `overt demo`. */
export const DemoCommand = Type.Object({
  kind: Type.Union([
    Type.Literal('consented'),
    Type.Literal('colleague'),
    Type.Literal('train'),
    /** Agrees to be recorded after taking over from the agent. */
    Type.Literal('correct'),
    Type.Literal('take-over'),
    Type.Literal('hand-back'),
    /** Leaves that part out, before it or at any time in it. */
    Type.Literal('skip'),
    Type.Literal('erase'),
    Type.Literal('restart'),
  ]),
})
export type DemoCommand = Static<typeof DemoCommand>
