import Type, { type Static, type TObject, type TProperties } from 'typebox'

import { Sha256Hex } from './scalar.ts'

const Text = Type.String({ maxLength: 65_536 })
const Node = Type.Integer({ minimum: -1 })
const Px = Type.Number()

/** Where an act came from: the person's pointer or keys, a label's forwarded click, the browser, or the page's own script. */
export const Cause = Type.Union([
  Type.Literal('pointer'),
  Type.Literal('keyboard'),
  Type.Literal('label'),
  Type.Literal('typed'),
  Type.Literal('paste'),
  Type.Literal('fill'),
  Type.Literal('link'),
  Type.Literal('history'),
  Type.Literal('program'),
  Type.Literal('load'),
])
export type Cause = Static<typeof Cause>

const base = {
  /** Gapless per producer, from 0. */
  seq: Type.Integer({ minimum: 0 }),
  /** Index into `gapBucketsMs` (words.ts): a bucket of the time since the event before, never the time itself. */
  gap: Type.Integer({ minimum: 0, maximum: 15 }),
  /** Id of the last observation before this event, -1 where there is none. */
  observation: Type.Integer({ minimum: -1 }),
  /** Id of the node acted on in that observation, -1 where there is none. */
  node: Node,
}

/** Who took over from an agent: a person, or a script that stands for one and is labelled so. */
export const TakenBy = Type.Union([Type.Literal('person'), Type.Literal('script')])

/** How it came about: a touch of the page, an answer to the agent's question, a button. */
export const TakenWhy = Type.Union([Type.Literal('touch'), Type.Literal('answer'), Type.Literal('button')])

/** What sort of file it is, by its media type. */
const FileSort = Type.Union([
  Type.Literal('image'),
  Type.Literal('audio'),
  Type.Literal('video'),
  Type.Literal('text'),
  Type.Literal('document'),
  Type.Literal('other'),
  Type.Literal('mixed'),
])

function event<K extends string, P extends TProperties>(kind: K, fields: P) {
  return Type.Object({ kind: Type.Literal(kind), ...base, ...fields })
}

