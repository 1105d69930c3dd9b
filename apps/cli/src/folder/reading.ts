import { permitsFor, readEpisodes, type Store } from '@overt/data'
import type { Permit } from '@overt/privacy'
import type { Episode, Purpose } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'

/** What is read and why; both stand in the ledger. */
export interface Reading {
  readonly purpose: Purpose
  /** Everyone whose consent covers the purpose, where null. */
  readonly person: string | null
}

/** In whose words the ledger tells of a read. */
export const reader = 'owner (command line)'

/** Sessions of everyone whose consent covers the purpose. */
export async function sessions(folder: Folder, reading: Reading): Promise<{ readonly sessions: Awaited<ReturnType<Store['sessions']>> }> {
  const found: Awaited<ReturnType<Store['sessions']>> = []
  for await (const permit of permits(folder, reading)) found.push(...(await folder.store.sessions(permit, { reader })))
  return { sessions: found }
}

/** An episode without its steps. */
export type EpisodeLine = Omit<Episode, 'steps'> & { readonly steps: number }

/** Episodes of everyone whose consent covers the purpose. */
export async function episodes(folder: Folder, reading: Reading): Promise<{ readonly episodes: readonly EpisodeLine[] }> {
  const found: EpisodeLine[] = []
  for await (const one of all(folder, reading)) found.push({ ...one, steps: one.steps.length })
  return { episodes: found }
}

/** One episode, whole. */
export async function episode(folder: Folder, reading: Reading & { readonly id: string }): Promise<{ readonly episode: Episode }> {
  for await (const one of all(folder, reading)) if (one.id === reading.id) return { episode: one }
  throw new CliError(
    'OVT-1714',
    exitCode.notFound,
    `There is no episode ${reading.id} that may be read for ${reading.purpose}.`,
    'List those that may with `overt episodes list --purpose P`.',
  )
}

async function* all(folder: Folder, reading: Reading): AsyncGenerator<Episode> {
  for await (const permit of permits(folder, reading)) yield* readEpisodes(permit, folder.store, { reader })
}

const choices: ReadonlySet<string> = new Set(['withdrawn', 'not-given', 'restricted'])

/** The permits for a reading. Refused where nobody's consent covers the purpose. */
export async function* permits(folder: Pick<Folder, 'store'>, { purpose, person }: Reading): AsyncGenerator<Permit> {
  const refused = new Map<string, number>()
  const onRefused = (_person: string, reason: string): void => {
    // Whether somebody withdrew, paused, refused or restricted is theirs to tell.
    const told = choices.has(reason) ? 'without a live agreement to it' : reason
    refused.set(told, (refused.get(told) ?? 0) + 1)
  }
  let allowed = 0
  for await (const permit of permitsFor(folder.store, purpose, { ...(person === null ? {} : { persons: [person] }), onRefused })) {
    allowed += 1
    yield permit
  }
  if (allowed > 0) return
  const why = [...refused].map(([reason, count]) => `${count} ${reason}`).join(', ')
  throw new CliError(
    'OVT-1715',
    exitCode.refused,
    `Nothing may be read for ${purpose}: ${why === '' ? 'nobody has agreed to anything here' : why}.`,
    'A person agrees with `overt receipt grant`, or on the page that records.',
  )
}
