import type { NodeState, ObservationNode } from '@overt/schema'
import { colourLook, iconLook, implicitRole, interactiveRoles, shapeLook, sizeLook, tabulate, type RawNode } from '@overt/schema/words'

import type { DemoNode } from './miniwob-demo.ts'

/** jQuery UI 1.12 gives its widgets these roles; the recordings hold classes only. First match wins. */
const widgetRoles: Readonly<Record<string, string>> = {
  'ui-dialog': 'dialog',
  'ui-tabs-tab': 'tab',
  'ui-tabs-nav': 'tablist',
  'ui-tabs-panel': 'tabpanel',
  'ui-accordion-content': 'tabpanel',
  'ui-accordion-header': 'tab',
  'ui-accordion': 'tablist',
  'ui-menu-item-wrapper': 'menuitem',
  'ui-menu': 'menu',
  'ui-spinner-input': 'spinbutton',
  'ui-spinner-button': 'button',
  'ui-helper-hidden-accessible': 'status',
  // Without an address these are no links.
  'ui-datepicker-prev': 'generic',
  'ui-datepicker-next': 'generic',
}

/** Its menu of suggestions has no roles. */
const suggestionsClass = 'ui-autocomplete'

/** Roles named by what they hold, so that text alone inside them is no row of its own (as in capture's `sense`). */
const namedByContent = new Set(['button', 'link', 'option', 'tab', 'menuitem', 'heading', 'treeitem', 'switch', 'checkbox', 'radio'])
const textHolders = new Set(['cell', 'gridcell', 'columnheader', 'rowheader', 'listitem', 'label'])
const skippedTags = new Set(['br', 'script', 'style', 'wbr', 'defs', 'desc', 'metadata', 'clippath'])
const shapeTags = new Set(['rect', 'circle', 'ellipse', 'polygon', 'path', 'line', 'polyline', 'text'])
const valueless = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file'])
const buttonTypes = new Set(['button', 'submit', 'reset'])
/** MiniWoB shows a task in a square of this size; what lies outside has to be scrolled to. CSS pixels. */
const stage = { width: 160, height: 210 }
/** Ids of text runs start here: far above any element's. */
const textIdBase = 1_000_000

interface Scope {
  readonly svg: boolean
  readonly largestSide: number
  readonly labelText: string
  readonly suggestions: boolean
}

interface Piece {
  readonly nodes: readonly RawNode[]
  readonly text: string
  readonly acts: boolean
}

/** The node table of a recorded page, by the rules that capture's `sense` follows on a live one. */
export function miniwobTable(page: DemoNode): ObservationNode[] {
  return tabulate(walk(page, { svg: false, largestSide: 0, labelText: '', suggestions: false }).nodes)
}

/** The id that a recorded element has in the table; `undefined` for a piece of text. */
export function tableId(node: DemoNode): number | undefined {
  return node.ref >= 0 ? node.ref : undefined
}

function walk(node: DemoNode, scope: Scope): Piece {
  const { tag, inputType } = tagOf(node)
  if (skippedTags.has(tag)) return { nodes: [], text: '', acts: false }
  const inner = innerScope(node, tag, scope)
  const groups = tag === 'select' || (scope.svg && tag === 'text') ? [] : group(node.children)
  const parts = groups.map((part) => (Array.isArray(part) ? textOf(part) : walk(part, inner)))
  const pieces = parts.filter((part) => typeof part !== 'string')
  const text = clean(
    groups.length === 0 ? ownText(node, tag) : parts.map((part) => (typeof part === 'string' ? part : part.text)).join(' '),
  )
  // A form that wraps the whole page belongs to the site that paid for the recordings, not to the task.
  if (node.id === 'mturk_form') return { nodes: pieces.flatMap((piece) => piece.nodes), text, acts: pieces.some((piece) => piece.acts) }
  return make({ node, tag, inputType, scope, inner, groups, parts, pieces, text })
}

