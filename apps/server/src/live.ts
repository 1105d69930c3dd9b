import { inOrder, reduce, stretchOf } from '@overt/data'
import type { Permit } from '@overt/privacy'
import type { Batch, Episode, LiveStep } from '@overt/schema'

interface Watched {
  readonly batches: Batch[]
  readonly stretches: Map<string, ReturnType<typeof stretchOf>>
  /** What was given out, by place: an action as JSON. */
  readonly told: Map<string, string>
}

/** One person's recordings while they watch: batches in, steps out. Nothing is kept once it is let go. */
export interface Live {
  /** Steps that are new, or that this batch changed. */
  add(permit: Permit, batch: Batch): readonly LiveStep[]
}

/** Follows a person's sessions from now on. */
export function openLive(person: string): Live {
  const sessions = new Map<string, Watched>()
  return {
    add(permit, batch) {
      if (permit.person !== person || batch.person !== person || permit.signal.aborted) return []
      const watched: Watched = sessions.get(batch.session) ?? { batches: [], stretches: new Map(), told: new Map() }
      sessions.set(batch.session, watched)
      watched.batches.push(batch)
      watched.stretches.set(batch.id, stretchOf(batch))
      const ordered = inOrder(watched.batches).flatMap(({ id }) => watched.stretches.get(id) ?? [])
      return changed(watched.told, batch.session, [...reduce(ordered, { person, session: batch.session })])
    },
  }
}

function changed(told: Map<string, string>, session: string, episodes: readonly Episode[]): readonly LiveStep[] {
  return episodes.flatMap(({ goal, steps }, at) =>
    steps.flatMap((step) => {
      const place = `${at} ${step.index}`
      const action = JSON.stringify(step.action)
      if (told.get(place) === action) return []
      told.set(place, action)
      return [{ session, episode: String(at), goal, step }]
    }),
  )
}
