import type { ObservationNode } from '@overt/schema'

import { isCovered } from './cover.ts'
import { isSeen } from './dom.ts'
import { type Area, overlap, showsPixels } from './geometry.ts'
import type { Piece } from './walk.ts'
import type { Watch } from './watch.ts'

/** Most hidden elements that are looked at again in each sensing. */
const mostHidden = 256

/** What a whole walk left to be asked, once all of the page is known. */
export interface Leftovers {
  readonly own: readonly NonNullable<Piece['own']>[]
  readonly suspects: readonly Area[]
  readonly hidden: readonly Element[]
}

/** Gathers it from all pieces. */
export function leftoversOf(root: Piece): Leftovers {
  const found = { own: [] as NonNullable<Piece['own']>[], suspects: [] as Area[], hidden: [] as Element[] } // as: empty lists have no type
  const queue: Piece[] = [root]
  for (let piece = queue.pop(); piece !== undefined; piece = queue.pop()) {
    if (piece.own !== undefined) found.own.push(piece.own)
    if (piece.suspects !== undefined) found.suspects.push(...piece.suspects)
    if (piece.hidden !== undefined && found.hidden.length < mostHidden) found.hidden.push(piece.hidden)
    queue.push(...piece.parts)
  }
  return found
}

/** Ids of the rows that something else lies over. The browser is asked only where two things cross: each question takes tens of microseconds. */
export function coveredRows(page: Document, { own, suspects }: Leftovers): ReadonlySet<number> {
  const covered = new Set<number>()
  for (const { id, element, area, clip } of own) {
    const shown = overlap(area, clip)
    if (!showsPixels(shown)) continue
    const [x, y] = [(shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2]
    const doubtful = suspects.some(({ left, top, right, bottom }) => left <= x && x <= right && top <= y && y <= bottom)
    if (doubtful && isCovered(page, element, x, y)) covered.add(id)
  }
  return covered
}

/** The rows with `covered` where it is so. */
export function withCovered(nodes: readonly ObservationNode[], covered: ReadonlySet<number>): ObservationNode[] {
  return nodes.map((node) => (covered.has(node.id) ? { ...node, states: [...node.states, 'covered'] } : node))
}

/** What comes and goes with no change of the document, by hovering say: it is looked at in each sensing. */
export function createFlickers(watch: Watch): { check(): void; keep(hidden: readonly Element[]): void } {
  let seen = new Map<Element, boolean>()
  return {
    check: () => {
      for (const [element, before] of seen) if (isSeen(element) !== before) watch.touch(element, true)
    },
    keep: (hidden) => {
      const fresh = new Map(hidden.map((element) => [element, false]))
      for (const [element] of seen) if (element.isConnected && isSeen(element)) fresh.set(element, true)
      seen = fresh
    },
  }
}
