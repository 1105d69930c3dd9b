import type { RawNode } from '@overt/schema/words'
import { interactiveRoles, structuralRoles } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { attributeOf, isEditor, isElement, isFrame, isSeen, isSelect, isText, shadowOf } from './dom.ts'
import { type Area, type Place, areaOf, around, nowhere, overlap, placeIn, sameArea, showsPixels, widened } from './geometry.ts'
import { isIcon } from './looks.ts'
import { contentName, givenName, lastName } from './name.ts'
import { isWhole, nearChildren } from './near.ts'
import { isNamedByContent } from './role.ts'
import { type Kid, type Piece, joined, leftOut, none, nothing, pass, textIn } from './piece.ts'
import { columnsOf, isCell, looksTheSame, remembered, sameScope } from './remember.ts'
import { type Sensing, elementNode, textNode } from './row.ts'
import { isField } from './value.ts'

/** What an element hands to its children. */
export interface Scope extends Place {
  /** What of the page can be seen here. */
  readonly clip: Area
  /** The same for an absolutely positioned child: the clip of the nearest positioned ancestor. */
  readonly positionedClip: Area
  /** What is read: what can be seen, and something on each side. */
  readonly reach: Area
  /** Whether a pointer cursor, which is inherited, was set further out. */
  readonly pointer: boolean
  readonly largestSidePx: number
  /** The row of a list that it is a part of. */
  readonly thing: string
  /** Whether what is remembered of it is of no use. */
  readonly restyled: boolean
  /** Whether something beside it may look different, and it with that. */
  readonly around: boolean
  /** Whether the columns of the table that it is a part of, down to its cells, are others than before. */
  readonly loose: boolean
  /** The canvas that it stands in: what stands there has no box of its own and is said, not shown. */
  readonly canvas?: HTMLElement
}

const skipped: ReadonlySet<string> = new Set(
  'script style template noscript head meta link title base br wbr source track param datalist defs symbol clipPath mask desc metadata'.split(
    ' ',
  ),
)
/** What is read around what a scrolling box shows, in CSS pixels: what a small turn of the wheel brings. Of the page itself it is a window more each way. */
const mostBeside = 120
/** Roles that are one with a single text inside them. */
const textHolders: ReadonlySet<string> = new Set(['cell', 'gridcell', 'columnheader', 'rowheader', 'listitem', 'label'])
/** Pictures that are drawn, films and other documents: rows wherever they stand, since a press on one means a point in it. */
const wholes: ReadonlySet<string> = new Set(['canvas', 'video', 'audio', 'object', 'embed', 'iframe', 'frame'])
const closedTags: ReadonlySet<string> = new Set(['video', 'audio', 'object', 'embed', 'img', 'progress', 'meter'])

/** Reads one element and what is rendered below it, or remembers it. Reads only: nothing of the page is written, so layout is computed once. */
export function walk(element: HTMLElement, scope: Scope, sensing: Sensing): Piece {
  const own = bare(element)
  if (skipped.has(element.localName) || own.hasAttribute('data-overt-ignore')) return nothing
  if (sensing.spent()) return leftOut
  const visible = scope.canvas === undefined ? isSeen(element) : sensing.styleOf(element).display !== 'none'
  const rect = (scope.canvas ?? own).getBoundingClientRect()
  const area = areaOf(rect, scope)
  const memory = sensing.memory.get(element)
  const restyled = scope.restyled || sensing.isRestyled(element)
  const known = memory === undefined || restyled || memory.visible !== visible || !sameScope(memory.scope, scope) ? undefined : memory
  if (isFar(area, scope.reach) && !sensing.path.has(element)) return leftOut
  const columns = columnsOf(element)
  const loose = (scope.loose && !isCell(element)) || (memory !== undefined && memory.columns !== columns)
  if (known !== undefined && !loose && !sensing.isTouched(element) && (!scope.around || looksTheSame(element, area, known, sensing))) {
    const again = remembered(known, area)
    if (again !== null) {
      sensing.takeAll(again)
      if (again !== known.piece) sensing.memory.set(element, { piece: again, area, scope, visible, kids: null, columns })
      return again
    }
  }
  const before =
    known !== undefined && !loose && !scope.around && sameArea(known.area, area) && !sensing.isChanged(element) ? known.kids : null
  const { piece, kids } = read(element, { rect, area, visible, scope: { ...scope, restyled, loose }, before }, sensing)
  sensing.memory.set(element, { piece, area, scope, visible, kids, columns })
  sensing.settle(element)
  return piece
}

/** It is not seen and may lie over what is. */
function transparent(element: Element, shown: Area, { extent, hidden }: Piece): Pick<Piece, 'hidden' | 'extent'> {
  return { hidden: hidden.concat(element), extent: around(extent, showsPixels(shown) ? shown : null) }
}

/** A box without a side may hold what is seen; one that lies elsewhere will not, but for what is fixed, which is looked for by focus and point. */
function isFar(area: Area, reach: Area): boolean {
  return showsPixels(area) && !showsPixels(overlap(area, reach))
}

