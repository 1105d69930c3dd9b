import type { Observation, ObservationNode } from '@overt/schema'

import { bare } from '../bare.ts'
import { nowMs } from '../natives.ts'
import { deepFocus, isElement, scrolledTo } from './dom.ts'
import { createNodeIds } from './ids.ts'
import { createFlickers } from './leftovers.ts'
import { createLook, late, pathOf, viewOf } from './look.ts'
import { createSecrets } from './secret.ts'
import { clean, cut } from './text.ts'
import { type Changes, createWatch, type Guard, type Watch } from './watch.ts'

/** What a senser may be told. */
export interface SenserOptions {
  /** Called on every name, value, label and the title; `field` is the name of the field that holds the text. Default: nothing is changed. */
  readonly redact?: (text: string, field?: string) => string
  /** Called on the page's address. Default: origin and path. */
  readonly redactUrl?: (url: string) => string
  /** Rows at most (default 2,000); what is offscreen gives way first. */
  readonly maxNodes?: number
  /** A sensing that takes longer ends there, and the observation before is given as `stale`, with the row of the target where it lacked that. Default: none does. */
  readonly budgetMs?: number
  /** Whether the document of a frame of the same origin may be looked into. Default: each may. */
  readonly enters?: (page: Document) => boolean
  /** Goes around every callback that the page's own events reach. */
  readonly guard?: Guard
  /** Given the events that end in a shadow root. */
  readonly within?: (event: Event) => void
}

/** Reads one document into observations; the agent and the recorder use the same one. */
export interface Senser {
  /** What can be seen now; `target` is looked for wherever it lies. */
  sense(target?: Node | null): Observation
  /** Reads what is known to have changed, so that the next sensing finds little to do: what changes with no word of it, a field that a script set say, is left to that one. */
  ahead(withinMs: number): Observation
  /** The number that the node has in every observation of this senser. */
  nodeId(node: Node): number
  /** undefined where the node is gone or is a text run. */
  element(nodeId: number): HTMLElement | undefined
  /** Whether a field is or ever was secret; by type, autocomplete, name and label only. */
  isSecret(element: Element, label: string): boolean
  /** Scroll position of a clipping element when it was first sensed. */
  firstScroll(container: Element): readonly [number, number] | undefined
  /** Reads everything anew the next time, as if it had never been seen. */
  forget(): void
  dispose(): void
}

interface Last {
  readonly observation: Observation
  readonly focus: Element | null
  readonly path: ReadonlySet<Node>
}

/** Makes a senser for a document and its frames of the same origin. It writes nothing into the page. */
export function createSenser(page: Document, options: SenserOptions = {}): Senser {
  const { redact = (text: string) => text, redactUrl = originAndPath, maxNodes = 2_000, budgetMs = Infinity, enters = () => true } = options
  const ids = createNodeIds()
  const secrets = createSecrets()
  const watch = createWatch(page, options.guard, options.within)
  const flickers = createFlickers(watch)
  const scrolls = createScrolls(watch)
  const looking = createLook(page, { ids, secrets, watch, redact, enters, maxNodes, noteClip: scrolls.noteClip, noteHidden: flickers.keep })
  let last: Last | null = null
  let behind = false
  const excess = createExcess(budgetMs)
  const observe = createObserve(page, redact, redactUrl)
  const changesFor = (focus: Element | null, silent: boolean): Changes => {
    flickers.check()
    if (silent) watch.compare()
    if (last !== null && last.focus !== focus) for (const element of [last.focus, focus]) if (element !== null) watch.touch(element)
    return watch.changes()
  }
  const isStill = ({ all, changed }: Changes, { observation }: Last): boolean =>
    !behind && !all && changed.size === 0 && sameViewport(viewportOf(page), observation.viewport)
  const stale = ({ observation: { nodes } }: Last, target: Node | null): Observation =>
    observe(withTarget(nodes, isElement(target) ? looking.alone(target) : null), 'stale')
  const look = (target: Node | null, withinMs: number, silent: boolean): Observation => {
    const focus = deepFocus(page)
    const changes = changesFor(focus, silent)
    const { size } = changes.changed
    if (last !== null && isStill(changes, last) && (target === null || last.path.has(target))) return observe(last.observation.nodes)
    if (last !== null && silent && excess.isSure(size)) return stale(last, target)
    const fromMs = nowMs()
    try {
      behind = true
      const nodes = looking.whole({ focus, target, changes, budgetMs: last === null ? Infinity : withinMs })
      last = { observation: observe(nodes), focus, path: pathOf([target, focus]) }
      behind = false
      excess.learn(size, nowMs() - fromMs)
      return last.observation
    } catch (error) {
      if (error !== late || last === null) throw error
      excess.learn(changes.changed.size, Infinity)
      return stale(last, target)
    }
  }
  return {
    sense: (target = null) => look(target, budgetMs, true),
    ahead: (withinMs) => look(null, withinMs, false),
    nodeId: (node) => ids.idOf(node),
    element: (nodeId) => [ids.nodeOf(nodeId)].find(isElement),
    isSecret: (field, label) => secrets.isSecret(field, label),
    firstScroll: scrolls.firstScroll,
    forget: () => {
      last = null
      scrolls.forget()
    },
    dispose: () => {
      watch.stop()
      last = null
      ids.clear()
    },
  }
}

