import type { RawNode } from '@overt/schema/words'
import { interactiveRoles, structuralRoles } from '@overt/schema/words'

import { isElement, isFrame, isSeen, isSelect, isText, shadowOf } from './dom.ts'
import { type Area, type Place, areaOf, around, nowhere, overlap, placeIn, sameArea, showsPixels, widened } from './geometry.ts'
import { isIcon } from './looks.ts'
import { contentName, givenName, lastName } from './name.ts'
import { isWhole, nearChildren } from './near.ts'
import { isNamedByContent } from './role.ts'
import { type Sensing, elementNode, textNode } from './row.ts'
import { shifted } from './shift.ts'
import { clean } from './text.ts'
import { isField } from './value.ts'

/** What an element hands to its children. */
export interface Scope extends Place {
  /** What of the page can be seen here. */
  readonly clip: Area
  /** The same for an absolutely positioned child: the clip of the nearest positioned ancestor. */
  readonly positionedClip: Area
  /** What is read: what can be seen and as much again on each side. */
  readonly reach: Area
  /** Whether a pointer cursor, which is inherited, was set further out. */
  readonly pointer: boolean
  readonly largestSidePx: number
  /** The row of a list that it is a part of. */
  readonly thing: string
  /** Whether what is remembered of it is of no use. */
  readonly restyled: boolean
  /** The canvas that it stands in: what stands there has no box of its own and is said, not shown. */
  readonly canvas?: HTMLElement
}

/** Nodes that an element gives to the table, and its visible text for whoever needs it as a name. */
export interface Piece {
  readonly nodes: readonly RawNode[]
  readonly text: () => string
  readonly acts: boolean
  /** All that is drawn of it; null for nothing. */
  readonly extent: Area | null
  readonly parts: readonly Piece[]
  /** Whether all of it was read and moves as one. */
  readonly rigid: boolean
  /** Its own row, where it can be acted on. */
  readonly own?: { readonly id: number; readonly element: Element; readonly area: Area; readonly clip: Area }
  /** Where children of it lie over each other. */
  readonly suspects?: readonly Area[]
  /** It is there, and not to be seen. */
  readonly hidden?: Element
}

/** What was read of an element before, and what it was read under. */
export interface Memory {
  readonly piece: Piece
  readonly area: Area
  readonly scope: Scope
  readonly visible: boolean
}

const nothing: Piece = { nodes: [], text: () => '', acts: false, extent: null, parts: [], rigid: true }
/** What was left out because it is too far away or one too many. */
const leftOut: Piece = { ...nothing, rigid: false }
const skipped: ReadonlySet<string> = new Set(
  'script style template noscript head meta link title base br wbr source track param datalist defs symbol clipPath mask desc metadata'.split(
    ' ',
  ),
)
/** Roles that are one with a single text inside them. */
const textHolders: ReadonlySet<string> = new Set(['cell', 'gridcell', 'columnheader', 'rowheader', 'listitem', 'label'])
/** Pictures that are drawn, films and other documents: rows wherever they stand, since a press on one means a point in it. */
const wholes: ReadonlySet<string> = new Set(['canvas', 'video', 'audio', 'object', 'embed', 'iframe', 'frame'])
const closedTags: ReadonlySet<string> = new Set(['video', 'audio', 'object', 'embed', 'img', 'progress', 'meter'])

/** Reads one element and what is rendered below it, or remembers it. Reads only: nothing of the page is written, so layout is computed once. */
export function walk(element: HTMLElement, scope: Scope, sensing: Sensing): Piece {
  if (skipped.has(element.localName) || element.hasAttribute('data-overt-ignore')) return nothing
  if (sensing.spent()) return leftOut
  const visible = scope.canvas === undefined ? isSeen(element) : sensing.styleOf(element).display !== 'none'
  const rect = (scope.canvas ?? element).getBoundingClientRect()
  const area = areaOf(rect, scope)
  const known = scope.restyled || sensing.isTouched(element) ? undefined : sensing.memory.get(element)
  const again = known === undefined || known.visible !== visible || !sameScope(known.scope, scope) ? null : remembered(known, area)
  if (again !== null) {
    sensing.takeAll(again)
    if (again !== known?.piece) sensing.memory.set(element, { piece: again, area, scope, visible })
    return again
  }
  if (isFar(area, scope.reach) && !sensing.path.has(element) && !sensing.takeFar()) return leftOut
  const piece = read(element, { rect, area, visible, scope: sensing.isRestyled(element) ? { ...scope, restyled: true } : scope }, sensing)
  sensing.memory.set(element, { piece, area, scope, visible })
  return piece
}