type Measured = Pick<Read, 'rect' | 'area' | 'scope'> & {
  readonly visible: boolean
  /** What stood below it, where only what changed there has to be read. */
  readonly before: readonly Kid[] | null
}

function read(element: HTMLElement, measured: Measured, sensing: Sensing): { readonly piece: Piece; readonly kids: readonly Kid[] } {
  const own = bare(element)
  const { rect, area, visible, scope: outer, before } = measured
  const thing = sensing.ids.thingOf(element, outer.thing)
  const scope = thing === outer.thing ? outer : { ...outer, thing }
  const style = sensing.styleOf(element)
  if (!visible && !own.checkVisibility()) {
    if (style.display !== 'contents') return { piece: { ...nothing, hidden: [element] }, kids: [] }
    const kids = kidsOf(element, scope, sensing, before)
    return { piece: { ...pass(kids), rigid: false }, kids }
  }
  const clip = clipOf(style, scope, sensing)
  const shown = overlap(area, clip)
  const parent = own.firstElementChild !== null || shadowOf(element) !== null || isFrame(element) || element.localName === 'slot'
  const pointer = scope.pointer || style.cursor === 'pointer'
  const inside = parent ? innerScope(style, area, shown, clip, { ...scope, pointer }) : scope
  // What only scripts scroll is said by its event.
  if (inside.clip === shown) sensing.noteClip(element, /auto|scroll/.test(`${style.overflowX}${style.overflowY}`))
  // Asked once: the browser looks at its style for it.
  const editor = isEditor(element)
  const kids = editor || isClosed(element, rect) ? none : kidsOf(element, inside, sensing, before)
  const passed = pass(kids)
  const piece = { ...passed, ...boundsOf(passed, element, style, shown, inside.clip === shown) }
  // What takes the keys for a drawn editor has no width.
  if (!visible || (element !== sensing.focus && (rect.width === 0 || rect.height === 0)))
    return { kids, piece: { ...piece, kids: kids.filter((kid) => kid.piece), ...(visible ? {} : transparent(element, shown, piece)) } }
  const interactive =
    editor || (pointer && !scope.pointer) || own.hasAttribute('onclick') || (own.hasAttribute('tabindex') && own.tabIndex >= 0)
  return { kids, piece: make({ element, style, rect, area, shown, scope, kids, piece, interactive }, sensing) }
}

/** A box that clips, stands by itself or holds another document does not move as one with what is in it. */
function boundsOf(
  { extent, rigid }: Piece,
  element: HTMLElement,
  style: CSSStyleDeclaration,
  shown: Area,
  clips: boolean,
): Pick<Piece, 'extent' | 'rigid'> {
  const still = rigid && (style.position === 'static' || style.position === 'relative')
  return {
    rigid: still && !clips && !isFrame(element) && (bare(element).firstElementChild === null || isWhole(element)),
    extent: clips && extent !== null ? overlap(extent, shown) : extent,
  }
}

/** Style is read only where it can matter: each property costs microseconds. */
function clipOf(style: CSSStyleDeclaration, scope: Scope, sensing: Sensing): Area {
  if (scope.clip === sensing.viewport) return scope.clip
  if (style.position === 'fixed') return sensing.viewport
  return style.position === 'absolute' ? scope.positionedClip : scope.clip
}

function isClosed(element: HTMLElement, rect: DOMRect): boolean {
  // An icon is one row, whatever it is drawn of.
  if (element.localName === 'svg') return isIcon(rect)
  return isSelect(element) || closedTags.has(element.localName)
}

function innerScope(style: CSSStyleDeclaration, area: Area, shown: Area, clip: Area, scope: Scope): Scope {
  // Where one axis clips, the other computes to auto: one axis tells.
  const inner = style.overflowX === 'visible' ? clip : shown
  const anchors = inner !== scope.positionedClip && (style.position !== 'static' || style.transform !== 'none')
  return {
    ...scope,
    clip: inner,
    positionedClip: anchors ? inner : scope.positionedClip,
    reach: inner === shown ? overlap(scope.reach, widened(area, mostBeside)) : scope.reach,
  }
}

/** What stands below an element now. */
function kidsOf(element: HTMLElement, scope: Scope, sensing: Sensing, before: readonly Kid[] | null): readonly Kid[] {
  if (isFrame(element)) return frameContent(element, scope, sensing)
  const drawing = element.localName === 'svg' || element.localName === 'g'
  const canvas = element.localName === 'canvas' ? element : scope.canvas
  const inner = {
    ...scope,
    around: sensing.isAround(element),
    ...(canvas && { canvas, clip: nowhere, positionedClip: nowhere }),
    ...(drawing && { largestSidePx: largestShapePx(element) }),
  }
  const only = before === null || inner.around ? null : changedKids(before, inner, sensing)
  if (only !== null) return only
  const shadow = shadowOf(element)
  if (shadow !== null) sensing.watch.root(shadow)
  const { reach, c, d, f } = inner
  const scale = Math.hypot(c, d)
  const near = { top: (reach.top - f) / scale, bottom: (reach.bottom - f) / scale }
  const nodes = nearChildren(element, near, sensing.path)
  const kids: Kid[] = []
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (isElement(node)) kids.push({ node, piece: walkAt(kids.length, node, inner, sensing) })
    else if (node !== undefined && isText(node) && /\S/.test(node.data)) kids.push({ node, piece: null })
  }
  // A list that grows is half empty, and a copy is not.
  return kids.slice()
}