interface Read {
  readonly node: DemoNode
  readonly tag: string
  readonly inputType: string
  readonly scope: Scope
  readonly inner: Scope
  readonly groups: readonly (DemoNode | readonly DemoNode[])[]
  readonly parts: readonly (Piece | string)[]
  readonly pieces: readonly Piece[]
  readonly text: string
}

function make(read: Read): Piece {
  const { node, tag, inputType, pieces, scope, inner, text } = read
  const role = roleOf(node, tag, inputType, inner)
  const acts = interactiveRoles.has(role)
  const below = pieces.flatMap((piece) => piece.nodes)
  const actsBelow = pieces.some((piece) => piece.acts)
  const field = ['input', 'select', 'textarea'].includes(tag)
  const icon = tag === 'svg' && Math.max(node.width, node.height) <= 40
  const folded =
    field || icon || below.length === 0 || (!actsBelow && (namedByContent.has(role) || holdsOneText(role, read.groups.length, below)))
  const given = givenName(node, tag, inputType, scope)
  const content = field || icon ? '' : folded || namedByContent.has(role) ? text : ''
  const name = given || content
  const children = folded ? [] : withTexts(read)
  const plain = role === 'generic' && folded && text !== ''
  const leaf = children.length === 0 && !field
  const row: RawNode = {
    id: node.ref,
    tag,
    inputType,
    role: plain ? 'text' : role,
    name: name.slice(0, 4096),
    value: field && inputType !== 'password' && !valueless.has(inputType) && typeof node.value === 'string' ? node.value : '',
    states: statesOf(node, tag, inputType),
    box: boxOf(node),
    options: tag === 'select' ? node.children.map((option) => clean(option.text)) : [],
    look: leaf ? lookOf(node, tag, name, acts, scope) : '',
    keys: '',
    interactive: false,
    children,
  }
  return { nodes: [row], text: given || text, acts: acts || actsBelow }
}

/** Whether a cell or list item holds nothing but one text, which is then its own. */
function holdsOneText(role: string, children: number, below: readonly RawNode[]): boolean {
  const [only] = below
  return textHolders.has(role) && children === 1 && below.length === 1 && only?.role === 'text' && only.look === ''
}

function withTexts(read: Read): RawNode[] {
  let run = 0
  return read.groups.flatMap((group, at) => {
    const part = read.parts[at]
    if (!Array.isArray(group)) return typeof part === 'object' ? part.nodes : []
    run += 1
    return [textRow(group, textIdBase + read.node.ref * 100 + run)]
  })
}

function textRow(pieces: readonly DemoNode[], id: number): RawNode {
  const left = Math.min(...pieces.map((piece) => piece.left))
  const top = Math.min(...pieces.map((piece) => piece.top))
  const width = Math.max(...pieces.map((piece) => piece.left + piece.width)) - left
  const height = Math.max(...pieces.map((piece) => piece.top + piece.height)) - top
  const area = { left, top, width, height }
  return {
    id,
    tag: '#text',
    inputType: '',
    role: 'text',
    name: clean(textOf(pieces)).slice(0, 4096),
    value: '',
    states: isOffscreen(area) ? ['offscreen'] : [],
    box: boxOf(area),
    options: [],
    look: '',
    keys: '',
    interactive: false,
    children: [],
  }
}

/** The recorder writes one piece per line of a text run: pieces in a row are one run again. */
function group(children: readonly DemoNode[]): (DemoNode | DemoNode[])[] {
  const groups: (DemoNode | DemoNode[])[] = []
  for (const child of children) {
    const last = groups.at(-1)
    if (child.tag !== 't') groups.push(child)
    else if (Array.isArray(last)) last.push(child)
    else groups.push([child])
  }
  return groups
}

function innerScope(node: DemoNode, tag: string, scope: Scope): Scope {
  const svg = scope.svg || tag === 'svg'
  const largestSide = tag === 'svg' ? largestShape(node) : scope.largestSide
  const labelText = tag === 'label' ? clean(textOf(node.children.filter((child) => !child.tag.startsWith('INPUT')))) : scope.labelText
  return { svg, largestSide, labelText, suggestions: scope.suggestions || classesOf(node).includes(suggestionsClass) }
}