/** What a recorder saw, already coalesced on the device: no raw key timing, no bare characters, no points of a pointer's path. */
export const Event = Type.Union([
  event('click', {
    button: Type.Integer({ minimum: 0, maximum: 4 }),
    count: Type.Integer({ minimum: 1, maximum: 3 }),
    modifiers: Text,
    x: Px,
    y: Px,
    cause: Cause,
    /** '' where none did it. Absent in recordings from before it was told; a recorder tells it in every click. */
    pointer: Type.Optional(Type.Union([Type.Literal('mouse'), Type.Literal('touch'), Type.Literal('pen'), Type.Literal('')])),
    /** A long press: half a second, or as long as the browser takes for one. Absent like `pointer`. */
    held: Type.Optional(Type.Boolean()),
  }),
  event('drag', {
    toNode: Node,
    x: Px,
    y: Px,
    toX: Px,
    toY: Px,
    modifiers: Text,
    /** Nodes with a name that the pointer came over on its way, in order, at most 16, joined by spaces; no points. Absent in recordings from before it was told. */
    path: Type.Optional(Type.String({ pattern: '^(\\d+( \\d+){0,15})?$', maxLength: 256 })),
    /** What the browser's own drag and drop did with what it carried; '' where the page drags by itself. Absent like `path`. */
    effect: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('copy'), Type.Literal('link'), Type.Literal('move'), Type.Literal('')]),
    ),
  }),
  event('hover', { x: Px, y: Px }),
  /** A shortcut or a named key, never a bare character. `chord`: `Control+Shift+K`, `Enter`. */
  event('key', { chord: Text, code: Text }),
  /** Text committed to a field. `secret`: nothing of it was read and both texts are ''. `edits`: characters typed and deleted again, masked history included, as a size class. */
  event('text', { before: Text, after: Text, cause: Cause, secret: Type.Boolean() }),
  /** A native select, or an ARIA listbox's option committed to its combobox. Labels joined by U+001F. */
  event('select', { before: Text, after: Text, cause: Cause }),
  event('check', { before: Type.Boolean(), after: Type.Boolean(), cause: Cause }),
  /** Slider, date, time, colour, number spinner. */
  event('value', { before: Text, after: Text, cause: Cause }),
  event('scroll', { fromX: Px, fromY: Px, toX: Px, toY: Px, cause: Cause }),
  event('clipboard', {
    operation: Type.Union([Type.Literal('copy'), Type.Literal('cut'), Type.Literal('paste')]),
    content: Text,
    sizeClass: Type.Integer({ minimum: 0, maximum: 4 }),
  }),
  /** Files given to the page, never their names. `sort`: `mixed` where they are of several; `sizeClass`: bytes in all (ends 1, 10^5, 10^6, 10^7). */
  event('upload', {
    count: Type.Integer({ minimum: 0 }),
    sort: FileSort,
    sizeClass: Type.Integer({ minimum: 0, maximum: 4 }),
    how: Type.Union([Type.Literal('input'), Type.Literal('folder'), Type.Literal('drop')]),
    cause: Cause,
  }),
  event('focus', { cause: Cause }),
  event('navigate', { url: Text, title: Text, cause: Cause }),
  event('submit', { cause: Cause }),
  /** The person's own statement of a task: a goal at the start, an outcome at the end. */
  event('task', {
    phase: Type.Union([Type.Literal('start'), Type.Literal('end')]),
    goal: Text,
    /** `suite/name` where the page is a task page, else ''. */
    template: Text,
    seed: Text,
    outcome: Type.Union([Type.Literal('success'), Type.Literal('failure'), Type.Literal('abandoned'), Type.Literal('unknown')]),
    by: Type.Union([Type.Literal('person'), Type.Literal('page'), Type.Literal('none')]),
  }),
  /** At the start of a task: it is the correction of an agent, whom someone took over from. `model`: SHA-256 of its weights. */
  event('takeover', { by: TakenBy, why: TakenWhy, model: Sha256Hex }),
  /** What the agent would have done next, one event a candidate, best first; `node`: the element it was meant for. Words are those of `Action`. */
  event('proposed', { action: Type.String({ pattern: '^[a-z_]{1,32}$' }), argument: Text, p01: Type.Number({ minimum: 0, maximum: 1 }) }),
  /** The recorder's own life: `start stop pause resume`, with a reason. */
  event('recorder', {
    phase: Type.Union([Type.Literal('start'), Type.Literal('stop'), Type.Literal('pause'), Type.Literal('resume')]),
    reason: Text,
  }),
  /**
   * The browser's word on the document's tab, which no page can see. Numbers hold within a session. `enter`: this document begins in `tab`, which `opener` opened
   * (-1: the person did, or a place outside of what was agreed to), in `frame` (0: the tab's own document). `switch`: the person came to it. `close`: `tab`, another one, is gone.
   */
  event('tab', {
    phase: Type.Union([Type.Literal('enter'), Type.Literal('switch'), Type.Literal('close')]),
    tab: Type.Integer({ minimum: 0 }),
    opener: Type.Integer({ minimum: -1 }),
    frame: Type.Integer({ minimum: 0 }),
  }),
  /** Something that is missing, and why. */
  event('gap', { reason: Text, count: Type.Integer({ minimum: 0 }) }),
])
export type Event = Static<typeof Event>
/** The kinds that a recorder tells apart. */
export type EventKind = Event['kind']

/** Every member of the union by its kind, for columns. */
export function eventSchemas(): ReadonlyMap<string, TObject> {
  const members: readonly TObject[] = Event.anyOf
  return new Map(members.map((member) => [String((member.properties['kind'] as { const?: string }).const), member])) // as: a literal's schema carries its value in const
}
