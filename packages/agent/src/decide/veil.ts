import { createPlaceholderMap, redactObservation, redactText } from '@overt/privacy'
import type { Observation } from '@overt/schema'

/** Shows a policy the page and the goal as a recording would have them: goal and page share one map, originals stay in memory for typing. */
export interface Veil {
  readonly goal: (text: string) => string
  readonly observation: (observation: Observation) => Observation
  /** Puts back what the placeholders in a text stand for. */
  readonly original: (text: string) => string
}

/** Makes the veil of one episode. */
export function createVeil(): Veil {
  const map = createPlaceholderMap()
  return {
    goal: (text) => redactText(text, { map }).text,
    observation: (observation) => redactObservation(observation, map),
    original: (text) => text.replace(/\[[A-Z_]+_\d+\]/g, (placeholder) => map.original(placeholder) ?? placeholder),
  }
}
