import type { Observation } from '@overt/schema'
import { sameRow } from '@overt/schema/words'

import { nowMs } from './natives.ts'
import { rowIn, type Sighting } from './observe/scribe.ts'
import { renderedParent } from './sense/dom.ts'
import { type Senser, sameViewport } from './sense/senser.ts'

/** The recorder's look at the page: an observation that is like the one before is that one. */
export interface Eye {
  sight(target: Node | null): Sighting
  rowOf(observation: Observation, target: Node | null): number
  /** What was seen last, and when it was known to be so. */
  seen(): { readonly observation: Observation; readonly atMs: number } | null
  /** Looks when the page is idle, if something has changed: what is done next finds it seen. */
  lookAhead(): void
}

/** Idle time that looking ahead may take at once; what is left is looked at next time. */
const aheadMs = 12

/** What an eye needs: who counts an observation that was the one before since looking took too long, who calls back when the page is idle, and who hides in an observation what was being typed when it was made. */
export interface EyeHelp {
  readonly late: () => void
  readonly soon: (react: () => void) => void
  /** Told of every observation as it is made. */
  readonly note: (observation: Observation) => void
}

/** Makes an eye of a senser. */
export function createEye(senser: Senser, { late, soon, note }: EyeHelp): Eye {
  let last: Observation | null = null
  let atMs = 0
  let ahead = false
  const rowOf = (observation: Observation, target: Node | null): number => {
    for (let node = target; node !== null; node = renderedParent(node)) {
      const id = senser.nodeId(node)
      if (rowIn(observation, id)) return id
    }
    return -1
  }
  const keep = (seen: Observation): Observation => {
    if (last === null || !looksSame(last, seen)) last = seen
    atMs = nowMs()
    return last
  }
  const lookAhead = (): void => {
    if (ahead) return
    ahead = true
    soon(() => {
      ahead = false
      const seen = senser.ahead(aheadMs)
      if (seen.status === 'fresh') note(keep(seen))
    })
  }
  return {
    rowOf,
    lookAhead,
    seen: () => (last === null ? null : { observation: last, atMs }),
    sight: (target) => {
      const seen = senser.sense(target)
      const stale = seen.status === 'stale'
      const observation = stale ? seen : keep(seen)
      note(observation)
      if (stale) {
        late()
        lookAhead()
      }
      return { observation, node: rowOf(observation, target) }
    },
  }
}

function looksSame(one: Observation, other: Observation): boolean {
  if (!sameViewport(one.viewport, other.viewport) || one.url !== other.url || one.title !== other.title) return false
  if (one.nodes === other.nodes) return true
  if (one.nodes.length !== other.nodes.length) return false
  return one.nodes.every((node, index) => {
    const now = other.nodes[index]
    return node === now || (now !== undefined && node.id === now.id && node.parent === now.parent && sameRow(node, now))
  })
}