/** The same with what changed in it read anew; null where that has another box now, and may have moved what is beside it. */
function changedKids(before: readonly Kid[], scope: Scope, sensing: Sensing): readonly Kid[] | null {
  let still = true
  const kids = before.map((kid, at) => {
    const { node } = kid
    if (!still || !isElement(node)) return kid
    if (!sensing.isTouched(node) && !sensing.isAhead(node) && !(kid.piece === leftOut && sensing.path.has(node))) return kid
    const was = sensing.memory.get(node)
    const piece = walkAt(at, node, scope, sensing)
    const now = sensing.memory.get(node)
    still = was !== undefined && now !== undefined && was.visible === now.visible && sameArea(was.area, now.area)
    return { node, piece }
  })
  if (!still) return null
  for (const [at, kid] of kids.entries()) if (kid === before[at] && kid.piece !== null) sensing.takeAll(kid.piece)
  return kids
}

/** Reads what stands at a place among what stands beside it. */
function walkAt(at: number, element: HTMLElement, scope: Scope, sensing: Sensing): Piece {
  const around = sensing.place
  sensing.place = (around * 31 + at + 1) | 0
  const piece = walk(element, scope, sensing)
  sensing.place = around
  return piece
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

function frameContent(frame: HTMLIFrameElement, scope: Scope, sensing: Sensing): Kid[] {
  const page = frame.contentDocument
  const body = page && bare(page).body
  if (page === null || !isElement(body) || !sensing.enters(page)) return []
  const clip = overlap(areaOf(frame.getBoundingClientRect(), scope), scope.clip)
  sensing.watch.root(page)
  const inner = { ...scope, ...placeIn(frame, scope), clip, positionedClip: clip, pointer: false, largestSidePx: 0, around: false }
  return [{ node: body, piece: walk(body, inner, sensing) }]
}

/** What `walk` has read of one element. */
interface Read {
  readonly element: HTMLElement
  readonly style: CSSStyleDeclaration
  readonly rect: DOMRect
  readonly area: Area
  readonly shown: Area
  readonly scope: Scope
  readonly kids: readonly Kid[]
  readonly piece: Piece
  /** Whether the page lets a person act on it, whatever its role says. */
  readonly interactive: boolean
}

function make(read: Read, sensing: Sensing): Piece {
  const { element, rect, piece, scope, interactive } = read
  const role = sensing.roleOf(element)
  if (piece.nodes.length === 0 && structuralRoles.has(role) && attributeOf(element, 'aria-hidden') === 'true' && textIn(piece) === '')
    return nothing
  const acts = interactive || interactiveRoles.has(role)
  const thing = acts || wholes.has(element.localName) || keepsToItself(element)
  const field = isField(element, role)
  const icon = element.localName === 'svg' && isIcon(rect)
  const folded = field || icon || (!piece.acts && holdsOneThing(role, interactive, read))
  const given = givenName(element, sensing.labels)
  const content = field || icon || given !== '' ? '' : isNamedByContent(role) ? contentName(element) : folded ? textIn(piece) : ''
  const name = given || content || lastName(element)
  const below = folded ? none : mixed(read, sensing)
  const plain = role === 'generic' && folded && !field && name !== ''
  const leaf = below.length === 0
  const node = elementNode({ ...read, role: plain ? 'text' : role, name, interactive: thing, field, leaf }, below, sensing)
  return {
    ...piece,
    nodes: node === null ? below : [node],
    size: folded ? 1 : piece.size + read.kids.length + 1,
    given,
    acts: acts || piece.acts,
    extent: around(piece.extent, read.area),
    own:
      thing && node !== null
        ? piece.own.concat({ row: node, element, area: read.area, clip: piece.rigid ? scope.clip : read.shown })
        : piece.own,
  }
}

/** Whether what is inside says no more than the element's own row can. */
function holdsOneThing(role: string, interactive: boolean, { piece, kids }: Read): boolean {
  if (isNamedByContent(role) || piece.nodes.length === 0) return true
  const [only] = piece.nodes
  if (kids.length !== 1 || piece.nodes.length !== 1 || only?.role !== 'text' || only.look !== '') return false
  return (interactive && role === 'generic') || textHolders.has(role)
}

/** Whether what it shows cannot be read: an element of the page's own making, with a closed shadow root or none. Frameworks name theirs alike and define nothing. */
function keepsToItself(element: HTMLElement): boolean {
  return bare(element).localName.includes('-') && shadowOf(element) === null && element.matches(':defined')
}

function mixed(read: Read, sensing: Sensing): readonly RawNode[] {
  return joined(
    read.kids.map(({ node, piece }) => {
      if (piece !== null) return piece.nodes
      const row = textNode(node as Text, read.scope, read.shown, sensing) // as: what has no piece is a text run
      return row === null ? none : [row]
    }),
  )
}
