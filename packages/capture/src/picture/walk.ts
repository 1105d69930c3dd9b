import { bare } from '../bare.ts'
import { isElement, isFrame, isInput, isShadowRoot, isText, isTextArea } from '../sense/dom.ts'
import { type Area, areaOf, overlap, outermost, placeIn } from '../sense/geometry.ts'
import { roleOf } from '../sense/role.ts'
import { clean } from '../sense/text.ts'
import { isField } from '../sense/value.ts'
import { maskUnread, revealedRuns } from './drawing.ts'
import { fieldTexts } from './fields.ts'
import type { Found, Run, Spot, Walk, WalkHelp } from './found.ts'
import type { Due, Sliced } from './slices.ts'
import { anyShadowOf, isDrawn, styledTexts, styleOf, unreadableAs } from './unreadable.ts'

/** Texts of this length in all are judged as one too. */
const longestGroup = 2_000
const silent: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'template', 'head', 'datalist'])

/** Walks over all of a page, its frames of the same origin and its shadow roots. */
export function* walkPage(page: Document, help: WalkHelp, due: Due): Sliced<Found> {
  const own = bare(page)
  const { innerWidth, innerHeight } = own.defaultView ?? window
  const viewport = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
  const found: Found = { areas: [], own: [], groups: [], written: [], shown: 0, astray: false }
  const walk: Walk = { ...help, due, viewport, found, range: own.createRange() }
  const rest = yield* walkRoot(page, { place: outermost, clip: viewport }, walk)
  if (rest.length > 0) found.groups.push(rest)
  return found
}

function walkRoot(root: Document | ShadowRoot, spot: Spot, walk: Walk): Sliced<Run[]> {
  walk.root(root)
  return grouped([...bare(root).childNodes], spot, walk)
}

/** Texts of children, as one group while they are short enough; groups that are full overlap by one text. */
function* grouped(children: readonly Node[], spot: Spot, walk: Walk): Sliced<Run[]> {
  let open: Run[] = []
  for (const child of children) {
    if (walk.due()) yield
    const runs = isText(child) ? textRuns(child, spot, walk) : yield* walkNode(child, spot, walk)
    if (runs.length === 0) continue
    if (lengthOf(open) + lengthOf(runs) > longestGroup && open.length > 0) {
      walk.found.groups.push(open)
      open = open.slice(-1)
    }
    open.push(...runs)
  }
  return open
}

function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { text }) => sum + text.length, 0)
}

function* walkNode(node: Node, spot: Spot, walk: Walk): Sliced<Run[]> {
  if (!isElement(node) || silent.has(node.localName)) return []
  const asked = bare(node)
  const rect = asked.getBoundingClientRect()
  const box = overlap(areaOf(rect, spot.place), spot.clip)
  const shows = isThere(box) && isDrawn(node)
  if (asked.hasAttribute('data-overt-ignore')) {
    walk.found.own.push(box)
    return []
  }
  const unread = shows ? unreadableAs(node, rect) : null
  if (unread !== null) {
    if (walk.reveals(node, unread)) return revealedRuns(node, box, spot, walk)
    maskUnread(node, box, walk)
    return []
  }
  if (isFrame(node)) return shows ? yield* frameRuns(node, box, spot, walk) : []
  const own = shows || (rect.width * rect.height === 0 && isRendered(node)) ? ownRuns(node, box, spot, walk) : []
  if (isInput(node) || isTextArea(node) || (shows && asked.isContentEditable)) return own
  const shadow = anyShadowOf(node)
  const inside = yield* shadow === null ? grouped(childrenOf(node), spot, walk) : walkRoot(shadow, spot, walk)
  return [...own, ...inside]
}

/** What has no box of its own may still have words before and after it. */
function isRendered(element: HTMLElement): boolean {
  return styleOf(element).display !== 'none' && isDrawn(element)
}

function isThere({ left, top, right, bottom }: Area): boolean {
  return right > left && bottom > top
}

function childrenOf(element: HTMLElement): readonly Node[] {
  if (element.localName !== 'slot' || !('assignedNodes' in element)) return [...bare(element).childNodes]
  const slot = element as HTMLSlotElement // as: only a slot has assignedNodes
  const assigned = slot.assignedNodes()
  return assigned.length > 0 ? assigned : [...slot.childNodes]
}

function textRuns(node: Text, { place, clip }: Spot, walk: Walk): Run[] {
  const { parentNode } = node
  const element = parentNode !== null && isShadowRoot(parentNode) ? parentNode.host : parentNode
  if (!isElement(element) || node.data.trim() === '') return []
  walk.range.selectNodeContents(node)
  if (!isThere(overlap(areaOf(walk.range.getBoundingClientRect(), place), clip))) return []
  const boxes = (): Iterable<DOMRect> => {
    walk.range.selectNodeContents(node)
    return walk.range.getClientRects()
  }
  return [{ text: clean(node.data), field: '', element, place, boxes }]
}

/** A frame is looked into where that is allowed and can be done; else it is masked whole. */
function* frameRuns(frame: HTMLIFrameElement, box: Area, { place }: Spot, walk: Walk): Sliced<Run[]> {
  const inner = frame.contentDocument
  if (inner === null || inner.designMode === 'on' || !walk.enters(inner) || isTurned(frame)) {
    walk.found.areas.push(box)
    return []
  }
  return yield* walkRoot(inner, { place: placeIn(frame, place), clip: box }, walk)
}

/** Where a frame is turned, what is in it lies elsewhere than its boxes say. */
function isTurned(frame: HTMLElement): boolean {
  for (let up: Element | null = frame; up !== null; up = bare(up).parentElement) {
    const { transform, rotate } = styleOf(up)
    const { b, c, is2D } = new DOMMatrixReadOnly(transform === 'none' ? '' : transform)
    if (b !== 0 || c !== 0 || !is2D || rotate !== 'none') return true
  }
  return false
}

/** What an element shows that is no text of its own: a field's content, a button's label, what a style adds. */
function ownRuns(element: HTMLElement, box: Area, { place }: Spot, walk: Walk): Run[] {
  const asked = bare(element)
  const boxes = (): Iterable<DOMRect> => [asked.getBoundingClientRect()]
  const run = (text: string, field = ''): Run => ({ text: clean(text), field, element, place, boxes })
  const role = roleOf(element)
  if (isField(element, role) || asked.isContentEditable)
    return fieldTexts(element, role, box, { walk, place }).map(({ text, field }) => run(text, field))
  return styledTexts(element).map((text) => ({ ...run(text), boxes: null }))
}
