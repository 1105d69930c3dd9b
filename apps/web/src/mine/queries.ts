import { queryOptions } from '@tanstack/react-query'
import type { Episode, MineAgreement, MineRead, MineSession } from '@overt/schema'

import { ask } from '../ui/api.ts'

/** What an erasure reached, and what it could not. */
export interface Erased {
  readonly reached: Readonly<Record<string, number>>
  readonly left: readonly string[]
  readonly receipt: unknown
}

/** Which recordings to erase. */
export type Erasure = { readonly session: string } | { readonly lastMs: number } | { readonly all: true }

/** The person's recordings, newest first; `closed`: how many are left from an agreement that has ended. */
export const sessions = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => ask<{ sessions: readonly MineSession[]; closed: number }>('/v1/mine/sessions'),
})

/** The pieces of work of one recording. */
export function episodesOf(session: string) {
  return queryOptions({
    queryKey: ['episodes', session],
    queryFn: async () => (await ask<{ episodes: readonly Episode[] }>(`/v1/mine/sessions/${encodeURIComponent(session)}`)).episodes,
    staleTime: 30_000,
  })
}

/** Who read the person's recordings. */
export const reads = queryOptions({
  queryKey: ['reads'],
  queryFn: () => ask<{ reads: readonly MineRead[]; log: { ok: boolean; size: number; firstBad: number | null } }>('/v1/mine/reads'),
})

/** What the person has agreed to. */
export const agreements = queryOptions({
  queryKey: ['agreements'],
  queryFn: async () => (await ask<{ agreements: readonly MineAgreement[] }>('/v1/mine/agreements')).agreements,
  refetchInterval: 5_000,
})

/** Erases for good. */
export function erase(what: Erasure): Promise<Erased> {
  return ask<Erased>('/v1/mine/erasures', what)
}

/** Ends an agreement: recording stops. What was recorded stays until it is erased. */
export async function withdraw(id: string): Promise<void> {
  await ask('/v1/mine/withdrawals', { id })
}
