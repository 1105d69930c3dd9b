import type { NodeState, ObservationNode } from '@overt/schema'
import { colourLook, type RawNode, sameList, sameRow, type Slots, tabulate } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { createMemory } from '../memory.ts'
import { nowMs } from '../natives.ts'
import { deepestAt } from './cover.ts'
import { isElement, renderedParent } from './dom.ts'
import { type Area, outermost, widened } from './geometry.ts'
import type { NodeIds } from './ids.ts'
import { coveredRows, withCovered } from './leftovers.ts'
import { findLabels } from './name.ts'
import type { Piece } from './piece.ts'
import type { Memory } from './remember.ts'
import { roleOf } from './role.ts'
import type { Sensing } from './row.ts'
import type { Secrets } from './secret.ts'
import { type Scope, walk } from './walk.ts'
import type { Changes, Watch } from './watch.ts'

/** Thrown where a sensing goes over its budget. */
export const late = new RangeError('late')
/** The clock is read once for this many elements. */
const clockEvery = 16

/** What looks have in common. */
export interface Looking {
  readonly ids: NodeIds
  readonly secrets: Secrets
  readonly watch: Watch
  readonly redact: (text: string, field?: string) => string
  readonly enters: (page: Document) => boolean
  readonly maxNodes: number
  readonly noteClip: Sensing['noteClip']
  /** Told of what is there and not to be seen. */
  readonly noteHidden: (hidden: readonly Element[]) => void
}

/** What a look is for. */
export interface Aim {
  readonly focus: Element | null
  readonly target: Node | null
  readonly budgetMs: number
  readonly changes: Changes
}

/** How a page is read into rows. */
export interface Look {
  /** All that is near, remembering what was read before. Throws `late` over its budget; what was read by then is remembered. */
  whole(aim: Aim): ObservationNode[]
  /** The row of what `target` belongs to, read by itself: what was acted on is told even where all else would come too late. null in a frame, and where it has no row. */
  alone(target: Element): ObservationNode | null
}

/** What can be acted on, by its markup: what stands inside is part of it. */
const unit = 'a[href],button,input,select,textarea,summary,[role],[tabindex],[contenteditable]'
/** Rows read of one thing alone. */
const mostAlone = 64
/** Nodes that a look which comes too late leaves to be read again, as they may be others than they seem. */
const mostDoubted = 32

/** Makes a look at a page. */
export function createLook(page: Document, looking: Looking): Look {
  const { watch, maxNodes, noteHidden } = looking
  let memory = new WeakMap<Element, Memory>()
  /** What changed where nobody read it: too far away, or in what is hidden. What was read of it before says nothing once it comes near. */
  const unread = new WeakSet<Node>()
  const slots: Slots = new WeakMap()
  const rows = new WeakMap<Node, RawNode>()
  const kept = { ...rememberWords(), keep: rememberRows(rows) }
  const alone: Look['alone'] = (target) => {
    if (bare(target).ownerDocument !== page) return null
    const viewport = viewportOf(page)
    const sensing = { ...begin(looking, { ...kept, memory: new WeakMap() }, null, viewport), ...rowBudget(mostAlone, Infinity) }
    const element = (bare(target).closest(unit) ?? target) as HTMLElement // as: as in every walk, drawings are taken for elements like others
    const scope = { ...scopeOf(viewport), thing: thingAround(renderedParent(element)) }
    const { nodes } = walk(element, scope, sensing)
    sensing.ids.settle(rows, 0)
    return tabulate(nodes)[0] ?? null
  }
  const thingAround = (node: Node | null): string => (isElement(node) ? looking.ids.thingOf(node, thingAround(renderedParent(node))) : '')
  const whole: Look['whole'] = ({ focus, target, budgetMs, changes }) => {
    const [viewport, { body }] = [viewportOf(page), bare(page)]
    const { all, touched, added } = changes
    if (all) {
      memory = new WeakMap()
      watch.begin()
    }
    const left = new Set(touched)
    const sensing: Sensing = {
      ...begin(looking, { ...kept, memory }, focus, viewport),
      // A dialog may stand in the document where nothing else is near.
      path: pathOf([focus, target, ...(all ? [deepestAt(page, viewport.right / 2, viewport.bottom / 2)] : added)]),
      ...toldBy(changes, left, unread),
      ...rowBudget(maxNodes, budgetMs),
    }
    let root: Piece | null = null
    try {
      root = isElement(body) ? walk(body, scopeOf(viewport), sensing) : null
      sensing.ids.settle(rows)
      watch.seen()
      left.forEach((node) => unread.add(node))
    } catch (error) {
      watch.seenIn((node) => touched.has(node) && !left.has(node))
      for (const node of sensing.ids.settle(rows, mostDoubted)) watch.touch(node)
      throw error
    }
    if (root === null) return []
    noteHidden(root.hidden)
    return withCovered(tabulate(root.nodes, slots), coveredRows(page, root))
  }
  return { whole, alone }
}

