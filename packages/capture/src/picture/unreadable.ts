import { bare } from '../bare.ts'
import { isInput } from '../sense/dom.ts'

/** What nobody can look into: it is masked whole, whatever is drawn there, but for what the person agreed to by name. */
const kinds: ReadonlyMap<string, Unreadable> = new Map([
  ['canvas', 'drawings'],
  ['video', 'films'],
  ...['object', 'embed', 'fencedframe', 'portal', 'webview', 'applet'].map((name) => [name, 'closed'] as const),
])
const images: ReadonlySet<string> = new Set(['img', 'image', 'use'])
/** An icon: no words fit in. */
const iconSideCssPx = 32

/** What nobody can read into: the modality under which it may be shown all the same, or `closed`. */
export type Unreadable = 'drawings' | 'films' | 'closed'

/** What an element shows that nobody can read: a drawing, a film, a photograph larger than an icon; null where it shows nothing of the kind. */
export function unreadableAs(element: HTMLElement, { width, height }: DOMRect): Unreadable | null {
  const { localName } = element
  const kind = kinds.get(localName)
  const small = width <= iconSideCssPx && height <= iconSideCssPx
  if (small || kind === 'closed') return kind ?? null
  if (images.has(localName) || (isInput(element) && element.type === 'image')) return 'closed'
  // A background behind words is decoration; one without any, or behind what is drawn, is a picture.
  const lacksWords = kind !== undefined || (bare(element).textContent ?? '').trim() === ''
  return lacksWords && styleOf(element).backgroundImage.includes('url(') ? 'closed' : (kind ?? null)
}

/** The texts that a style puts before and after an element: where they are drawn nobody can tell. */
export function styledTexts(element: HTMLElement): readonly string[] {
  return ['::before', '::after'].flatMap((part) => {
    const { content } = styleOf(element, part)
    if (content === 'none' || content === 'normal' || content === '""' || content === '') return []
    const resolved = content.replace(/attr\(\s*([\w-]{1,256})(?![\w-])[^)]{0,1024}\)/g, (_, name: string) =>
      JSON.stringify(bare(element).getAttribute(name) ?? ''),
    )
    return [resolved.replace(/"((?:[^"\\]|\\.)*)"\s*/g, '$1')]
  })
}

/** The shadow root of an element, wherever an extension may look into it. */
export function anyShadowOf(element: Element): ShadowRoot | null {
  // By its property, not by instanceof: an element of another frame has that frame's classes.
  const { shadowRoot } = bare(element)
  if (shadowRoot !== null || !('offsetWidth' in element)) return shadowRoot
  const { chrome } = globalThis as { chrome?: { dom?: { openOrClosedShadowRoot(host: Element): ShadowRoot | null } } } // as: an extension's world has it, a page does not
  return chrome?.dom?.openOrClosedShadowRoot(element) ?? null
}

/** Whether an element is drawn, if it has a place; what is transparent is taken for drawn. Not by `checkVisibility`: an element without a box of its own may still hold words. */
export function isDrawn(element: Element): boolean {
  return styleOf(element).visibility !== 'hidden'
}

/** The style of an element, of whichever document it is: no document is asked for its window, which a page may call otherwise. */
export function styleOf(element: Element, part?: string): CSSStyleDeclaration {
  return getComputedStyle(element, part)
}
