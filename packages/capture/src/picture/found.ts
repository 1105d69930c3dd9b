import type { Area, Place } from '../sense/geometry.ts'
import type { Due } from './slices.ts'
import type { Unreadable } from './unreadable.ts'

/** A text as it is drawn, and the boxes that it is drawn in. */
export interface Run {
  readonly text: string
  /** The name of the field that it stands in, else ''. */
  readonly field: string
  readonly element: HTMLElement
  readonly place: Place
  /** Rectangles of its own document; null where nobody can tell them. */
  readonly boxes: (() => Iterable<DOMRect>) | null
}

/** What a walk over the page finds in the viewport. */
export interface Found {
  /** Masked whatever they hold. */
  readonly areas: Area[]
  /** Where the recorder's own signs lie. */
  readonly own: Area[]
  /** Texts by neighbourhood: a secret may be split over those of one. */
  readonly groups: Run[][]
  /** What was written into fields. */
  readonly written: string[]
  /** Drawings and films that are not masked for being what they are. */
  shown: number
  /** What is masked whole is drawn outside of its box too. */
  astray: boolean
}

/** What a walk needs to know. */
export interface WalkHelp {
  readonly enters: (page: Document) => boolean
  readonly isSecret: (field: Element, label: string) => boolean
  /** Whether what nobody can read into may be shown all the same. */
  readonly reveals: (element: HTMLElement, kind: Unreadable) => boolean
  /** Told of every document and shadow root that is walked. */
  readonly root: (root: Document | ShadowRoot) => void
}

/** A walk under way. */
export interface Walk extends WalkHelp {
  readonly found: Found
  readonly viewport: Area
  readonly range: Range
  readonly due: Due
}

/** Where a node is drawn. */
export interface Spot {
  readonly place: Place
  readonly clip: Area
}
