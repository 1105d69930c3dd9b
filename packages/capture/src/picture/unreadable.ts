import { isInput } from '../sense/dom.ts'

/** What nobody can look into: it is masked whole, whatever is drawn there. */
const closed: ReadonlySet<string> = new Set(['canvas', 'video', 'object', 'embed', 'fencedframe', 'portal', 'webview', 'applet'])
const images: ReadonlySet<string> = new Set(['img', 'image', 'use'])
/** An icon: no words fit in. */
const iconSideCssPx = 32

/** Whether an element shows what nobody can read: a drawing, a film, a photograph larger than an icon. */
export function isUnreadable(element: HTMLElement, { width, height }: DOMRect): boolean {
  const { localName } = element
  if (closed.has(localName)) return true
  if (width <= iconSideCssPx && height <= iconSideCssPx) return false
  if (images.has(localName) || (isInput(element) && element.type === 'image')) return true
  // A background behind words is decoration; one without any is a picture.
  return styleOf(element).backgroundImage.includes('url(') && (element.textContent ?? '').trim() === ''
}

/** The texts that a style puts before and after an element: where they are drawn nobody can tell. */
export function styledTexts(element: HTMLElement): readonly string[] {
  return ['::before', '::after'].flatMap((part) => {
    const { content } = styleOf(element, part)
    if (content === 'none' || content === 'normal' || content === '""' || content === '') return []
    const resolved = content.replace(/attr\(\s*([\w-]+)[^)]*\)/g, (_, name: string) => JSON.stringify(element.getAttribute(name) ?? ''))
    return [resolved.replace(/"((?:[^"\\]|\\.)*)"\s*/g, '$1')]
  })
}

/** The shadow root of an element, wherever an extension may look into it. */
export function anyShadowOf(element: Element): ShadowRoot | null {
  // By its property, not by instanceof: an element of another frame has that frame's classes.
  if (element.shadowRoot !== null || !('offsetWidth' in element)) return element.shadowRoot
  const { chrome } = globalThis as { chrome?: { dom?: { openOrClosedShadowRoot(host: Element): ShadowRoot | null } } } // as: an extension's world has it, a page does not
  return chrome?.dom?.openOrClosedShadowRoot(element) ?? null
}

/** Whether an element is drawn, if it has a place; what is transparent is taken for drawn. Not by `checkVisibility`: an element without a box of its own may still hold words. */
export function isDrawn(element: Element): boolean {
  return styleOf(element).visibility !== 'hidden'
}

/** The style of an element in its own window. */
export function styleOf(element: Element, part?: string): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView ?? window).getComputedStyle(element, part)
}
