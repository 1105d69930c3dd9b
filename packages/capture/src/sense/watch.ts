import { listenTo } from '../natives.ts'
import { isElement, isInput, isSelect, isShadowRoot, isText, isTextArea, isThere, renderedParent } from './dom.ts'

/** More changes than this between two sensings, and nothing is told apart any more: watching costs nothing from there on. */
const mostChanges = 2_000
/** Of more that come at once, none is looked for by itself. */
const mostLookedFor = 8

/** What has changed since the page was last sensed. */
export interface Changes {
  /** Everything may have. */
  readonly all: boolean
  /** Nodes that changed; true where they and what is in them may look different, and what stands beside them. */
  readonly changed: ReadonlyMap<Node, boolean>
  /** Those, and all that they stand in. */
  readonly touched: ReadonlySet<Node>
  /** What holds a node that may look different. */
  readonly around: ReadonlySet<Node>
  /** What came: it may stand where nobody would look for it. */
  readonly added: ReadonlySet<Node>
}

/** Hears what may change what can be seen. It marks and never reads or writes: the page pays for what is sensed, not for what happens. */
export interface Watch {
  /** Everything is read anew: what is watched begins here. */
  begin(): void
  /** Begins to watch a document or shadow root; once more is no harm. */
  root(root: Document | ShadowRoot): void
  /** A field whose content scripts can set without anything telling, or a container that scrolls. */
  sentinel(element: Element): void
  /** Says that a node changed; `restyled`: it may look different, and what is in it and beside it. */
  touch(node: Node, restyled?: boolean): void
  /** What changed since it was last said that all was seen. */
  changes(): Changes
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
const restyling: ReadonlySet<string> = new Set(['change', 'pointerover', 'reset', 'load'])
const moving: ReadonlySet<string> = new Set(['transitionrun', 'animationstart'])
/** Properties whose change moves nothing. A page's own may. */
const colouring = /^[a-z-]*(color|shadow)$/
const observed = { subtree: true, childList: true, attributes: true, characterData: true }

interface Marks {
  readonly changed: Map<Node, boolean>
  readonly added: Set<Node>
  /** Anything may have changed: nothing is told apart. */
  all: boolean
  /** Something on the page moves by itself. */
  animated: boolean
  /** What takes on other colours by itself, and stands still. */
  readonly coloured: Set<Element>
}

/** Puts something around a callback, what it throws say. */
export type Guard = <A extends readonly unknown[]>(name: string, react: (...given: A) => void) => (...given: A) => void

/** Makes a watch over nothing yet. */
export function createWatch(page: Document, guard: Guard = (_, react) => react): Watch {
  const over = new AbortController()
  const marks: Marks = { changed: new Map(), added: new Set(), all: true, animated: true, coloured: new Set() }
  const sentinels = new Map<Element, string>()
  const touch = (node: Node, restyled = false): void => {
    if (marks.all) return
    marks.changed.set(node, restyled || marks.changed.get(node) === true)
    if (marks.changed.size > mostChanges) giveUp()
  }
  const giveUp = (): void => {
    marks.all = true
    marks.changed.clear()
    observer.disconnect()
  }
  const mark = (records: readonly MutationRecord[]): void => markAll(records, marks.added, touch, giveUp)
  const observer = new MutationObserver(guard('watch', mark))
  const hear = guard('watch', (event: Event): void => {
    const node = meantBy(event)
    const { propertyName = '' } = event as Partial<TransitionEvent> // as: only a transition's has it
    if (isElement(node) && colouring.test(propertyName)) marks.coloured.add(node)
    else if (moving.has(event.type)) marks.animated = true
    if (node !== null) touch(node, restyling.has(event.type))
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
      mark(observer.takeRecords())
      if (marks.animated) giveUp()
      marks.animated &&= page.getAnimations().length > 0
      for (const element of marks.coloured) {
        touch(element, true)
        // Not before this is it known to have been seen at its end.
        if (element.getAnimations().length === 0) marks.coloured.delete(element)
      }
      resign(sentinels, touch)
      return { ...marks, ...spread(marks.changed) }
    },
    seen: () => {
      marks.changed.clear()
      marks.added.clear()
    },
    stop: () => {
      over.abort()
      giveUp()
      sentinels.clear()
    },
  }
}

function markAll(records: readonly MutationRecord[], added: Set<Node>, touch: Watch['touch'], giveUp: () => void): void {
  for (const { type, target, addedNodes } of records) {
    if (isSheet(target) || (type === 'attributes' && isRoot(target))) return giveUp()
    touch(holderOf(target), type === 'attributes')
    if (addedNodes.length > mostLookedFor) continue
    // A dialog may be put anywhere, also where nobody would look for it.
    for (const node of addedNodes) {
      touch(node)
      added.add(node)
    }
  }
}

/** The element that is read anew where a node changed. */
function holderOf(node: Node): Node {
  return isShadowRoot(node) ? node.host : ((isText(node) ? renderedParent(node) : null) ?? node)
}

/** What an event is about; where a pointer left something for what that stands in, it is what was left: the other was under it all the time. */
function meantBy(event: Event): Node | null {
  const [target] = event.composedPath()
  if (target === undefined || !('nodeType' in target)) return null
  const node = target as Node // as: what has a nodeType is a node
  const left = event.type === 'pointerover' && 'relatedTarget' in event ? (event.relatedTarget as Node | null) : null // as: what a pointer leaves is a node
  return left !== node && node.contains(left) ? left : node
}

/** Changed nodes with all that they stand in, and what holds one that may look different. */
function spread(changed: ReadonlyMap<Node, boolean>): Pick<Changes, 'touched' | 'around'> {
  const around = new Set<Node>()
  const touched = new Set<Node>()
  for (const [node, restyled] of changed) {
    if (restyled) around.add(renderedParent(node) ?? node)
    for (let up: Node | null = node; up !== null && !touched.has(up); up = renderedParent(up)) touched.add(up)
  }
  return { touched, around }
}

/** Touches every sentinel that is not as it was, and forgets those that are gone. */
function resign(sentinels: Map<Element, string>, touch: Watch['touch']): void {
  for (const [element, before] of sentinels) {
    if (!isThere(element)) sentinels.delete(element)
    const now = signOf(element)
    if (now === before) continue
    sentinels.set(element, now)
    touch(element)
  }
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
