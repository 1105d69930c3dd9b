import type { Event, Observation, ObservationNode } from '@overt/schema'
import type { CDPSession, Page } from 'playwright-core'

import type { Trial } from '../trial.ts'

/** Left, top, right, bottom in CSS pixels of the outermost viewport. */
export type Edges = readonly [number, number, number, number]

interface DomNode {
  readonly nodeId: number
  readonly attributes?: readonly string[]
  readonly children?: readonly DomNode[]
  readonly shadowRoots?: readonly DomNode[]
  readonly contentDocument?: DomNode
}

/** The protocol's session of a page. */
export const protocolOf = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page)

/** What the browser itself says of every element of the page with an `aria-label`, in frames and shadow roots too: the box around its border. */
export async function browserBoxes(page: Page): Promise<ReadonlyMap<string, Edges>> {
  const session = await protocolOf(page)
  const { cssVisualViewport: seen } = await session.send('Page.getLayoutMetrics')
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
  const boxes = new Map<string, Edges>()
  const queue: DomNode[] = [root]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.attributes?.includes('data-overt-ignore') === true) continue
    queue.push(...(node.children ?? []), ...(node.shadowRoots ?? []), ...(node.contentDocument === undefined ? [] : [node.contentDocument]))
    const at = node.attributes?.indexOf('aria-label') ?? -1
    if (at === -1) continue
    const { model } = await session.send('DOM.getBoxModel', { nodeId: node.nodeId })
    // Pinched, the browser tells them from the corner of what is seen.
    const [x, y] = [0, 1].map((axis) => model.border.filter((_, index) => index % 2 === axis))
    const [left, right] = [Math.min(...(x ?? [])) + seen.offsetX, Math.max(...(x ?? [])) + seen.offsetX]
    boxes.set(node.attributes?.[at + 1] ?? '', [left, Math.min(...(y ?? [])) + seen.offsetY, right, Math.max(...(y ?? [])) + seen.offsetY])
  }
  await session.detach()
  return boxes
}

/** A row's box as edges. */
function edgesOf({ box: [left, top, width, height] }: ObservationNode): Edges {
  return [left, top, left + width, top + height]
}

/** Whether a click's point is in the box of the row that it is told on. */
export function isInside(trial: Trial, event: Extract<Event, { kind: 'click' }>): boolean {
  const row = trial.rowOf(event)
  const [left, top, right, bottom] = row === undefined ? [0, 0, 0, 0] : edgesOf(row)
  return event.x >= left && event.x < right && event.y >= top && event.y < bottom
}

/** The elements whose row is not within one pixel of the browser's own box, or that have no row, with both. */
export function strayBoxes(observation: Observation | undefined, boxes: ReadonlyMap<string, Edges>): readonly unknown[] {
  return [...boxes].flatMap(([name, edges]) => {
    const row = observation?.nodes.find((node) => node.name === name)
    const near = row !== undefined && edgesOf(row).every((edge, at) => Math.abs(edge - (edges[at] ?? NaN)) <= 1)
    return near ? [] : [[name, row === undefined ? 'no row' : edgesOf(row), edges]]
  })
}

/** The observation that an event happened on. */
export function seenBy(trial: Trial, event: Event | undefined): Observation | undefined {
  return trial.observations().find(({ id }) => id === event?.observation)
}
