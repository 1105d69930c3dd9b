import type { Episode, Step } from '@overt/schema'

import { type Act, actsOf, type Dropped } from './miniwob-acts.ts'
import { readDemo } from './miniwob-demo.ts'
import { gesturesOf } from './miniwob-gestures.ts'
import { veil } from './miniwob-veil.ts'

/** An imported episode, with what could not be mapped by rule; or why nothing was imported. */
export type MiniwobImport =
  | { readonly ok: true; readonly value: Episode; readonly dropped: Readonly<Dropped> }
  | { readonly ok: false; readonly reason: string }

/** Version of the rules in this folder's `miniwob-*` files. */
const reduction = 1

/**
 * Reads one recorded MiniWoB++ demonstration (a parsed line of a demonstration file) as an episode. Pure.
 * A demonstration whose raw reward is below 1 becomes an episode that failed.
 */
export function miniwobEpisode(demo: unknown, task: string, person: string, index: number): MiniwobImport {
  const read = readDemo(demo)
  if (read === undefined) return { ok: false, reason: 'not-a-demonstration' }
  const dropped: Dropped = {}
  const gestures = gesturesOf(read.states)
  const acts = actsOf(read, gestures, dropped)
  if (acts.length === 0) return { ok: false, reason: 'no-actions' }
  const veiled = veil(read.utterance, acts)
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0)
  const value: Episode = {
    id: `miniwob-${task}-${index}`,
    person,
    session: `miniwob-${task}`,
    receipt: '',
    app: 'miniwob',
    goal: veiled.goal,
    template: `miniwob/${task}`,
    seed: '',
    outcome: read.rawReward >= 1 ? 'success' : 'failure',
    outcomeBy: 'page',
    startedAtEpochMs: 0,
    steps: veiled.acts.map((act, at) => stepOf(act, veiled.acts[at + 1], at)),
    reduction,
    quality: { events: gestures.length, explained: gestures.length - lost, gaps: 0, withoutObservation: 0 },
  }
  return { ok: true, value, dropped }
}

function stepOf(act: Act, next: Act | undefined, index: number): Step {
  const { observation, action } = act
  if (next === undefined) return { index, observation, action, change: 'unknown' }
  const same = JSON.stringify(observation.nodes) === JSON.stringify(next.observation.nodes)
  return { index, observation, action, change: same ? 'none' : 'page' }
}