/** What was read before, where it stands now: in its old place, or moved as one; null where it must be read anew. */
function remembered({ piece, area, scope }: Memory, now: Area): Piece | null {
  if (sameArea(area, now)) return piece
  const shift = { x: now.left - area.left, y: now.top - area.top, clip: scope.clip }
  const whole = Number.isInteger(shift.x) && Number.isInteger(shift.y)
  if (!piece.rigid || !whole || now.right - area.right !== shift.x || now.bottom - area.bottom !== shift.y) return null
  return shifted(piece, shift)
}

/** It is not seen and may lie over what is. */
function transparent(element: Element, shown: Area, { extent }: Piece): Pick<Piece, 'hidden' | 'extent'> {
  return { hidden: element, extent: around(extent, showsPixels(shown) ? shown : null) }
}

/** A box without a side may hold what is seen; one that lies elsewhere will not, but for what is fixed, which is looked for by focus and point. */
function isFar(area: Area, reach: Area): boolean {
  return showsPixels(area) && !showsPixels(overlap(area, reach))
}

function sameScope(one: Scope, other: Scope): boolean {
  if (one === other) return true
  const areas = sameArea(one.clip, other.clip) && sameArea(one.positionedClip, other.positionedClip) && sameArea(one.reach, other.reach)
  return areas && one.pointer === other.pointer && one.thing === other.thing && one.largestSidePx === other.largestSidePx
}

type Measured = Pick<Read, 'rect' | 'area' | 'scope'> & { readonly visible: boolean }

function read(element: HTMLElement, { rect, area, visible, scope: outer }: Measured, sensing: Sensing): Piece {
  const thing = sensing.ids.thingOf(element, outer.thing)
  const scope = thing === outer.thing ? outer : { ...outer, thing }
  const style = sensing.styleOf(element)
  if (!visible && !element.checkVisibility()) {
    if (style.display !== 'contents') return { ...nothing, hidden: element }
    return { ...pass(childrenOf(element, scope, sensing)), rigid: false }
  }
  const clip = clipOf(style, scope, sensing)
  const shown = overlap(area, clip)
  const parent = element.firstElementChild !== null || shadowOf(element) !== null || isFrame(element) || element.localName === 'slot'
  const pointer = scope.pointer || style.cursor === 'pointer'
  const inside = parent ? innerScope(style, area, shown, clip, { ...scope, pointer }) : scope
  if (inside.clip === shown) sensing.noteClip(element)
  const children = isClosed(element, sensing) ? [] : childrenOf(element, inside, sensing)
  const piece = { ...pass(children), ...boundsOf(children, element, style, shown, inside.clip === shown) }
  // What takes the keys for a drawn editor has no width.
  if (!visible || (element !== sensing.focus && (rect.width === 0 || rect.height === 0)))
    return { ...piece, text: () => textOf(children.filter(isPiece)), ...(visible ? {} : transparent(element, shown, piece)) }
  return make({ element, style, rect, area, shown, scope, children, piece, pointer }, sensing)
}

/** A box that clips, stands by itself or holds another document does not move as one with what is in it. */
function boundsOf(
  children: readonly Child[],
  element: HTMLElement,
  style: CSSStyleDeclaration,
  shown: Area,
  clips: boolean,
): Pick<Piece, 'extent' | 'rigid'> {
  const parts = children.filter(isPiece)
  const extent = parts.reduce<Area | null>((all, piece) => around(all, piece.extent), null)
  const still = style.position === 'static' || style.position === 'relative'
  const rigid = still && !clips && !isFrame(element) && isWhole(element) && parts.every((piece) => piece.rigid)
  return { rigid, extent: clips && extent !== null ? overlap(extent, shown) : extent }
}