/** What is kept from one look to the next. */
type Kept = Pick<Sensing, 'colourOf' | 'listed' | 'keep' | 'memory'>

/** What a look begins with: nothing changed, and nothing has to be read wherever it lies. */
function begin(looking: Looking, kept: Kept, focus: Element | null, viewport: Area): Omit<Sensing, keyof Budget> {
  looking.secrets.begin()
  return {
    ...looking,
    ...kept,
    labels: findLabels(),
    viewport,
    focus,
    roleOf,
    styleOf,
    path: new Set(),
    place: 0,
    ...toldBy({ changed: new Map(), around: new Set(), ahead: new Set() }, new Set()),
  }
}

/** What a look asks of what changed. `left`: what is still to be read; `unread`: what was before, and was not. */
function toldBy(
  { changed, around, ahead }: Pick<Changes, 'changed' | 'around' | 'ahead'>,
  left: Set<Node> | WeakSet<Node>,
  unread = left,
): Pick<Sensing, 'isTouched' | 'isChanged' | 'isRestyled' | 'isAround' | 'isAhead' | 'settle'> {
  return {
    isTouched: (node) => left.has(node),
    isChanged: (element) => changed.has(element),
    isRestyled: (element) => changed.get(element) === true || unread.has(element),
    isAround: (element) => around.has(element),
    isAhead: (node) => ahead.has(node),
    settle: (element) => {
      left.delete(element)
      unread.delete(element)
    },
  }
}

function rememberRows(rows: WeakMap<Node, RawNode>): Sensing['keep'] {
  return (node, row) => {
    const before = rows.get(node)
    if (before !== undefined && saysTheSame(before, row)) return before
    rows.set(node, row)
    return row
  }
}

function rememberWords(): Pick<Sensing, 'colourOf' | 'listed'> {
  // A page has few colours, but one that animates makes ever new ones.
  const colours = createMemory<string>(500)
  const states = createMemory<NodeState[]>()
  return { colourOf: (css) => colours(css, () => colourLook(css)), listed: (some) => states(String(some), () => some) }
}

function saysTheSame(before: RawNode, now: RawNode): boolean {
  return before.id === now.id && before.interactive === now.interactive && sameList(before.children, now.children) && sameRow(before, now)
}

function viewportOf(page: Document): Area {
  const { innerWidth, innerHeight } = viewOf(page)
  return { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
}

/** The window of a document. Throws `TypeError` for a document without one. */
export function viewOf(page: Document): Window {
  const view = bare(page).defaultView
  if (view === null) throw new TypeError('no window')
  return view
}

function styleOf(element: Element): CSSStyleDeclaration {
  return getComputedStyle(element)
}

function scopeOf(viewport: Area): Scope {
  const reach = widened(viewport)
  return {
    clip: viewport,
    positionedClip: viewport,
    reach,
    ...outermost,
    pointer: false,
    largestSidePx: 0,
    thing: '',
    restyled: false,
    around: false,
    loose: false,
  }
}

/** Nodes and all that they stand in. */
export function pathOf(nodes: readonly (Node | null)[]): ReadonlySet<Node> {
  const path = new Set<Node>()
  for (const node of nodes) for (let up = node; up !== null && !path.has(up); up = renderedParent(up)) path.add(up)
  return path
}

type Budget = Pick<Sensing, 'take' | 'takeAll' | 'spent'>

function rowBudget(maxNodes: number, budgetMs: number): Budget {
  const untilMs = nowMs() + budgetMs
  let rows = 0
  let offscreenRows = 0
  let asked = 0
  return {
    take: (offscreen) => {
      if (rows >= maxNodes || (offscreen && offscreenRows >= maxNodes / 2)) return false
      rows += 1
      if (offscreen) offscreenRows += 1
      return true
    },
    takeAll: (piece: Piece) => {
      rows += piece.size
    },
    spent: () => {
      asked += 1
      if (asked % clockEvery === 0 && nowMs() > untilMs) throw late
      return rows >= maxNodes
    },
  }
}
