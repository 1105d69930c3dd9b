import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import { isElement, isShadowRoot, isText, nodeOf, renderedParent } from './dom.ts'
import { createMotion } from './motion.ts'
import { createSentinels } from './sentinels.ts'

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
  /** What was read anew, while what it stands in was not. */
  readonly ahead: ReadonlySet<Node>
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
  /** Whether something happened since this was asked last that styles may answer, with no change of the document. */
  stirred(): boolean
  /** Nothing is told apart any more: all is read anew. */
  giveUp(): void
  /** Looks at every sentinel. */
  compare(): void
  /** What changed since it was last said that all was seen. */
  changes(): Changes
  /** Begins anew: all of it was seen. */
  seen(): void
  /** A look came too late: of what changed, this was read all the same. */
  seenIn(isRead: (node: Node) => boolean): void
  stop(): void
}

/** What may restyle something, or be restyled; the last two are heard for who is given what ends in a shadow root. */
const told = ['input', 'change', 'reset', 'focusin', 'focusout', 'pointerover', 'toggle', 'scroll', 'load', 'submit', 'dragenter'] as const
const restyling: ReadonlySet<string> = new Set(['change', 'pointerover', 'reset', 'load'])
const observed = { subtree: true, childList: true, attributes: true, characterData: true }

interface Marks {
  readonly changed: Map<Node, boolean>
  readonly added: Set<Node>
  /** Read, while what they stand in was not: a look that came too late. */
  readonly ahead: Set<Node>
  /** Anything may have changed: nothing is told apart. */
  all: boolean
  readonly touch: Watch['touch']
  readonly giveUp: () => void
  readonly seen: () => void
}

/** Puts something around a callback, what it throws say. */
export type Guard = <A extends readonly unknown[]>(name: string, react: (...given: A) => void) => (...given: A) => void

/** `letGo`: nothing needs to be heard until all is read anew. */
function createMarks(letGo: () => void): Marks {
  const marks: Marks = {
    changed: new Map(),
    added: new Set(),
    ahead: new Set(),
    all: true,
    touch: (node, restyled = false) => {
      if (marks.all) return
      marks.changed.set(node, restyled || marks.changed.get(node) === true)
      if (marks.changed.size > mostChanges) marks.giveUp()
    },
    giveUp: () => {
      marks.all = true
      marks.changed.clear()
      letGo()
    },
    seen: () => {
      marks.changed.clear()
      marks.added.clear()
      marks.ahead.clear()
    },
  }
  return marks
}

/** Makes a watch over nothing yet. `within`: given the events that end in a shadow root, which nobody outside of it hears of. */
export function createWatch(page: Document, guard: Guard = (_, react) => react, within: (event: Event) => void = () => {}): Watch {
  const over = new AbortController()
  const roots = new Set<Document | ShadowRoot>()
  const motion = createMotion(roots)
  const marks = createMarks(() => {
    observer.disconnect()
    roots.clear()
  })
  const { touch, giveUp } = marks
  const sentinels = createSentinels(touch)
  const mark = (records: readonly MutationRecord[]): void => markAll(records, marks)
  const observer = new MutationObserver(guard('watch', mark))
  const meantBy = createMeaning()
  let stirred = true
  const hear = guard('watch', (event: Event): void => {
    stirred = true
    const node = meantBy(event)
    if (node !== null) touch(node, restyling.has(event.type))
  })
  const hearWithin = whereItEnds(within, hear)
  const root = (entered: Document | ShadowRoot): void => {
    observer.observe(entered, observed)
    roots.add(entered)
    const react = isShadowRoot(entered) ? hearWithin : hear
    // Once more is no harm, and a document that is written anew has lost its listeners.
    for (const type of told) listenTo(entered, type, react, { capture: true, passive: true, signal: over.signal })
  }
  return {
    begin: () => {
      giveUp()
      marks.all = false
      sentinels.clear()
      root(page)
    },
    root,
    sentinel: (element) => sentinels.add(element),
    touch,
    giveUp,
    stirred: () => {
      const was = stirred
      stirred = false
      return was
    },
    compare: () => sentinels.compare(),
    changes: () => {
      mark(observer.takeRecords())
      for (const element of motion(marks.changed.size > 0)) touch(element, true)
      return { ...marks, ...spread(marks) }
    },
    seen: () => {
      sentinels.prune()
      marks.seen()
    },
    seenIn: (isRead) => keepRead(marks, isRead),
    stop: () => {
      over.abort()
      giveUp()
      sentinels.clear()
    },
  }
}

function whereItEnds(...reacts: readonly ((event: Event) => void)[]): (event: Event) => void {
  return (event) => {
    if (event.composedPath().at(-1) === event.currentTarget) for (const react of reacts) react(event)
  }
}

/** Takes the marks from what was read. */
function keepRead({ changed, ahead, touch }: Marks, isRead: (node: Node) => boolean): void {
  for (const [node, restyled] of [...changed].filter(([marked]) => isRead(marked))) {
    changed.delete(node)
    ahead.add(node)
    // What comes next is read anew only where this one is, and what stands beside both is looked at with it.
    const next = restyled && isElement(node) ? bare(node).nextElementSibling : null
    if (next !== null) touch(next, true)
  }
}

function markAll(records: readonly MutationRecord[], { added, touch, giveUp }: Marks): void {
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

/** Tells what each event is about; where a pointer came to what it was over all the time, it is what it left, if that is still there. */
function createMeaning(): (event: Event) => Node | null {
  let under: readonly EventTarget[] = []
  return (event) => {
    const path = event.composedPath()
    let [target] = path
    if (event.type === 'pointerover') {
      if (target !== undefined && under.includes(target)) target = under[0]
      under = path
    }
    const node = nodeOf(target)
    return node && bare(node).isConnected ? node : null
  }
}

/** Changed nodes with all that they stand in, and what holds one that may look different. */
function spread({ changed, ahead }: Marks): Pick<Changes, 'touched' | 'around'> {
  const around = new Set<Node>()
  const touched = new Set<Node>()
  const touchFrom = (node: Node | null): void => {
    for (let up = node; up !== null && !touched.has(up); up = renderedParent(up)) touched.add(up)
  }
  for (const [node, restyled] of changed) {
    const parent = renderedParent(node)
    if (restyled) around.add(parent ?? node)
    touched.add(node)
    touchFrom(parent)
  }
  for (const node of ahead) touchFrom(renderedParent(node))
  return { touched, around }
}

/** An attribute of `html` or `body` may change how anything looks. */
function isRoot(node: Node): boolean {
  return isElement(node) && (node.localName === 'html' || node.localName === 'body')
}

/** Whether a change there may restyle anything. */
function isSheet(node: Node): boolean {
  const element = isElement(node) ? node : bare(node).parentNode
  return isElement(element) && (element.localName === 'head' || element.localName === 'style' || element.localName === 'link')
}