/** Style is read only where it can matter: each property costs microseconds. */
function clipOf(style: CSSStyleDeclaration, scope: Scope, sensing: Sensing): Area {
  if (scope.clip === sensing.viewport) return scope.clip
  if (style.position === 'fixed') return sensing.viewport
  return style.position === 'absolute' ? scope.positionedClip : scope.clip
}

function isClosed(element: HTMLElement, sensing: Sensing): boolean {
  return isSelect(element) || closedTags.has(element.localName) || (element.isContentEditable && isField(element, sensing.roleOf(element)))
}

function innerScope(style: CSSStyleDeclaration, area: Area, shown: Area, clip: Area, scope: Scope): Scope {
  // Where one axis clips, the other computes to auto: one axis tells.
  const inner = style.overflowX === 'visible' ? clip : shown
  const anchors = inner !== scope.positionedClip && (style.position !== 'static' || style.transform !== 'none')
  return {
    ...scope,
    clip: inner,
    positionedClip: anchors ? inner : scope.positionedClip,
    reach: inner === shown ? overlap(scope.reach, widened(area)) : scope.reach,
  }
}

/** What stands below an element: elements' pieces, and text runs not yet made into nodes. */
export type Child = Piece | Text

function isPiece(child: Child): child is Piece {
  return 'nodes' in child
}

function childrenOf(element: HTMLElement, scope: Scope, sensing: Sensing): Child[] {
  if (isFrame(element)) return frameContent(element, scope, sensing)
  const drawing = element.localName === 'svg' || element.localName === 'g'
  const canvas = element.localName === 'canvas' ? element : scope.canvas
  const inner = {
    ...scope,
    ...(canvas && { canvas, clip: nowhere, positionedClip: nowhere }),
    ...(drawing && { largestSidePx: largestShapePx(element) }),
  }
  const children: Child[] = []
  const shadow = shadowOf(element)
  if (shadow !== null) sensing.watch.root(shadow)
  const { reach, offsetY, scale } = inner
  const near = { top: (reach.top - offsetY) / scale, bottom: (reach.bottom - offsetY) / scale }
  const nodes = nearChildren(element, near, sensing.path)
  for (let at = 0; at < nodes.length; at += 1) {
    const child = nodes[at]
    if (isElement(child)) children.push(walk(child, inner, sensing))
    else if (child !== undefined && isText(child) && /\S/.test(child.data)) children.push(child)
  }
  return children
}

function largestShapePx(svg: Element): number {
  const drawing = svg.closest('svg') ?? svg
  let largest = 0
  for (const shape of drawing.querySelectorAll('rect,circle,ellipse,polygon,path,line,polyline,text')) {
    const rect = shape.getBoundingClientRect()
    largest = Math.max(largest, rect.width, rect.height)
  }
  return largest
}

function frameContent(frame: HTMLIFrameElement, scope: Scope, sensing: Sensing): Child[] {
  const page = frame.contentDocument
  if (page === null || !isElement(page.body) || !sensing.enters(page)) return []
  const clip = overlap(areaOf(frame.getBoundingClientRect(), scope), scope.clip)
  sensing.watch.root(page)
  return [walk(page.body, { ...scope, ...placeIn(frame, scope), clip, positionedClip: clip, pointer: false, largestSidePx: 0 }, sensing)]
}

function textOf(children: readonly Child[]): string {
  return clean(children.map((child) => (isPiece(child) ? child.text() : child.data)).join(' '))
}

