import type { Ranked } from '@overt/learn'
import type { Observation, ObservationNode } from '@overt/schema'

import type { Reason } from './lease.ts'

/** What the agent would have done when someone took over. It has the page's own words, not yet redacted: it goes to the recorder in that page, and nowhere else. */
export interface Takeover {
  readonly why: Reason
  /** SHA-256 of the model's weights. */
  readonly model: string
  /** Best first; empty between an act and the next look at the page. */
  readonly candidates: readonly {
    readonly kind: string
    readonly argument: string
    readonly p01: number
    readonly element: Pick<ObservationNode, 'role' | 'box'> | null
  }[]
}

/** A look at the page, and what could be done next, best first. */
export interface Outlook {
  readonly observation: Observation
  readonly ranked: readonly Ranked[]
}

const kept = 5

/** The takeover of an agent with this outlook. `original` gives what a placeholder stands for. */
export function takeoverOf(model: string, why: Reason, outlook: Outlook | null, original: (text: string) => string): Takeover {
  const { observation, ranked } = outlook ?? { observation: null, ranked: [] }
  const candidates = ranked.slice(0, kept).map(({ action: { kind, node, argument }, p01 }) => {
    const element = observation?.nodes.find(({ id }) => id === node)
    return { kind, argument: original(argument), p01, element: element === undefined ? null : { role: element.role, box: element.box } }
  })
  return { why, model, candidates }
}
