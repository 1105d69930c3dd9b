import { bare } from '../bare.ts'
import { isElement, renderedChildren } from './dom.ts'
import type { Area } from './geometry.ts'

/** Shorter lists of children are read one by one. */
const longList = 64
/** Places looked at to see whether a list's children lie one below the other. */
const samples = 12
/** Children read beyond what is near, and at both ends of a list: pages append their dialogs there. */
const spare = 4

/** The children that may lie in `reach` (of the element's own viewport): all of a short list; of a long one that is stacked, what bisection finds, its two ends, and what is on `path`. */
export function nearChildren(element: HTMLElement, reach: Pick<Area, 'top' | 'bottom'>, path: ReadonlySet<Node>): ArrayLike<Node> {
  const all = renderedChildren(element)
  if (all.length <= longList || !isStacked(all)) return all
  const first = bisect(all, (rect) => rect.bottom >= reach.top) - spare
  const last = bisect(all, (rect) => rect.top > reach.bottom) + spare
  const nodes: Node[] = []
  const add = (from: number, to: number): void => {
    for (let at = Math.max(0, from); at < Math.min(all.length, to); at += 1) nodes.push(all[at] as Node) // as: within its length
  }
  add(0, Math.min(spare, first))
  add(first, last)
  add(Math.max(last, all.length - spare), all.length)
  for (const node of path) if (bare(node).parentNode === element && !nodes.includes(node)) nodes.push(node)
  return nodes
}

/** Whether `nearChildren` gives every child, wherever the element stands. */
export function isWhole(element: HTMLElement): boolean {
  return renderedChildren(element).length <= longList
}

/** The box of the first child with one at or after a place; null where none follows soon. */
function boxFrom(all: ArrayLike<Node>, from: number): DOMRect | null {
  for (let at = from; at < Math.min(all.length, from + longList); at += 1) {
    const node = all[at]
    if (!isElement(node)) continue
    const rect = bare(node).getBoundingClientRect()
    if (rect.height > 0) return rect
  }
  return null
}

function isStacked(all: ArrayLike<Node>): boolean {
  let top = -Infinity
  for (let sample = 0; sample <= samples; sample += 1) {
    const rect = boxFrom(all, Math.floor(((all.length - 2) * sample) / samples))
    if (rect === null) continue
    if (rect.top < top - 1) return false
    top = rect.top
  }
  return top > -Infinity
}

function bisect(all: ArrayLike<Node>, holds: (rect: DOMRect) => boolean): number {
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    const rect = boxFrom(all, middle)
    if (rect === null || holds(rect)) high = middle
    else low = middle + 1
  }
  return low
}
