import type { Event, Observation } from '@overt/schema'
import { gapBucket } from '@overt/schema/words'

import type { Draft, Sighting } from '../observe/scribe.ts'

/** Events of one place and one episode, with the observations that they name, in memory and not yet masked. */
export interface Strip {
  readonly href: string
  readonly mode: 'ambient' | 'task'
  /** Placeholders are the same within one. */
  readonly episode: number
  readonly events: Event[]
  readonly observations: Observation[]
  /** Texts that stood in a field for a while before the one that an event tells. */
  readonly deleted: Map<Event, readonly string[]>
}

/** The recorder's memory: numbers events, keeps what they name, and is cut into strips. */
export interface Roll {
  put(draft: Draft, sighting: Sighting | null, deleted?: readonly string[]): Event
  /** Ends the strip under way and gives all strips; the roll is empty then. */
  take(): readonly Strip[]
  /** What follows belongs to another place or episode. */
  cut(): void
  /** Forgets everything that was not taken; gives the number of events. */
  clear(): number
  readonly waiting: number
}

/** What a strip is labelled with when it begins. */
export type Label = () => Pick<Strip, 'href' | 'mode' | 'episode'>

/** Makes an empty roll. */
export function createRoll(label: Label, nowMs: () => number): Roll {
  let strips: Strip[] = []
  let open: Strip | null = null
  let seq = 0
  let lastMs = nowMs()
  const cut = (): void => {
    if (open !== null && open.events.length > 0) strips.push(open)
    open = null
  }
  const count = (): number => strips.reduce((sum, strip) => sum + strip.events.length, open?.events.length ?? 0)
  return {
    put: (draft, sighting, deleted = []) => {
      open ??= { ...label(), events: [], observations: [], deleted: new Map() }
      const atMs = nowMs()
      const place = { seq, gap: gapBucket(atMs - lastMs), observation: sighting?.observation.id ?? -1, node: sighting?.node ?? -1 }
      const event: Event = { ...draft, ...place }
      seq += 1
      lastMs = atMs
      open.events.push(event)
      if (deleted.length > 0) open.deleted.set(event, deleted)
      if (sighting !== null) keep(open.observations, sighting.observation)
      return event
    },
    cut,
    take: () => {
      cut()
      const taken = strips
      strips = []
      return taken
    },
    clear: () => {
      const lost = count()
      strips = []
      open = null
      return lost
    },
    get waiting() {
      return count()
    },
  }
}

/** Observations stand in the order of their ids, each once. */
function keep(observations: Observation[], observation: Observation): void {
  const after = observations.findLastIndex((known) => known.id <= observation.id)
  if (observations[after]?.id !== observation.id) observations.splice(after + 1, 0, observation)
}
