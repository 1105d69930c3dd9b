import { queryOptions } from '@tanstack/react-query'
import type { Episode, MineAgreement, MinePicture, MineRead, MineSession } from '@overt/schema'

import { ask } from '../ui/api.ts'
import { checkLog } from './check-log.ts'
import { keepAct, type Act } from './kept-log.ts'
import { logPlace } from './log-place.ts'

/** What an erasure reached, and what it could not. */
export interface Erased {
  readonly reached: Readonly<Record<string, number>>
  readonly left: readonly string[]
  readonly receipt: { readonly entries: readonly object[] }
}

/** Which recordings to erase. */
export type Erasure = { readonly session: string } | { readonly lastMs: number } | { readonly all: true }

/** The person's recordings, newest first; `closed`: how many are left from an agreement that has ended. */
export const sessions = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => {
    const answer = await ask<{ sessions: readonly MineSession[]; closed: number }>('/v1/mine/sessions')
    // A list that shows something is a look, and stands in the log.
    if (answer.sessions.length > 0) await did('read', 'sessions')
    return answer
  },
})

/** The pieces of work of one recording. */
export function episodesOf(session: string) {
  return queryOptions({
    queryKey: ['episodes', session],
    queryFn: async () => {
      const { episodes } = await ask<{ episodes: readonly Episode[] }>(`/v1/mine/sessions/${encodeURIComponent(session)}`)
      if (episodes.length > 0) await did('read', 'batches')
      return episodes
    },
    staleTime: 30_000,
  })
}

/** Who read the person's recordings, what became of their pictures in quarantine, and whether the log of both is whole. */
export interface Looked {
  readonly reads: readonly MineRead[]
  readonly pictures: readonly MinePicture[]
  readonly log: { readonly ok: boolean; readonly size: number; readonly firstBad: number | null }
}

/** Who looked. */
export const reads = queryOptions({
  queryKey: ['reads'],
  queryFn: () => ask<Looked>('/v1/mine/reads'),
})

/** What the person has agreed to. */
export const agreements = queryOptions({
  queryKey: ['agreements'],
  queryFn: async () => (await ask<{ agreements: readonly MineAgreement[] }>('/v1/mine/agreements')).agreements,
  refetchInterval: 5_000,
})

/** What this browser finds in the log. */
export const logCheck = queryOptions({ queryKey: ['log-check'], queryFn: checkLog, staleTime: 30_000, gcTime: Infinity })

/** Keeps that the person did something here, after the server has answered: it has to be in the log. */
async function did(kind: Act['kind'], what?: string): Promise<void> {
  const act: Act = { kind, atEpochMs: Date.now(), ...(what === undefined ? {} : { what }) }
  // A browser that keeps nothing says so where the log is checked; what was asked for here is done all the same.
  await logPlace()
    .then((place) => keepAct(place, act))
    .catch(() => undefined)
}

/** Whether the person has restricted the use of their recordings. */
export const restriction = queryOptions({
  queryKey: ['restriction'],
  queryFn: () => ask<{ restricted: boolean }>('/v1/mine/restriction'),
  refetchInterval: 5_000,
})

/** Restricts the use of the person's recordings, or allows it again. */
export async function restrict(restricted: boolean): Promise<void> {
  await ask('/v1/mine/restriction', { restricted })
}

/** Erases for good. */
export async function erase(what: Erasure): Promise<Erased> {
  const erased = await ask<Erased>('/v1/mine/erasures', what)
  if (erased.receipt.entries.length > 0) await did('erasure')
  return erased
}

/** Ends an agreement: recording stops. What was recorded stays until it is erased. */
export async function withdraw(id: string): Promise<void> {
  const { withdrawn } = await ask<{ withdrawn: number }>('/v1/mine/withdrawals', { id })
  if (withdrawn > 0) await did('withdrawal')
}
