/** Makes an element with attributes and children; no markup is parsed, so that Trusted Types have nothing to say. */
export function make<K extends keyof HTMLElementTagNameMap>(
  page: Document,
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = page.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** A host of our own beside the page's body, with a closed shadow root and a style that the page's rules don't reach. */
export function makeHost(page: Document, name: string, css: string): { readonly host: HTMLElement; readonly root: ShadowRoot } {
  const host = page.createElement(name)
  host.setAttribute('data-overt-ignore', '')
  const root = host.attachShadow({ mode: 'closed' })
  const sheet = new (page.defaultView ?? globalThis).CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  return { host, root }
}

/** Sets styles on a host so that no rule of the page wins; through the object model, which a content policy allows. */
export function pin(host: HTMLElement, styles: Readonly<Record<string, string>>): void {
  host.style.setProperty('all', 'initial', 'important')
  for (const [name, value] of Object.entries(styles)) host.style.setProperty(name, value, 'important')
}