/** The children of an element that is no row itself. */
function pass(children: readonly Child[]): Piece {
  const parts = children.filter(isPiece)
  return {
    nodes: parts.flatMap((piece) => piece.nodes),
    text: () => textOf(children),
    acts: parts.some((piece) => piece.acts),
    extent: parts.reduce<Area | null>((all, piece) => around(all, piece.extent), null),
    rigid: parts.every((piece) => piece.rigid),
    parts: parts.filter((piece) => piece !== nothing && piece !== leftOut),
    suspects: crossings(parts),
  }
}

/** Siblings compared with each one: what covers something stands near it or at the end. */
const compared = 24

/** Where what is drawn of one child lies over what is drawn of another: only there can one cover the other. */
function crossings(parts: readonly Piece[]): Area[] {
  const found: Area[] = []
  for (const [at, { extent }] of parts.entries()) {
    if (extent === null) continue
    for (let before = Math.max(0, at - compared); before < at; before += 1) {
      const other = parts[before]?.extent ?? null
      if (other === null) continue
      const both = overlap(extent, other)
      if (showsPixels(both)) found.push(both)
    }
  }
  return found
}

/** What `walk` has read of one element. */
interface Read {
  readonly element: HTMLElement
  readonly style: CSSStyleDeclaration
  readonly rect: DOMRect
  readonly area: Area
  readonly shown: Area
  readonly scope: Scope
  readonly children: readonly Child[]
  readonly piece: Piece
  readonly pointer: boolean
}

function make(read: Read, sensing: Sensing): Piece {
  const { element, rect, piece, scope } = read
  const role = sensing.roleOf(element)
  if (piece.nodes.length === 0 && structuralRoles.has(role) && element.getAttribute('aria-hidden') === 'true' && piece.text() === '')
    return nothing
  const interactive = isInteractive(element, read.pointer && !scope.pointer)
  const acts = interactive || interactiveRoles.has(role)
  const thing = acts || wholes.has(element.localName) || keepsToItself(element)
  const field = isField(element, role)
  const icon = element.localName === 'svg' && isIcon(rect)
  const folded = field || icon || (!piece.acts && holdsOneThing(role, interactive, read))
  const given = givenName(element)
  const content = field || icon || given !== '' ? '' : isNamedByContent(role) ? contentName(element) : folded ? piece.text() : ''
  const name = given || content || lastName(element)
  const below = folded ? [] : mixed(read, sensing)
  const plain = role === 'generic' && folded && !field && name !== ''
  const leaf = below.length === 0
  const node = elementNode({ ...read, role: plain ? 'text' : role, name, interactive: thing, field, leaf }, below, sensing)
  return {
    ...piece,
    nodes: node === null ? below : [node],
    text: () => given || piece.text(),
    acts: acts || piece.acts,
    extent: around(piece.extent, read.area),
    ...(thing && node !== null ? { own: { id: node.id, element, area: read.area, clip: piece.rigid ? scope.clip : read.shown } } : {}),
  }
}

/** Whether what is inside says no more than the element's own row can. */
function holdsOneThing(role: string, interactive: boolean, { piece, children }: Read): boolean {
  if (isNamedByContent(role) || piece.nodes.length === 0) return true
  const [only] = piece.nodes
  if (children.length !== 1 || piece.nodes.length !== 1 || only?.role !== 'text' || only.look !== '') return false
  return (interactive && role === 'generic') || textHolders.has(role)
}

/** Whether what it shows cannot be read: an element of the page's own making, with a closed shadow root or none. Frameworks name theirs alike and define nothing. */
function keepsToItself(element: HTMLElement): boolean {
  return element.localName.includes('-') && shadowOf(element) === null && element.matches(':defined')
}

function mixed(read: Read, sensing: Sensing): RawNode[] {
  return read.children.flatMap((child) => {
    if (isPiece(child)) return child.nodes
    const node = textNode(child, read.scope, read.shown, sensing)
    return node === null ? [] : [node]
  })
}

function isInteractive(element: HTMLElement, pointerBegins: boolean): boolean {
  if (element.hasAttribute('tabindex') && element.tabIndex >= 0) return true
  if (element.isContentEditable && element.parentElement?.isContentEditable !== true) return true
  return element.hasAttribute('onclick') || pointerBegins
}
