import { bare } from '../bare.ts'
import { listenTo, nowMs, startTimer, stopTimer } from '../natives.ts'
import { isElement, renderedParent } from '../sense/dom.ts'
import type { Undo } from './scribe.ts'

/** Failures of one observer before it is switched off. */
const maxFailures = 5

/** What stands between the recorder's code and the page. */
export interface Boundary {
  /** Runs `react`; what it throws is counted under `name` and goes no further. After five failures `name` never runs again, which is counted as `off.` and its name. */
  guard<A extends readonly unknown[]>(name: string, react: (...given: A) => void): (...given: A) => void
  /** Adds a listener that runs before the page's and cannot prevent anything; untrusted events are counted, and left out or given to `scripted`. */
  listen<K extends keyof WindowEventMap>(
    at: Window | Document,
    type: K,
    react: (event: WindowEventMap[K]) => void,
    scripted?: (event: Event) => void,
  ): Undo
  /** Gives an event that ends in a shadow root to those who listen at its window or document: nothing tells them. */
  pass(event: Event): void
  later(name: string, react: () => void, delayMs: number): Undo
}

/** Makes a boundary. `worked`: told how long the page waited for what ran behind it. */
export function createBoundary(count: (reason: string) => void, worked?: (ms: number) => void): Boundary {
  const failures = new Map<string, number>()
  const listening = new WeakMap<object, Set<readonly [type: string, react: (event: Event) => void]>>()
  let sinceMs = 0
  const guard = <A extends readonly unknown[]>(name: string, react: (...given: A) => void) => {
    return (...given: A): void => {
      const failed = failures.get(name) ?? 0
      if (failed >= maxFailures) return
      const outerMs = sinceMs
      sinceMs ||= nowMs()
      try {
        react(...given)
      } catch {
        failures.set(name, failed + 1)
        count(failed + 1 === maxFailures ? `off.${name}` : `failed.${name}`)
      }
      if (outerMs === 0) worked?.(nowMs() - sinceMs)
      sinceMs = outerMs
    }
  }
  const listen: Boundary['listen'] = (at, type, react, scripted) => {
    const guarded = guard(type, (event: Event) => {
      if (isOurs(event)) return
      if (event.isTrusted) react(event as Parameters<typeof react>[0]) // as: the type was asked for by its name
      else {
        count(`untrusted.${type}`)
        scripted?.(event)
      }
    })
    const own = [type, guarded] as const
    const all = listening.get(at) ?? new Set()
    listening.set(at, all.add(own))
    const leave = listenTo(at, type, guarded, { capture: true, passive: true })
    return () => {
      all.delete(own)
      leave()
    }
  }
  const pass = guard('pass', (event: Event) => {
    const root = event.currentTarget as ShadowRoot // as: that is where it ends
    if (isLeftOut(root.host)) return
    const page = root.ownerDocument
    for (const at of [bare(page).defaultView, page])
      for (const [type, react] of (at && listening.get(at)) ?? []) if (type === event.type) react(event)
  })
  const later = (name: string, react: () => void, delayMs: number): Undo => {
    const timer = startTimer(guard(name, react), delayMs)
    return () => stopTimer(timer)
  }
  return { guard, listen, pass, later }
}

/** Whether a node asked to be left out. */
function isOut(node: Node): boolean {
  return isElement(node) && bare(node).hasAttribute('data-overt-ignore')
}

/** Whether something around a node asked to. */
function isLeftOut(node: Node | null): boolean {
  return node !== null && (isOut(node) || isLeftOut(renderedParent(node)))
}

/** Whether an event happened on the recorder's own indicator or on something that asked to be left out: in the document, or in a shadow root of it. */
function isOurs(event: Event): boolean {
  // All but the window, which is asked for a property that it lacks by way of its frames' and elements' names.
  const path = event.composedPath().slice(0, -1) as Node[] // as: below the window are nodes
  return path.some(isOut)
}
