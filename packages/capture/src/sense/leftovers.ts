import type { ObservationNode } from '@overt/schema'

import { isCovered } from './cover.ts'
import { isSeen } from './dom.ts'
import { overlap, showsPixels } from './geometry.ts'
import type { Piece } from './piece.ts'
import type { Watch } from './watch.ts'

/** Most hidden elements that are looked at again in each sensing. */
const mostHidden = 256

/** Ids of the rows that something else lies over. The browser is asked only where two things cross: each question takes tens of microseconds. */
export function coveredRows(page: Document, { own, suspects }: Pick<Piece, 'own' | 'suspects'>): ReadonlySet<number> {
  const covered = new Set<number>()
  if (suspects.length === 0) return covered
  for (const { row, element, area, clip } of own) {
    const shown = overlap(area, clip)
    if (!showsPixels(shown)) continue
    const [x, y] = [(shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2]
    const doubtful = suspects.some(({ left, top, right, bottom }) => left <= x && x <= right && top <= y && y <= bottom)
    if (doubtful && isCovered(page, element, x, y)) covered.add(row.id)
  }
  return covered
}

/** The rows with `covered` where it is so. */
export function withCovered(nodes: ObservationNode[], covered: ReadonlySet<number>): ObservationNode[] {
  if (covered.size === 0) return nodes
  return nodes.map((node) => (covered.has(node.id) ? { ...node, states: [...node.states, 'covered'] } : node))
}

/** What comes and goes with no change of the document, by hovering say: it is looked at where something happened. */
export function createFlickers(watch: Watch): { check(): void; readonly keep: (hidden: readonly Element[]) => void } {
  let seen = new Map<Element, boolean>()
  return {
    check: () => {
      if (!watch.stirred()) return
      for (const [element, before] of seen) if (isSeen(element) !== before) watch.touch(element, true)
    },
    keep: (hidden) => {
      const fresh = new Map(hidden.slice(0, mostHidden).map((element) => [element, false]))
      for (const [element] of seen) if (!fresh.has(element) && isSeen(element)) fresh.set(element, true)
      seen = fresh
    },
  }
}
