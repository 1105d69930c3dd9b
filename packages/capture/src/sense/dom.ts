import { bare } from '../bare.ts'

// Guards by name and number, not by instanceof: an element of another frame has that frame's classes.

/** What an event is about, where that is a node: its own window's class would not tell one of another frame. */
export function nodeOf(target: EventTarget | null | undefined): Node | null {
  return target && 'nodeType' in target ? (target as Node) : null // as: what has a nodeType is a node
}

/** Whether a node is an element. */
export function isElement(node: Node | null | undefined): node is HTMLElement {
  return !!node && bare(node).nodeType === 1
}

/** Whether a node is a text run. */
export function isText(node: Node): node is Text {
  return node.nodeType === 3
}

/** Whether an element is an `input`. */
export function isInput(element: Element): element is HTMLInputElement {
  return element.localName === 'input'
}

/** Whether an element is a native `select`. */
export function isSelect(element: Element): element is HTMLSelectElement {
  return element.localName === 'select'
}

/** Whether an element is a `textarea`. */
export function isTextArea(element: Element): element is HTMLTextAreaElement {
  return element.localName === 'textarea'
}

/** Whether an element is an `iframe` or a `frame`. */
export function isFrame(element: Element): element is HTMLIFrameElement {
  return element.localName === 'iframe' || element.localName === 'frame'
}

/** Whether a node is a shadow root. */
export function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === 11 && 'host' in node
}

/** Elements of the browser's own that a page may give a shadow root (DOM, "valid shadow host name"). */
const hosts = /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/

/** The shadow root of an element: an open one, or a closed one where the browser shows it to an extension. Of the browser's own elements only empty ones are asked for a closed one: what they hold would show nowhere. */
export function shadowOf(element: Element): ShadowRoot | null {
  const own = bare(element)
  const { shadowRoot, localName } = own
  if (shadowRoot !== null || !(localName.includes('-') || (own.firstChild === null && hosts.test(localName)))) return shadowRoot
  const { chrome } = globalThis as { chrome?: { dom?: { openOrClosedShadowRoot(host: Element): ShadowRoot | null } } } // as: an extension's world has it, a page does not
  return chrome?.dom?.openOrClosedShadowRoot(element) ?? null
}

/** The children as they are rendered: of the shadow root, of the slot's assignment, else the element's own. */
export function renderedChildren(element: HTMLElement): ArrayLike<Node> {
  const root = shadowOf(element)
  if (root !== null) return root.childNodes
  if (element.localName === 'slot' && 'assignedNodes' in element) {
    const slot = element as HTMLSlotElement // as: only a slot has assignedNodes
    const assigned = slot.assignedNodes({ flatten: true })
    return assigned.length > 0 ? assigned : slot.childNodes
  }
  return bare(element).childNodes
}

/** The parent as it is rendered: through slots, shadow roots and frames of the same origin. */
export function renderedParent(node: Node): Node | null {
  const own = bare(node)
  if ('assignedSlot' in own && own.assignedSlot instanceof Object) return own.assignedSlot as HTMLSlotElement // as: an object in assignedSlot is the slot
  const parent = own.parentNode
  if (parent === null) return null
  if (isShadowRoot(parent)) return parent.host
  return isElement(parent) ? parent : frameOf(parent)
}

function frameOf(page: Node): Element | null {
  return bare(page as Document).defaultView?.frameElement ?? null // as: what is around all elements
}

/** Whether a node stands in a page that is shown. What was in a frame that is gone is still connected, to a document without a window. */
export function isThere(node: Node): boolean {
  const { isConnected, ownerDocument } = bare(node)
  return isConnected && (ownerDocument === null || bare(ownerDocument).defaultView !== null)
}

/** The focused element, looked for through open shadow roots and frames of the same origin. */
export function deepFocus(page: Document): Element | null {
  let focus = bare(page).activeElement
  for (let depth = 0; focus !== null && depth < 16; depth += 1) {
    const root = shadowOf(focus) ?? (isFrame(focus) ? focus.contentDocument : null)
    const inner = root && bare(root).activeElement
    if (inner === null) return focus
    focus = inner
  }
  return focus
}

/** What an attribute says; '' where there is none. */
export function attributeOf(element: Element, name: string): string {
  return bare(element).getAttribute(name) ?? ''
}

/** The element that a node stands in. */
export function parentOf(node: Node | null): HTMLElement | null {
  return node && bare(node).parentElement
}

/** Whether one node is the other or in it. */
export function isIn(node: Node | null, outer: Node): boolean {
  return bare(outer).contains(node)
}

/** How far a container is scrolled, in whole CSS pixels. */
export function scrolledTo(container: Element): readonly [number, number] {
  const { scrollLeft, scrollTop } = bare(container)
  return [Math.round(scrollLeft), Math.round(scrollTop)]
}

/** Whether what is in it can be written into. */
export function isEditable(element: HTMLElement | null): element is HTMLElement {
  return element !== null && bare(element).isContentEditable
}

/** Whether it is that and what it stands in is not. */
export function isEditor(element: HTMLElement): boolean {
  return isEditable(element) && !isEditable(parentOf(element))
}

/** Transparent elements are not seen; a transparent field is: pages draw their own box and lay the real one over it. */
export function isSeen(element: Element): boolean {
  if (bare(element).checkVisibility({ visibilityProperty: true, opacityProperty: true })) return true
  const laidOver = (isInput(element) || isSelect(element)) && attributeOf(element, 'aria-hidden') !== 'true'
  return laidOver && element.checkVisibility({ visibilityProperty: true })
}
