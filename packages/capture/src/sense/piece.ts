import type { RawNode } from '@overt/schema/words'

import { type Area, around, overlap, showsPixels } from './geometry.ts'
import { clean } from './text.ts'

/** Nodes that an element gives to the table, and where its visible text stands for whoever needs it as a name: no closure, which would keep all that it was made of. */
export interface Piece {
  readonly nodes: readonly RawNode[]
  /** Rows in all. */
  readonly size: number
  /** What its author calls it, '' where its text is that of what is in it. */
  readonly given: string
  readonly kids: readonly Kid[]
  readonly acts: boolean
  /** All that is drawn of it; null for nothing. */
  readonly extent: Area | null
  /** Whether all of it was read and moves as one. */
  readonly rigid: boolean
  /** What in it can be acted on, and has a row. */
  readonly own: readonly Own[]
  /** Where parts of it lie over each other. */
  readonly suspects: readonly Area[]
  /** What is there, and not to be seen. */
  readonly hidden: readonly Element[]
}

/** What can be acted on. */
interface Own {
  /** Its row has its number. */
  readonly row: RawNode
  readonly element: Element
  readonly area: Area
  readonly clip: Area
}

/** A node below an element: what was read of it, or a text run not yet made into a row. */
export interface Kid {
  readonly node: Node
  readonly piece: Piece | null
}

/** One for all: a list of its own for everything that has nothing weighs more than what the others have. */
export const none: never[] = []
/** What has nothing to tell. */
export const nothing: Piece = {
  nodes: none,
  size: 0,
  given: '',
  kids: none,
  acts: false,
  extent: null,
  rigid: true,
  own: none,
  suspects: none,
  hidden: none,
}
/** What was left out because it is too far away or one too many. */
export const leftOut: Piece = { ...nothing, rigid: false }

/** The text that can be seen of it, or what its author calls it. */
export function textIn({ given, kids }: Piece): string {
  return given || textOf(kids)
}

function textOf(kids: readonly Kid[]): string {
  return clean(kids.map(({ node, piece }) => (piece === null ? (node.nodeValue ?? '') : textIn(piece))).join(' '))
}

/** The children of an element that is no row itself. */
export function pass(kids: readonly Kid[]): Piece {
  const parts: Piece[] = []
  for (const { piece } of kids) if (piece !== null && piece !== nothing) parts.push(piece)
  const [only = nothing] = parts
  if (parts.length < 2) return { ...only, given: '', kids }
  return {
    nodes: joined(parts.map(({ nodes }) => nodes)),
    size: parts.reduce((sum, { size }) => sum + size, 0),
    given: '',
    kids,
    acts: parts.some(({ acts }) => acts),
    extent: parts.reduce<Area | null>((all, { extent }) => around(all, extent), null),
    rigid: parts.every(({ rigid }) => rigid),
    own: joined(parts.map(({ own }) => own)),
    suspects: joined([...parts.map(({ suspects }) => suspects), crossings(parts)]),
    hidden: joined(parts.map(({ hidden }) => hidden)),
  }
}

/** All of them in one list of just that length; where only one has anything, that list itself. */
export function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const [first = none, ...more] = lists.filter(({ length }) => length > 0)
  return more.length === 0 ? first : first.concat(...more)
}

/** Siblings compared with each one: what covers something stands near it or at the end. */
const compared = 24

/** Where what is drawn of one child lies over what is drawn of another: only there can one cover the other. */
function crossings(parts: readonly Piece[]): Area[] {
  const found: Area[] = []
  const extents = parts.flatMap(({ extent }) => extent ?? [])
  for (const [at, one] of extents.entries()) {
    for (const other of extents.slice(Math.max(0, at - compared), at)) {
      // Asked before an area is made of it: this is asked a thousand times for a list of sixty.
      if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom) {
        const both = overlap(one, other)
        if (showsPixels(both)) found.push(both)
      }
    }
  }
  return found
}
