import type { Row } from '@overt/schema'

/** What a release covers, each key named by what it counts. */
export interface Coverage {
  readonly actions: Readonly<Record<string, number>>
  readonly roles: Readonly<Record<string, number>>
  readonly apps: Readonly<Record<string, number>>
  readonly lengths: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Record<string, number>>
}

/** Counts what a release covers while its rows pass by. */
export interface CoverageCount {
  add(row: Row): void
  result(): Coverage
}

/** Starts a count. */
export function countCoverage(): CoverageCount {
  const counts = {
    actions: new Map<string, number>(),
    roles: new Map<string, number>(),
    apps: new Map<string, number>(),
    lengths: new Map<string, number>(),
    outcomes: new Map<string, number>(),
  }
  return {
    add(row) {
      bump(counts.actions, row.action_kind)
      bump(counts.roles, roleOf(row))
      if (row.step_index !== 0) return
      bump(counts.apps, row.app)
      bump(counts.lengths, lengthClass(row.episode_steps))
      bump(counts.outcomes, row.outcome)
    },
    result: () => ({
      actions: Object.fromEntries(counts.actions),
      roles: Object.fromEntries(counts.roles),
      apps: Object.fromEntries(counts.apps),
      lengths: Object.fromEntries(counts.lengths),
      outcomes: Object.fromEntries(counts.outcomes),
    }),
  }
}

function roleOf(row: Row): string {
  if (row.target_node === -1) return 'none'
  const action: unknown = JSON.parse(row.action)
  const target = typeof action === 'object' && action !== null && 'target' in action ? action.target : null
  return typeof target === 'object' && target !== null && 'role' in target ? String(target.role) : 'none'
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function lengthClass(steps: number): string {
  if (steps <= 1) return '1'
  return steps <= 3 ? '2-3' : steps <= 14 ? '4-14' : '15 and more'
}
