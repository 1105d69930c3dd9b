import type { DatasetSpec } from '@overt/schema'

import type { Facts } from './facts.ts'

/** The episodes that a spec asks for, and how many it left out by reason. */
export interface Selected {
  readonly kept: readonly Facts[]
  readonly dropped: ReadonlyMap<string, number>
}

/** Filters, then leaves out exact duplicates, then caps each template, earliest first; the order of the episodes is kept. */
export function select(all: readonly Facts[], spec: DatasetSpec): Selected {
  const dropped = new Map<string, number>()
  const steps: readonly (readonly [string, (facts: readonly Facts[]) => readonly Facts[]])[] = [
    ['empty', (facts) => facts.filter((one) => one.steps > 0)],
    ['filter', (facts) => facts.filter((one) => fits(one, spec))],
    ['duplicate', (facts) => (spec.dedupe === false ? facts : distinct(facts))],
    ['perTemplate', (facts) => capped(facts, spec.filter?.perTemplate)],
  ]
  let kept = all
  for (const [reason, step] of steps) {
    const next = step(kept)
    if (next.length < kept.length) dropped.set(reason, kept.length - next.length)
    kept = next
  }
  return { kept, dropped }
}

function fits(one: Facts, { filter = {} }: DatasetSpec): boolean {
  const { persons, apps, templates, outcomes } = filter
  const held = (list: readonly string[] | undefined, value: string): boolean => list === undefined || list.includes(value)
  return held(persons, one.person) && held(apps, one.app) && held(templates, one.template) && held(outcomes, one.outcome)
}

function distinct(facts: readonly Facts[]): readonly Facts[] {
  const seen = new Set<string>()
  return facts.filter(({ content }) => {
    const fresh = !seen.has(content)
    seen.add(content)
    return fresh
  })
}

function capped(facts: readonly Facts[], most: number | undefined): readonly Facts[] {
  if (most === undefined) return facts
  const groups = [...Map.groupBy(facts, ({ template }) => template).values()]
  const kept = new Set(groups.flatMap((group) => group.toSorted(byStart).slice(0, most)))
  return facts.filter((one) => kept.has(one))
}

/** Earliest first; names decide between equals, so that the order of reading plays no part. */
export function byStart(left: Facts, right: Facts): number {
  return left.startedAtEpochMs - right.startedAtEpochMs || (left.name < right.name ? -1 : 1)
}
