import type { Event, Observation, ObservationNode } from '@overt/schema'

type Without<T> = T extends Event ? Omit<T, 'seq' | 'gap' | 'observation' | 'node'> : never

/** An event before it has its place: what an observer says. */
export type Draft = Without<Event>

/** Ends what was begun: a listener, a timer, an observer. Calling it twice is no harm. */
export type Undo = () => void

/** All of them as one. */
export function together(...undos: readonly Undo[]): Undo {
  return () => undos.forEach((undo) => undo())
}

/** What could be seen before an act, and the row acted on (-1: none of them). */
export interface Sighting {
  readonly observation: Observation
  readonly node: number
}

/** A row of an observation. */
export function rowIn({ nodes }: Observation, id: number): ObservationNode | undefined {
  return nodes.find((node) => node.id === id)
}

/** What an observer may do; the recorder hands one to each. */
export interface Scribe {
  readonly page: Document
  /** Senses the page now, unless it was seen, and finds the row that holds the target. */
  sight(target: Node | null, seen?: Observation): Sighting
  /** What was seen last, and when; nothing is looked at for it. */
  seen(): { readonly observation: Observation; readonly atMs: number } | null
  /** The row of an observation that holds the target: its own or that of the nearest element around it; -1 for none. */
  rowOf(observation: Observation, target: Node | null): number
  /** Where a container stood when it was first seen, in CSS pixels: a wheel may have moved it before anyone is told. */
  firstScroll(container: Element): readonly [number, number] | undefined
  /** Whether the document of a frame may be looked into. */
  enters(page: Document): boolean
  /** Whether nothing of the field may be read. */
  isSecret(field: Element): boolean
  /** A field was written into, before the page hears of it. */
  learn(field: Element): void
  /** Takes an event down. Whatever was held back before it goes first, but what began after `sinceMs` (default: now). `deleted`: texts that stood in the field for a while and count when its text is judged. */
  write(draft: Draft, sighting: Sighting | null, sinceMs?: number, deleted?: readonly string[]): void
  /** A field's text was written whole, or needs no event: it may be seen in observations. */
  written(field: Element, text: string): void
  /** Registers what holds something back; it is called before anything else is written, with when that began. */
  beforeWrite(finish: (sinceMs: number) => void): Undo
  /** Calls back when recording goes on: what is known from before the pause may be so no more. */
  onResume(react: () => void): Undo
  /** Calls back on a trusted event of the page, first of all listeners, never holding the page up; `scripted` on one that a script made. */
  listen<K extends keyof WindowEventMap>(
    at: Window | Document,
    type: K,
    react: (event: WindowEventMap[K]) => void,
    scripted?: (event: globalThis.Event) => void,
  ): Undo
  /** Calls back before the page does anything else, or when the script of the page that is running has ended. */
  soon(react: () => void): void
  /** Calls back later. */
  later(react: () => void, delayMs: number): Undo
  /** Counts what was left out, masked or went wrong. */
  count(reason: string): void
  /** Monotonic milliseconds. */
  nowMs(): number
}
