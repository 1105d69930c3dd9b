import type { DatasetSpec, Split, SplitBy } from '@overt/schema'

import { cluster } from './cluster.ts'
import type { Facts } from './facts.ts'
import { draw01 } from './hash.ts'
import { warning, type Problem } from './report.ts'
import { byStart } from './select.ts'
import { isoWeek } from './week.ts'

/** Where the episodes of a release go. */
export interface Assigned {
  /** SplitBy the episode's name. Episodes that are missing were left out because they would have leaked. */
  readonly split: ReadonlyMap<string, Split>
  /** What was split by in the end. */
  readonly by: SplitBy
  readonly problems: readonly Problem[]
  /** Held-out episodes left out because the same goal and screen stand in another split. */
  readonly leaking: number
}

/** What is to be split by, and the shares of groups that are held out, 0-1. */
export interface Wanted {
  readonly by: SplitBy
  readonly validation01: number
  readonly test01: number
}

/** What a spec asks for, with what it leaves open. */
export function wantedSplits({ splits }: DatasetSpec): Wanted {
  return { by: 'person', validation01: 0.1, test01: 0.1, ...splits }
}

const weaker: Readonly<Record<SplitBy, readonly SplitBy[]>> = {
  // One person's release is to be learnt from: held-out templates would be tasks of theirs that no model sees.
  person: ['person', 'episode'],
  app: ['app', 'template', 'episode'],
  time: ['time', 'episode'],
  template: ['template', 'episode'],
  episode: ['episode'],
}

/** Assigns whole groups to splits: the same episodes, spec and seed give the same splits, whatever the order of reading. */
export function assign(facts: readonly Facts[], spec: DatasetSpec): Assigned {
  const wanted = wantedSplits(spec)
  const needed = 1 + Number(wanted.validation01 > 0) + Number(wanted.test01 > 0)
  const tried = weaker[wanted.by].map((by) => ({ by, groups: groupsOf(facts, by) }))
  const chosen = tried.find(({ groups }) => groups.length >= needed) ?? tried.at(-1)
  const by = chosen?.by ?? wanted.by
  const groups = ordered(chosen?.groups ?? [], by, spec.seed ?? 0)
  const split = place(groups, wanted)
  const leaking = by === 'episode' ? 0 : withdrawLeaks(facts, split)
  return { split, by, leaking, problems: told(wanted.by, by, tried[0]?.groups.length ?? 0, needed) }
}

interface Group {
  readonly key: string
  readonly facts: readonly Facts[]
}

function groupsOf(facts: readonly Facts[], by: SplitBy): Group[] {
  const clusters = by === 'episode' ? cluster(facts) : []
  const keyed = Map.groupBy(
    facts.map((one, index) => ({ one, key: by === 'episode' ? (facts[clusters[index] ?? index]?.name ?? '') : keyOf(one, by) })),
    ({ key }) => key,
  )
  return [...keyed].map(([key, members]) => ({ key, facts: members.map(({ one }) => one) }))
}

/** The group that an episode belongs to, from what its rows say. */
function keyOf(one: Facts, by: Exclude<SplitBy, 'episode'>): string {
  return { person: one.person, template: one.template, app: one.app, time: isoWeek(one.startedAtEpochMs) }[by]
}

/** Groups in the order in which they are held out: by time the latest first, else drawn by the seed, one of each template before the second of any. */
function ordered(groups: readonly Group[], by: SplitBy, seed: number): Group[] {
  if (by === 'time') return groups.toSorted((left, right) => (left.key < right.key ? 1 : -1))
  const drawn = groups
    .map((group) => ({ group, key: stable(group), at01: 0 }))
    .map((entry) => ({ ...entry, at01: draw01(seed, entry.key) }))
    .toSorted((left, right) => left.at01 - right.at01 || (left.key < right.key ? -1 : 1))
  if (by !== 'episode') return drawn.map(({ group }) => group)
  const seen = new Map<string, number>()
  const ranked = drawn.map(({ group }) => {
    const template = group.facts[0]?.template ?? ''
    const rank = seen.get(template) ?? 0
    seen.set(template, rank + 1)
    return { group, rank, last: false }
  })
  for (const entry of ranked) entry.last = entry.rank + 1 === seen.get(entry.group.facts[0]?.template ?? '')
  return ranked.toSorted((left, right) => Number(left.last) - Number(right.last) || left.rank - right.rank).map(({ group }) => group)
}

/** A key that does not change with the salt of the release. */
function stable(group: Group): string {
  const keys = group.facts.map(({ person, session, content }) => `${person} ${session} ${content}`)
  return keys.toSorted()[0] ?? group.key
}

function place(groups: readonly Group[], wanted: Wanted): Map<string, Split> {
  const share = (share01: number): number =>
    share01 === 0 ? 0 : Math.min(Math.max(1, Math.round(groups.length * share01)), Math.max(0, groups.length - 1))
  const test = share(wanted.test01)
  const validation = Math.min(share(wanted.validation01), Math.max(0, groups.length - 1 - test))
  const split = new Map<string, Split>()
  groups.forEach(({ facts }, at) => {
    const into: Split = at < test ? 'test' : at < test + validation ? 'validation' : 'train'
    for (const { name } of facts) split.set(name, into)
  })
  return split
}

/** Takes held-out episodes that share a goal and screen with another split out of the release: train keeps its own, test goes before validation. */
function withdrawLeaks(facts: readonly Facts[], split: Map<string, Split>): number {
  const taken = new Map<number, Split>()
  let leaking = 0
  for (const into of ['train', 'test', 'validation'] as const)
    for (const { name, signatures } of facts.filter((one) => split.get(one.name) === into).toSorted(byStart)) {
      const leaks = signatures.some((signature) => (taken.get(signature) ?? into) !== into)
      if (leaks) {
        split.delete(name)
        leaking += 1
      } else for (const signature of signatures) taken.set(signature, into)
    }
  return leaking
}

function told(wanted: SplitBy, by: SplitBy, found: number, needed: number): Problem[] {
  if (wanted === by) return []
  return [
    warning(
      'splitFallback',
      `a split by ${wanted} needs ${needed} groups and there ${found === 1 ? 'is' : 'are'} ${found}: split by ${by} instead`,
    ),
  ]
}
