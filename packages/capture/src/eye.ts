import type { Observation } from '@overt/schema'
import { sameRow } from '@overt/schema/words'

import type { Sighting } from './observe/scribe.ts'
import { renderedParent } from './sense/dom.ts'
import type { Senser } from './sense/senser.ts'

/** The recorder's look at the page: an observation that is like the one before is that one. */
export interface Eye {
  sight(target: Node | null): Sighting
  rowOf(observation: Observation, target: Node | null): number
  /** Looks when the page is idle, if something has changed: what is done next finds it seen. */
  lookAhead(): void
}

/** Idle time that looking ahead may take at once; what is left is looked at next time. */
const aheadMs = 12

/** What an eye needs: who counts an observation that was the one before since looking took too long, and who calls back when the page is idle. */
export interface EyeHelp {
  readonly late: () => void
  readonly soon: (react: () => void) => void
}

/** Makes an eye of a senser. */
export function createEye(senser: Senser, { late, soon }: EyeHelp): Eye {
  const rows = new WeakMap<Observation, ReadonlySet<number>>()
  let last: Observation | null = null
  let ahead = false
  const rowOf = (observation: Observation, target: Node | null): number => {
    let ids = rows.get(observation)
    if (ids === undefined) rows.set(observation, (ids = new Set(observation.nodes.map((node) => node.id))))
    for (let node = target; node !== null; node = renderedParent(node)) {
      const id = senser.nodeId(node)
      if (ids.has(id)) return id
    }
    return -1
  }
  const lookAhead = (): void => {
    if (ahead) return
    ahead = true
    soon(() => {
      ahead = false
      if (!senser.isFresh()) senser.sense(null, aheadMs)
    })
  }
  return {
    rowOf,
    lookAhead,
    sight: (target) => {
      const seen = senser.sense(target)
      if (seen.status === 'stale') {
        late()
        lookAhead()
        return { observation: seen, node: rowOf(seen, target) }
      }
      const observation = last !== null && looksSame(last, seen) ? last : seen
      last = observation
      return { observation, node: rowOf(observation, target) }
    },
  }
}

function looksSame(one: Observation, other: Observation): boolean {
  const { viewport } = one
  const still = viewport.scrollX === other.viewport.scrollX && viewport.scrollY === other.viewport.scrollY
  const sized = viewport.width === other.viewport.width && viewport.height === other.viewport.height
  if (!still || !sized || one.url !== other.url || one.title !== other.title || one.nodes.length !== other.nodes.length) return false
  if (one.nodes === other.nodes) return true
  return one.nodes.every((node, index) => {
    const now = other.nodes[index]
    return now !== undefined && node.id === now.id && node.parent === now.parent && sameRow(node, now)
  })
}
