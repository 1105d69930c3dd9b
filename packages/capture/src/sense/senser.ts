import type { Observation } from '@overt/schema'
import { tabulate } from '@overt/schema/words'

import { deepFocus, isElement } from './dom.ts'
import { createNodeIds } from './ids.ts'
import { rememberColours } from './looks.ts'
import { roleOf } from './role.ts'
import type { Sensing } from './row.ts'
import { createSecrets } from './secret.ts'
import { clean, cut } from './text.ts'
import { walk } from './walk.ts'

/** What a senser may be told. */
export interface SenserOptions {
  /** Called on every name, value, label and the title; `field` is the name of the field that holds the text. Default: nothing is changed. */
  readonly redact?: (text: string, field?: string) => string
  /** Called on the page's address. Default: origin and path. */
  readonly redactUrl?: (url: string) => string
  /** Rows at most (default 2,000); what is offscreen gives way first. */
  readonly maxNodes?: number
}

/** Reads one document into observations; the agent and the recorder use the same one. */
export interface Senser {
  sense(): Observation
  /** The number that the node has in every observation of this senser. */
  nodeId(node: Node): number
  /** undefined where the node is gone or is a text run. */
  element(nodeId: number): HTMLElement | undefined
  /** Whether a field is or ever was secret; by type, autocomplete, name and label only. */
  isSecret(element: Element, label: string): boolean
  /** Scroll position of a clipping element when it was first sensed. */
  firstScroll(container: Element): readonly [number, number] | undefined
  dispose(): void
}

/** Makes a senser for a document and its frames of the same origin. It writes nothing into the page. */
export function createSenser(page: Document, options: SenserOptions = {}): Senser {
  const ids = createNodeIds()
  const secrets = createSecrets()
  const maxNodes = options.maxNodes ?? 2_000
  const redact = options.redact ?? ((text: string) => text)
  const redactUrl = options.redactUrl ?? originAndPath
  const scrolls = new WeakMap<Element, readonly [number, number]>()
  const noteClip = (element: Element): void => {
    if (!scrolls.has(element)) scrolls.set(element, [Math.round(element.scrollLeft), Math.round(element.scrollTop)])
  }
  const colourOf = rememberColours()
  let next = 0
  const sense = (): Observation => {
    const view = viewOf(page)
    const viewport = { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight }
    const sensing: Sensing = {
      ids,
      secrets,
      viewport,
      focus: deepFocus(page),
      redact,
      roleOf,
      styleOf,
      colourOf,
      noteClip,
      ...rowBudget(maxNodes),
    }
    const scope = { clip: viewport, positionedClip: viewport, offsetX: 0, offsetY: 0, pointer: false, largestSidePx: 0 }
    const roots = isElement(page.body) ? walk(page.body, scope, sensing).nodes : []
    next += 1
    return {
      id: next - 1,
      url: cut(redactUrl(page.location.href), 2048),
      title: cut(redact(clean(page.title)), 1024),
      viewport: {
        width: view.innerWidth,
        height: view.innerHeight,
        scrollX: Math.round(view.scrollX),
        scrollY: Math.round(view.scrollY),
        pixelRatio: view.devicePixelRatio,
      },
      status: 'fresh',
      nodes: tabulate(roots),
    }
  }
  const element = (nodeId: number): HTMLElement | undefined => {
    const node = ids.nodeOf(nodeId)
    return isElement(node) ? node : undefined
  }
  return {
    sense,
    nodeId: (node) => ids.idOf(node),
    element,
    isSecret: (field, label) => secrets.isSecret(field, label),
    firstScroll: (container) => scrolls.get(container),
    dispose: () => ids.clear(),
  }
}

function viewOf(page: Document): Window {
  const view = page.defaultView
  if (view === null) throw new TypeError('the document has no window')
  return view
}

function styleOf(element: Element): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView ?? window).getComputedStyle(element)
}

function rowBudget(maxNodes: number): Pick<Sensing, 'take' | 'spent'> {
  let rows = 0
  let offscreenRows = 0
  return {
    take: (offscreen) => {
      if (rows >= maxNodes || (offscreen && offscreenRows >= maxNodes / 2)) return false
      rows += 1
      if (offscreen) offscreenRows += 1
      return true
    },
    spent: () => rows >= maxNodes,
  }
}

function originAndPath(url: string): string {
  const { origin, pathname, protocol } = new URL(url)
  return origin === 'null' ? `${protocol}${pathname}` : `${origin}${pathname}`
}
