import type { Observation, ObservationNode } from '@overt/schema'

import { bare } from '../bare.ts'
import { startTimer } from '../natives.ts'
import { isIn, parentOf } from '../sense/dom.ts'
import { rowIn, type Scribe, type Sighting } from './scribe.ts'
import { pointOf, targetOf } from './target.ts'

/** Things that the pointer came over and that are remembered. */
const mostVisits = 16
/** A pointer that is gone sooner was only passing. */
const passingMs = 80
/** What a page changes within this time of the pointer's coming it changes in answer to that: two frames, and room for a framework's own turn. */
const answerMs = 50
/** What a hover reveals lies no farther than this from what is hovered, so that the pointer can get there; but where the one says that it opened the other, holds it, or was answered by it at once. */
const nearCssPx = 24
/** Rows of lists and tables show their buttons when the pointer is anywhere in them. */
const unit = 'tr,li,article,[role=row],[role=listitem],[role=option],[role=treeitem]'

/** One thing that the pointer came over, and what could be seen until then. */
interface Visit {
  readonly element: HTMLElement
  readonly before: Observation
  /** Its row in that. */
  readonly node: number
  readonly x: number
  readonly y: number
  readonly atMs: number
  /** What the page put in or changed at once. */
  readonly answers: ReadonlySet<Node>
}

/** Where the pointer has been since the last act: a hover counts only once what it revealed is used. */
export interface Hovers {
  readonly over: (event: PointerEvent) => void
  /** What changes from here on may have another reason. */
  readonly forget: () => void
  /** Something is pressed or typed into: writes the hovers that revealed it, outermost first. */
  used(target: HTMLElement, sighting: Sighting): void
}

/** Makes it and registers it with the scribe: whatever is written changes the page for a reason of its own. */
export function createHovers(scribe: Scribe): Hovers {
  let visits: readonly Visit[] = []
  let sinceMs = 0
  const forget = (): void => {
    visits = []
    sinceMs = scribe.nowMs()
  }
  scribe.beforeWrite(forget)
  return {
    forget,
    over: (event) => {
      const element = targetOf(event)
      const seen = scribe.seen()
      if (element === null || seen === null || seen.atMs <= sinceMs || event.pointerType === 'touch') return
      const [x, y] = pointOf(event)
      const [before, node] = [seen.observation, scribe.rowOf(seen.observation, element)]
      const visit = { element, before, node, x, y, atMs: scribe.nowMs(), answers: answersIn(element) }
      visits = [...visits, visit].slice(-mostVisits)
    },
    used: (target, { observation, node }) => {
      for (const { before, node: row, x, y } of revealersOf({ element: target, before: observation, node }, visits, scribe))
        scribe.write({ kind: 'hover', x, y }, { observation: before, node: row })
    },
  }
}

/** The visits without which `used` would not have been there: that of a menu, that of the menu it is in. */
function revealersOf(used: Pick<Visit, 'element' | 'before' | 'node'>, visits: readonly Visit[], scribe: Scribe): readonly Visit[] {
  const now = used.before
  const revealing = visits.filter((visit, at) => {
    const shown = topmostNew(now, used.node, visit.before)
    const from = rowIn(visit.before, visit.node)
    if (shown === undefined || !isSome(from)) return false
    const home = homeOf(visit)
    if (scribe.rowOf(now, visit.element) !== visit.node) return false
    const opened = isOpen(rowIn(now, visit.node)) && !isOpen(from)
    if (!isNear(from, shown) && !isIn(used.element, home) && !opened && !isAnswer(used.element, visit)) return false
    // Whatever the pointer rested on after it came with it.
    return visits.slice(at + 1).every((later) => {
      const passed = restMs(later, visits) < passingMs || isIn(later.element, home)
      return passed || !isSome(rowIn(visit.before, scribe.rowOf(now, later.element)))
    })
  })
  // Of a menu and one within it, the inner one; of things side by side, where the pointer rested.
  const [revealer] = revealing.toSorted(
    (one, other) => depth(other, revealing) - depth(one, revealing) || restMs(other, visits) - restMs(one, visits),
  )
  if (revealer === undefined) return []
  return [...revealersOf(revealer, visits.slice(0, visits.indexOf(revealer)), scribe), revealer]
}

function answersIn(element: HTMLElement): ReadonlySet<Node> {
  const answers = new Set<Node>()
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) for (const node of type === 'attributes' ? [target] : addedNodes) answers.add(node)
  })
  const own = bare(element)
  for (const root of [own.ownerDocument, own.getRootNode()]) observer.observe(root, { subtree: true, childList: true, attributes: true })
  startTimer(() => observer.disconnect(), answerMs)
  return answers
}

/** Whether it was put in or changed at once when the pointer came, with less than the whole page. */
function isAnswer(element: HTMLElement, { answers }: Visit): boolean {
  return [...answers].some((node) => isIn(element, node) && parentOf(parentOf(node)))
}

/** What belongs to a thing that the pointer came over. */
function homeOf({ element }: Visit): Element {
  return bare(element).closest(unit) ?? element
}

/** In how many of them it lies. */
function depth(visit: Visit, visits: readonly Visit[]): number {
  const home = homeOf(visit)
  return visits.filter((other) => homeOf(other) !== home && isIn(home, homeOf(other))).length
}

/** Whether there is something there, and not only the page behind it. */
function isSome(row: ObservationNode | undefined): row is ObservationNode {
  return row !== undefined && (row.role !== 'generic' || row.name !== '')
}

/** The outermost row around a row that was not there before; undefined where it was there itself. */
function topmostNew(now: Observation, id: number, before: Observation): ObservationNode | undefined {
  let found: ObservationNode | undefined
  for (let row = rowIn(now, id); row !== undefined && rowIn(before, row.id) === undefined; row = now.nodes[row.parent]) found = row
  return found
}

/** How long the pointer stayed there; it still is where it came last. */
function restMs(visit: Visit, visits: readonly Visit[]): number {
  return (visits[visits.indexOf(visit) + 1]?.atMs ?? Infinity) - visit.atMs
}

/** Whether it says that it has something open, wherever that lies. */
function isOpen(row: ObservationNode | undefined): boolean {
  return row?.states.includes('expanded') === true
}

function isNear({ box: [x, y, width, height] }: ObservationNode, { box: [left, top, wide, high] }: ObservationNode): boolean {
  return x - left - wide <= nearCssPx && left - x - width <= nearCssPx && y - top - high <= nearCssPx && top - y - height <= nearCssPx
}
