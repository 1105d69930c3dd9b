import type { Observation } from '@overt/schema'

import { readGoal } from '../features/goal.ts'
import { looksLike } from '../features/memory.ts'
import type { Candidate, HistoryEntry } from './candidate.ts'
import { optionsOf, sceneOf } from './candidates.ts'
import type { Model } from './file.ts'
import { softmax } from './net.ts'
import { descending } from './order.ts'
import { scoresOf } from './scores.ts'

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
  const scores = scoresOf(model, scene, options)
  const repeats = repeatsOf(observation, history)
  if (repeats.size > 0)
    options.forEach(({ candidate }, at) => {
      scores[at] = (scores[at] ?? 0) - (repeats.get(keyOf(candidate)) ?? 0) * repeatCost
    })
  softmax(scores, model.temperature)
  const ranked: Ranked[] = []
  for (const at of descending(scores)) {
    const option = options[at]
    if (option !== undefined) ranked.push({ action: option.candidate, p01: scores[at] ?? 0 })
  }
  return ranked
}

/** How often each action was already taken when the page looked just as it does now. */
function repeatsOf(observation: Observation, history: readonly HistoryEntry[]): ReadonlyMap<string, number> {
  const repeats = new Map<string, number>()
  for (const entry of history) {
    if (!looksLike(entry.observation, observation)) continue
    const key = keyOf(entry.action)
    repeats.set(key, (repeats.get(key) ?? 0) + 1)
  }
  return repeats
}

function keyOf(action: Candidate): string {
  return `${action.kind} ${action.node} ${action.argument}`
}
