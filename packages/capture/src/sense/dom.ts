// Guards by name and number, not by instanceof: an element of another frame has that frame's classes.

/** What an event is about, where that is a node: its own window's class would not tell one of another frame. */
export function nodeOf(target: EventTarget | null | undefined): Node | null {
  return target && 'nodeType' in target ? (target as Node) : null // as: what has a nodeType is a node
}

/** Whether a node is an element. */
export function isElement(node: Node | null | undefined): node is HTMLElement {
  return node?.nodeType === 1
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
  const { shadowRoot, localName } = element
  if (shadowRoot !== null || !(localName.includes('-') || (element.firstChild === null && hosts.test(localName)))) return shadowRoot
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
  return element.childNodes
}

/** The parent as it is rendered: through slots, shadow roots and frames of the same origin. */
export function renderedParent(node: Node): Node | null {
  if ('assignedSlot' in node && node.assignedSlot instanceof Object) return node.assignedSlot as HTMLSlotElement // as: an object in assignedSlot is the slot
  const parent = node.parentNode
  if (parent === null) return null
  if (isShadowRoot(parent)) return parent.host
  return parent.nodeType === 9 ? frameOf(parent) : parent
}

function frameOf(page: Node): Element | null {
  return (page as Document).defaultView?.frameElement ?? null // as: nodeType 9 is a document
}

/** Whether a node stands in a page that is shown. What was in a frame that is gone is still connected, to a document without a window. */
export function isThere(node: Node): boolean {
  return node.isConnected && node.ownerDocument?.defaultView !== null
}

/** The focused element, looked for through open shadow roots and frames of the same origin. */
export function deepFocus(page: Document): Element | null {
  let focus = page.activeElement
  for (let depth = 0; focus !== null && depth < 16; depth += 1) {
    const inner = shadowOf(focus)?.activeElement ?? (isFrame(focus) ? focus.contentDocument?.activeElement : null)
    if (inner === null || inner === undefined) return focus
    focus = inner
  }
  return focus
}

/** Transparent elements are not seen; a transparent field is: pages draw their own box and lay the real one over it. */
export function isSeen(element: Element): boolean {
  if (element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return true
  const laidOver = (isInput(element) || isSelect(element)) && element.getAttribute('aria-hidden') !== 'true'
  return laidOver && element.checkVisibility({ visibilityProperty: true })
}
