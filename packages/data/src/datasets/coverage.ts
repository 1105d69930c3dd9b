import type { Episode } from '@overt/schema'

import type { Coverage } from './card.ts'

/** Counts what a release covers while its episodes pass by. */
export interface CoverageCount {
  add(episode: Pick<Episode, 'steps' | 'outcome'>): void
  result(): Coverage
}

/** Starts a count. */
export function countCoverage(): CoverageCount {
  const actions = new Map<string, number>()
  const roles = new Map<string, number>()
  const lengths = new Map<string, number>()
  const outcomes = new Map<string, number>()
  return {
    add({ steps, outcome }) {
      for (const { action } of steps) {
        bump(actions, action.kind)
        bump(roles, action.target?.role ?? 'none')
      }
      bump(lengths, lengthClass(steps.length))
      bump(outcomes, outcome)
    },
    result: () => ({
      actions: Object.fromEntries(actions),
      roles: Object.fromEntries(roles),
      lengths: Object.fromEntries(lengths),
      outcomes: Object.fromEntries(outcomes),
    }),
  }
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function lengthClass(steps: number): string {
  if (steps <= 1) return '1'
  return steps <= 3 ? '2-3' : steps <= 14 ? '4-14' : '15 and more'
}
