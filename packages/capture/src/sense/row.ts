import type { NodeState } from '@overt/schema'
import { type RawNode, interactiveRoles } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { attributeOf, isInput, isSelect } from './dom.ts'
import { type Area, areaOf, boxOf, overlap, showsPixels } from './geometry.ts'
import type { NodeIds } from './ids.ts'
import { leafLook, svgLook } from './looks.ts'
import type { Labels } from './name.ts'
import { type Piece, none } from './piece.ts'
import type { Memory } from './remember.ts'
import type { Secrets } from './secret.ts'
import { statesOf } from './states.ts'
import { clean, cut } from './text.ts'
import { fieldValue, optionLabels } from './value.ts'
import type { Scope } from './walk.ts'
import type { Watch } from './watch.ts'

/** What one sensing carries along. */
export interface Sensing {
  readonly ids: NodeIds
  readonly secrets: Secrets
  readonly labels: Labels
  readonly viewport: Area
  readonly focus: Element | null
  readonly redact: (text: string, field?: string) => string
  /** Whether the document of a frame may be looked into. */
  readonly enters: (page: Document) => boolean
  readonly styleOf: (element: Element) => CSSStyleDeclaration
  /** `colour-red` of a computed style's colour. */
  readonly colourOf: (css: string) => string
  readonly roleOf: (element: Element) => string
  /** The same list for the same states. */
  readonly listed: (states: NodeState[]) => NodeState[]
  /** Told of every element that clips what is in it, and whether people can scroll that. */
  readonly noteClip: (element: Element, scrolling: boolean) => void
  /** Counts one row; false where it is one too many. */
  take(offscreen: boolean): boolean
  /** Counts the rows of what is remembered. */
  takeAll(piece: Piece): void
  /** The row of a node as it was read before, where that says the same: what did not change is the same object. */
  keep(node: Node, row: RawNode): RawNode
  /** Whether no more rows can be had. */
  spent(): boolean
  readonly memory: WeakMap<Element, Memory>
  /** Where what is being read stands: one number for its place among what stands beside it, and for that of each that it stands in. */
  place: number
  readonly watch: Watch
  /** What is read wherever it lies: the focus, the target, what is in the middle of the window, and all that they stand in. */
  readonly path: ReadonlySet<Node>
  /** Whether it or something in it changed and was not read yet. */
  isTouched(node: Node): boolean
  /** Whether it changed itself. */
  isChanged(element: Element): boolean
  /** Whether it and what is in it may look different. */
  isRestyled(element: Element): boolean
  /** Whether something in it, next to others, may look different. */
  isAround(element: Element): boolean
  /** Whether it was read anew, while what it stands in was not. */
  isAhead(node: Node): boolean
  /** It was read. */
  settle(element: Element): void
}

/** One element, read and judged, on its way to a row. */
export interface Judged {
  readonly element: HTMLElement
  readonly style: CSSStyleDeclaration
  readonly rect: DOMRect
  readonly area: Area
  readonly shown: Area
  readonly scope: Scope
  readonly role: string
  readonly name: string
  readonly interactive: boolean
  readonly field: boolean
  readonly leaf: boolean
}

/** The row of an element; null where the table is full. */
export function elementNode(judged: Judged, children: readonly RawNode[], sensing: Sensing): RawNode | null {
  const { element, role, name, field, scope } = judged
  const offscreen = !showsPixels(judged.shown)
  if (!sensing.take(offscreen)) return null
  const secret = field && sensing.secrets.isSecret(element, name)
  if (field && !secret) sensing.watch.sentinel(element)
  const value = secret || (!field && role !== 'combobox') ? '' : fieldValue(element, role)
  return sensing.keep(element, {
    id: idFor(element, scope.thing, role, name, sensing),
    tag: bare(element).localName.slice(0, 64),
    inputType: isInput(element) ? element.type : '',
    role,
    name: cut(sensing.redact(name)),
    value: value === '' ? '' : cut(sensing.redact(value, name)),
    states: sensing.listed(statesOf(element, element === sensing.focus, secret, offscreen)),
    box: boxOf(judged.area),
    options: isSelect(element) ? optionLabels(element).map((label) => cut(sensing.redact(label), 512)) : none,
    look: judged.leaf && !field ? lookOf(judged, sensing).slice(0, 128) : '',
    keys: keysOf(element),
    interactive: judged.interactive,
    children,
  })
}

/** A text is its words. Any other thing may change its own. */
function idFor(node: Node, thing: string, role: string, name: string, { ids, place }: Sensing): number {
  return ids.give(node, role === 'text' ? `${thing}\n${name}` : thing, role, place, name)
}

function lookOf(judged: Judged, sensing: Sensing): string {
  const { element, style, rect, name, role, scope } = judged
  const own = bare(element)
  if ('ownerSVGElement' in own && own.ownerSVGElement !== null)
    return svgLook(element, sensing.colourOf(style.fill), rect, scope.largestSidePx)
  return leafLook(
    element,
    name !== '' ? 'text' : interactiveRoles.has(role) ? 'control' : 'plain',
    sensing.colourOf(style.backgroundColor),
    rect,
  )
}

function keysOf(element: Element): string {
  const shortcuts = attributeOf(element, 'aria-keyshortcuts')
  const access = attributeOf(element, 'accesskey')
  // Most have none, and a blank alone is long in cleaning.
  return shortcuts + access && clean(`${shortcuts} ${access && `Alt+${access.toUpperCase()}`}`).slice(0, 128)
}

/** The row of a text run beside elements; null where nothing of it is rendered or the table is full. */
export function textNode(text: Text, scope: Scope, within: Area, sensing: Sensing): RawNode | null {
  const range = bare(text.ownerDocument).createRange()
  range.selectNodeContents(text)
  const rect = range.getBoundingClientRect()
  if (rect.width === 0 || rect.height === 0) return null
  const area = areaOf(rect, scope)
  const offscreen = !showsPixels(overlap(area, within))
  if (!sensing.take(offscreen)) return null
  const name = clean(text.data)
  return sensing.keep(text, {
    id: idFor(text, scope.thing, 'text', name, sensing),
    tag: '#text',
    inputType: '',
    role: 'text',
    name: cut(sensing.redact(name)),
    value: '',
    states: sensing.listed(offscreen ? ['offscreen'] : []),
    box: boxOf(area),
    options: none,
    look: '',
    keys: '',
    interactive: false,
    children: none,
  })
}
