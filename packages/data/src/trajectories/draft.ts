import type { ActionKind, Cause, Event } from '@overt/schema'

import type { Item } from './cut.ts'

/** An action in the making: later events may still join it. */
export interface Draft {
  readonly kind: ActionKind
  /** Number of the rule in SPEC.md in words: `type.commit`. */
  readonly rule: string
  /** All events that it explains, in order. */
  readonly items: readonly Item[]
  /** Nodes of its document that it acted on; the first that an observation of its events holds is the target. */
  readonly nodes: readonly number[]
  readonly argument: string
  /** null where they are to be read from the observations. */
  readonly before: string | null
  readonly after: string | null
  readonly cause: Cause
  readonly modifiers: readonly string[]
  readonly point: readonly [number, number] | null
  /** The node a drag ended on, -1 for none. */
  readonly toNode: number
  /** True where a navigation followed from it. */
  readonly travels: boolean
}

/** A draft of one event. */
export function draft(kind: ActionKind, rule: string, item: Item, fields: Partial<Draft> = {}): Draft {
  const { node } = item.event
  return {
    kind,
    rule,
    items: [item],
    nodes: node === -1 ? [] : [node],
    argument: '',
    before: null,
    after: null,
    cause: 'pointer',
    modifiers: [],
    point: null,
    toNode: -1,
    travels: false,
    ...fields,
  }
}

/** What a rule decided: the last `take` drafts give way to `put`; `drop` names events that explain nothing, and why. */
export interface Verdict {
  readonly take: number
  readonly put: readonly Draft[]
  readonly drop: readonly { readonly reason: string; readonly items: readonly Item[] }[]
}

/** One more draft. */
export function add(made: Draft): Verdict {
  return { take: 0, put: [made], drop: [] }
}

/** The last draft, changed, and with it the item. */
export function join(last: Draft, item: Item, fields: Partial<Draft> = {}): Verdict {
  return { take: 1, put: [{ ...last, ...fields, items: [...last.items, item] }], drop: [] }
}

/** An event that explains nothing. */
export function drop(reason: string, item: Item): Verdict {
  return { take: 0, put: [], drop: [{ reason, items: [item] }] }
}

/** The document of a draft: that of its last event. */
export function producerOf(made: Draft): string {
  return made.items.at(-1)?.producer ?? ''
}

/** True where the draft acted in the item's document, on its node. */
export function onSameNode(made: Draft, item: Item): boolean {
  return producerOf(made) === item.producer && made.nodes.includes(item.event.node)
}

/** True where the draft was made in the item's document. */
export function inSameDocument(made: Draft | undefined, item: Item): made is Draft {
  return made !== undefined && producerOf(made) === item.producer
}

/** The event of one kind. */
export type EventOf<K extends Event['kind']> = Extract<Event, { kind: K }>