function largestShape(node: DemoNode): number {
  const own = shapeTags.has(node.tag) ? Math.max(node.width, node.height) : 0
  return node.children.reduce((largest, child) => Math.max(largest, largestShape(child)), own)
}

function givenName(node: DemoNode, tag: string, inputType: string, scope: Scope): string {
  if (tag === 'input' && buttonTypes.has(inputType)) {
    return (
      clean(typeof node.value === 'string' ? node.value : '') || (inputType === 'submit' ? 'Submit' : inputType === 'reset' ? 'Reset' : '')
    )
  }
  return tag === 'input' || tag === 'select' || tag === 'textarea' ? scope.labelText : ''
}

function roleOf(node: DemoNode, tag: string, inputType: string, scope: Scope): string {
  for (const word of scope.suggestions ? [] : classesOf(node)) {
    const role = widgetRoles[word]
    if (role !== undefined) return role
  }
  return implicitRole(tag, inputType, { href: tag === 'a', listSelect: tag === 'select' && node.children.length > 0 })
}

function lookOf(node: DemoNode, tag: string, name: string, acts: boolean, scope: Scope): string {
  const largest = Math.max(node.width, node.height)
  if (scope.svg && tag !== 'svg') {
    const shape = shapeLook(tag)
    return shape === '' ? '' : [shape, sizeLook(largest, scope.largestSide)].filter((word) => word !== '').join(' ')
  }
  const colour = colourLook(node.background)
  const quiet = ['', 'colour-white', 'colour-grey'].includes(colour)
  // jQuery UI paints what the pointer is over: the recording shows where the person was about to press.
  const painted = classesOf(node).some((word) => word.startsWith('ui-'))
  if (name !== '') return quiet || painted ? '' : colour
  const shown = Math.min(node.width, node.height) >= 6 && !(acts && (quiet || painted)) ? colour : ''
  return [iconOf(node), shown].filter((word) => word !== '').join(' ')
}

function iconOf(node: DemoNode): string {
  const own = iconLook(`${node.classes} ${node.id}`)
  if (own !== '') return own
  for (const child of node.children) {
    const word = iconOf(child)
    if (word !== '') return word
  }
  return ''
}

function statesOf(node: DemoNode, tag: string, inputType: string): NodeState[] {
  const states: NodeState[] = []
  if (node.value === true) states.push('checked')
  const classes = new Set(classesOf(node))
  if (classes.has('ui-tabs-tab') || classes.has('ui-accordion-header')) {
    const active = classes.has('ui-state-active')
    if (active) states.push('selected')
    states.push(active ? 'expanded' : 'collapsed')
  }
  if (node.focused && tag !== 'body') states.push('focused')
  if (inputType === 'password') states.push('secret')
  if (isOffscreen(node)) states.push('offscreen')
  return states
}

function isOffscreen(area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }): boolean {
  return area.left >= stage.width || area.top >= stage.height || area.left + area.width <= 0 || area.top + area.height <= 0
}

function boxOf(area: {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}): ObservationNode['box'] {
  const left = Math.round(area.left)
  const top = Math.round(area.top)
  return [left, top, Math.round(area.left + area.width) - left, Math.round(area.top + area.height) - top]
}

function tagOf(node: DemoNode): { readonly tag: string; readonly inputType: string } {
  const [tag = '', inputType = ''] = node.tag.split('_', 2)
  return { tag: tag.toLowerCase(), inputType }
}

function classesOf(node: DemoNode): readonly string[] {
  return node.classes.split(/\s+/)
}

function ownText(node: DemoNode, tag: string): string {
  if (tag === 'input' || tag === 'textarea' || tag === 'select') return ''
  return `${node.text} ${textOf(node.children)}`
}

function textOf(nodes: readonly DemoNode[]): string {
  return nodes.map((node) => `${node.text} ${textOf(node.children)}`).join(' ')
}

function clean(text: string): string {
  return text.replace(/[\s\u001f\u00a0]+/g, ' ').trim()
}
