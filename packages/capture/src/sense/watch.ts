import { listenTo } from '../natives.ts'
import { isElement, isInput, isSelect, isTextArea, isThere, renderedParent } from './dom.ts'

/** More changes than this between two sensings, and nothing is told apart any more: watching costs nothing from there on. */
const mostChanges = 400

/** What has changed since the page was last sensed. */
export interface Changes {
  /** Everything may have. */
  readonly all: boolean
  /** Nodes that changed, and all that they stand in. */
  readonly touched: ReadonlySet<Node>
  /** Elements below which styles may have changed. */
  readonly restyled: ReadonlySet<Node>
}

/** Hears what may change what can be seen. It marks and never reads or writes: the page pays for what is sensed, not for what happens. */
export interface Watch {
  /** Everything is read anew: what is watched begins here. */
  begin(): void
  /** Begins to watch a document or shadow root; once more is no harm. */
  root(root: Document | ShadowRoot): void
  /** A field whose content scripts can set without anything telling, or a container that scrolls. */
  sentinel(element: Element): void
  /** Says that an element changed; `around`: what stands beside it may look different too. */
  touch(node: Node, around?: boolean): void
  /** What changed so far; null for nothing at all. */
  changes(): Changes | null
  /** Begins anew: all of it was seen. */
  seen(): void
  stop(): void
}

const told = [
  'input',
  'change',
  'reset',
  'focusin',
  'focusout',
  'pointerover',
  'toggle',
  'scroll',
  'load',
  'transitionrun',
  'animationstart',
] as const
const beside: ReadonlySet<string> = new Set(['change', 'pointerover', 'reset', 'load'])
const moving: ReadonlySet<string> = new Set(['transitionrun', 'animationstart'])
const observed = { subtree: true, childList: true, attributes: true, characterData: true }

interface Marks {
  readonly changed: Map<Node, boolean>
  /** Anything may have changed: nothing is told apart. */
  all: boolean
  /** Something on the page moves by itself. */
  animated: boolean
}

/** Puts something around a callback, what it throws say. */
export type Guard = <A extends readonly unknown[]>(name: string, react: (...given: A) => void) => (...given: A) => void

/** Makes a watch over nothing yet. */
export function createWatch(page: Document, guard: Guard = (_, react) => react): Watch {
  const over = new AbortController()
  const marks: Marks = { changed: new Map(), all: true, animated: true }
  let sentinels = new Map<Element, string>()
  const touch = (node: Node, around = false): void => {
    if (marks.all) return
    marks.changed.set(node, around || marks.changed.get(node) === true)
    if (marks.changed.size > mostChanges) giveUp()
  }
  const observer = new MutationObserver(guard('watch', (records: MutationRecord[]) => mark(records, touch, giveUp)))
  const giveUp = (): void => {
    marks.all = true
    marks.changed.clear()
    observer.disconnect()
  }
  const look = (): void => {
    mark(observer.takeRecords(), touch, giveUp)
    if (marks.animated) {
      giveUp()
      marks.animated = page.getAnimations().length > 0
    }
    for (const [element, before] of sentinels) if (signOf(element) !== before) touch(element)
  }
  const hear = guard('watch', (event: Event): void => {
    if (moving.has(event.type)) marks.animated = true
    const [node] = event.composedPath()
    if (node !== undefined && 'nodeType' in node) touch(node as Node, beside.has(event.type)) // as: what has a nodeType is a node
  })
  const root = (entered: Document | ShadowRoot): void => {
    observer.observe(entered, observed)
    if (entered.nodeType !== 9) return
    // Once more is no harm, and a document that is written anew has lost its listeners.
    for (const type of told) listenTo(entered, type, hear, { capture: true, passive: true, signal: over.signal })
  }
  return {
    begin: () => {
      giveUp()
      marks.all = false
      sentinels.clear()
      root(page)
    },
    root,
    sentinel: (element) => sentinels.set(element, signOf(element)),
    touch,
    changes: () => {
      look()
      return !marks.all && marks.changed.size === 0 ? null : { all: marks.all, ...spread(marks.changed) }
    },
    seen: () => {
      marks.changed.clear()
      sentinels = resigned(sentinels)
    },
    stop: () => {
      over.abort()
      giveUp()
      sentinels.clear()
    },
  }
}

function mark(records: readonly MutationRecord[], touch: Watch['touch'], giveUp: () => void): void {
  for (const { type, target } of records) {
    if (isSheet(target) || (type === 'attributes' && isRoot(target))) return giveUp()
    touch(target, type === 'attributes')
  }
}

/** Changed nodes with all that they stand in, and where what is around them may look different. */
function spread(changed: ReadonlyMap<Node, boolean>): Pick<Changes, 'touched' | 'restyled'> {
  const restyled = new Set<Node>()
  const touched = new Set<Node>()
  for (const [node, around] of changed) {
    if (around) restyled.add(renderedParent(node) ?? node)
    for (let up: Node | null = node; up !== null && !touched.has(up); up = renderedParent(up)) touched.add(up)
  }
  return { touched, restyled }
}

function resigned(sentinels: ReadonlyMap<Element, string>): Map<Element, string> {
  const fresh = new Map<Element, string>()
  for (const element of sentinels.keys()) if (isThere(element)) fresh.set(element, signOf(element))
  return fresh
}

/** An attribute of `html` or `body` may change how anything looks. */
function isRoot(node: Node): boolean {
  return isElement(node) && (node.localName === 'html' || node.localName === 'body')
}

/** Whether a change there may restyle anything. */
function isSheet(node: Node): boolean {
  const element = isElement(node) ? node : node.parentNode
  return isElement(element) && (element.localName === 'head' || element.localName === 'style' || element.localName === 'link')
}

/** What tells whether an element changed. */
function signOf(element: Element): string {
  if (isSelect(element)) return `${element.selectedIndex} ${element.length}`
  if (isInput(element)) return `${element.value} ${element.checked} ${element.indeterminate}`
  return isTextArea(element) ? element.value : `${element.scrollLeft} ${element.scrollTop}`
}