/** Remembers where what clips stood when it was first seen. */
function createScrolls(watch: Watch): {
  readonly noteClip: (element: Element, scrolling: boolean) => void
  readonly firstScroll: (container: Element) => readonly [number, number] | undefined
  forget(): void
} {
  let scrolls = new WeakMap<Element, readonly [number, number]>()
  return {
    noteClip: (element, scrolling) => {
      if (scrolling) watch.sentinel(element)
      if (!scrolls.has(element)) scrolls.set(element, scrolledTo(element))
    },
    firstScroll: (container) => scrolls.get(container),
    forget: () => {
      scrolls = new WeakMap()
      watch.giveUp()
    },
  }
}

/** Of fewer changes, a look finds out by itself whether it comes too late. */
const fewChanges = 100

/** Remembers how many changes were too many to be read in time: an act does not wait for what would come too late. */
function createExcess(budgetMs: number): { learn(changes: number, tookMs: number): void; isSure(changes: number): boolean } {
  let tooMany = Infinity
  return {
    learn: (changes, tookMs) => {
      if (changes >= fewChanges) tooMany = tookMs > budgetMs ? changes : Infinity
    },
    isSure: (changes) => changes >= tooMany,
  }
}

function createObserve(
  page: Document,
  redact: (text: string) => string,
  redactUrl: (url: string) => string,
): (nodes: ObservationNode[], status?: Observation['status']) => Observation {
  let next = 0
  return (nodes: ObservationNode[], status: Observation['status'] = 'fresh'): Observation => {
    next += 1
    const title = cut(redact(clean(bare(page).title)), 1024)
    return { id: next - 1, url: cut(redactUrl(viewOf(page).location.href), 2048), title, viewport: viewportOf(page), status, nodes }
  }
}

function withTarget(nodes: ObservationNode[], target: ObservationNode | null): ObservationNode[] {
  return target === null || nodes.some(({ id }) => id === target.id) ? nodes : [...nodes, target]
}

function viewportOf(page: Document): Observation['viewport'] {
  const { innerWidth, innerHeight, scrollX, scrollY, devicePixelRatio } = viewOf(page)
  return {
    width: innerWidth,
    height: innerHeight,
    scrollX: Math.round(scrollX),
    scrollY: Math.round(scrollY),
    pixelRatio: devicePixelRatio,
  }
}

/** Whether two windows show the same part of a page at the same size. */
export function sameViewport(one: Observation['viewport'], other: Observation['viewport']): boolean {
  return (['scrollY', 'scrollX', 'width', 'height', 'pixelRatio'] as const).every((side) => one[side] === other[side])
}

function originAndPath(url: string): string {
  const { origin, pathname, protocol } = new URL(url)
  return origin === 'null' ? `${protocol}${pathname}` : `${origin}${pathname}`
}
