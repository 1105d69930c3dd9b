import type { Batch, Event, Observation } from '@overt/schema'

import type { Act } from './matching.ts'

const mostRemembered = 2_000

/** When and where the acts began that events tell of. */
export interface Acts {
  /** A look at the page that an act begins with. */
  sighted(observation: Observation): void
  /** An event was written: its act began with the last look at what it names. */
  noted(event: Event): void
  /** Those of a batch, by the `seq` of their events. */
  of(batch: Batch): readonly (readonly [number, Act])[]
  /** They are told. */
  drop(batch: Batch): void
}

/** Remembers no acts yet. */
export function createActs(now: () => Act): Acts {
  const sights = new Map<number, Act>()
  const acts = new Map<number, Act>()
  const of: Acts['of'] = ({ firstSeq, count }) => [...acts].filter(([seq]) => seq >= firstSeq && seq < firstSeq + count)
  return {
    sighted: ({ id }) => {
      sights.set(id, now())
      forgetOldest(sights)
    },
    noted: ({ seq, observation }) => {
      if (observation < 0) return
      acts.set(seq, sights.get(observation) ?? now())
      forgetOldest(acts)
    },
    of,
    drop: (batch) => of(batch).forEach(([seq]) => acts.delete(seq)),
  }
}

function forgetOldest(map: Map<number, Act>): void {
  for (const oldest of map.keys()) {
    if (map.size <= mostRemembered) return
    map.delete(oldest)
  }
}
