import type { Observation } from '@overt/schema'

import { contextOf } from '../features/context.ts'
import { describe } from '../features/describe.ts'
import { createEmitter } from '../features/emit.ts'
import { readGoal } from '../features/goal.ts'
import { signatureOf } from '../features/memory.ts'
import type { Candidate, HistoryEntry } from './candidate.ts'
import { optionsOf, sceneOf } from './candidates.ts'
import type { Model } from './file.ts'
import { score, softmax } from './net.ts'

/** An action and how likely a person would take it now. */
export interface Ranked {
  readonly action: Candidate
  readonly p01: number
}

/** What doing the same thing again in the same state costs, in units of score. No demonstration does it, so it can't be learnt. */
const repeatCost = 3

/** Ranks every candidate for the next action, best first; probabilities sum to 1. `instruction` null: without a goal. */
export function rank(model: Model, observation: Observation, instruction: string | null, history: readonly HistoryEntry[]): Ranked[] {
  const scene = sceneOf(observation, readGoal(instruction ?? ''), history)
  const options = optionsOf(scene, model.repertoire)
  const context = contextOf(scene)
  const out = createEmitter()
  const layer = new Float32Array(model.net.shape.hidden)
  const scores = new Float64Array(options.length)
  const repeats = repeatsOf(observation, history)
  options.forEach((option, at) => {
    describe(context, option, out)
    const again = repeats.get(keyOf(option.candidate)) ?? 0
    scores[at] = score(model.net, out.ids, 0, out.size, layer) - again * repeatCost
  })
  softmax(scores, model.temperature)
  return options.map((option, at) => ({ action: option.candidate, p01: scores[at] ?? 0 })).sort((left, right) => right.p01 - left.p01)
}

/** How often each action was already taken when the page looked just as it does now. */
function repeatsOf(observation: Observation, history: readonly HistoryEntry[]): ReadonlyMap<string, number> {
  const repeats = new Map<string, number>()
  if (history.length === 0) return repeats
  const now = signatureOf(observation)
  for (const entry of history) {
    if (signatureOf(entry.observation) !== now) continue
    const key = keyOf(entry.action)
    repeats.set(key, (repeats.get(key) ?? 0) + 1)
  }
  return repeats
}

function keyOf(action: Candidate): string {
  return `${action.kind} ${action.node} ${action.argument}`
}
