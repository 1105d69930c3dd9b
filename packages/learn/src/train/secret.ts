import type { Action } from '@overt/schema'

const placeholder = /\[[A-Z_]+_\d+\]/g

/**
 * What was typed into fields of which nothing is read, by the place of the step: a placeholder of the goal that no other step types.
 * Only where there are as many of them as such fields, in the same order; else which is which is not known, and nothing is learnt from them.
 */
export function secretsTyped(goal: string, actions: readonly Action[]): ReadonlyMap<number, string> {
  const fields = [...actions.keys()].filter((at) => isSecret(actions[at]))
  const typed = new Set(actions.flatMap(({ argument }) => argument.match(placeholder) ?? []))
  const left = [...new Set(goal.match(placeholder))].filter((one) => !typed.has(one))
  return new Map(fields.length === left.length ? fields.map((at, place) => [at, left[place] ?? '']) : [])
}

function isSecret(action: Action | undefined): boolean {
  return action?.kind === 'type' && action.rule === 'type.secret' && action.argument === ''
}
