import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Batch, Row } from '@overt/schema'

import { contextOf, permitFor } from '../../packages/data/fixtures/house.ts'
import { buildDataset } from '../../packages/data/src/datasets/build.ts'
import { readRelease, requireRelease } from '../../packages/data/src/datasets/manifest.ts'

/** Work of one person, as it left their device. */
export interface Recorded {
  readonly person: number
  readonly task: number
  readonly batches: readonly Batch[]
}

/** Builds a release of the work, and reads from it the rows of each session, in the order of `recorded`. One page stood for every person's device: here each gets their own work. */
export async function releasedRows(recorded: readonly Recorded[]): Promise<readonly (readonly Row[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'overt-reidentify-'))
  try {
    const nameOf = (person: number): string => `person-${person}`
    const sessionOf = ({ person, task }: Recorded): string => `session-${person}-${task}`
    const owned = recorded.map((one) =>
      one.batches.map((batch): Batch => ({ ...batch, person: nameOf(one.person), session: sessionOf(one) })),
    )
    const people = [...new Set(recorded.map(({ person }) => person))]
    const ownWork = (person: number): Batch[] => owned.filter((_, at) => recorded[at]?.person === person).flat()
    const work = new Map(people.map((person) => [nameOf(person), { batches: ownWork(person), episodes: [] }]))
    const context = contextOf(work, await Promise.all(people.map((person) => permitFor(nameOf(person)))))
    const dir = join(folder, 'release')
    // Everybody did the same: none of it is left out as another's copy.
    await buildDataset(context, { name: 'reidentify', purpose: 'ground', dedupe: false, splits: { validation01: 0, test01: 0 } }, dir)
    const rows = await Array.fromAsync(readRelease(dir, await requireRelease(dir)))
    const byEpisode = Map.groupBy(rows, ({ episode_id: episode }) => episode)
    const origins = context.releases.flatMap(({ episodes }) => episodes)
    return recorded.map((one) => {
      const own = origins.filter(({ session }) => session === sessionOf(one)).flatMap(({ episode }) => byEpisode.get(episode) ?? [])
      return own.toSorted((left, right) => left.step_index - right.step_index)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
