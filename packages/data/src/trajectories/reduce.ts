import type { Episode } from '@overt/schema'

import { correctionOf } from './correction.ts'
import { cut, type Slice } from './cut.ts'
import { fold, type Folded } from './fold.ts'
import { settle, type Settled } from './settle.ts'
import type { Stretch } from './stretch.ts'

/** Version of the rules in SPEC.md. An episode of another version is derived anew. */
export const reductionVersion = 1

/** Whose session it is. */
export interface SessionMeta {
  readonly person: string
  readonly session: string
}

/** Events of one session, in the order of `inOrder`, to episodes: tasks in the order of their end, the ambient episode last. Pure: the same stretches give the same episodes. */
export function* reduce(stretches: Iterable<Stretch>, meta: SessionMeta): Generator<Episode> {
  for (const slice of cut(stretches)) {
    const episode = episodeOf(slice, meta)
    if (episode !== null) yield episode
  }
}

/** null for an ambient slice in which nothing was done: it holds only the recorder's own events. */
function episodeOf(slice: Slice, meta: SessionMeta): Episode | null {
  const first = slice.items[0]
  if (first === undefined) return null
  const folded = fold(slice.items)
  const settled = settle(folded.drafts)
  if (slice.start === null && settled.steps.length === 0) return null
  const { start, end } = slice
  const correction = start === null ? null : correctionOf(slice.items)
  return {
    id: start === null ? `${meta.session}.ambient` : `${meta.session}.${first.producer}.${start.seq}`,
    ...meta,
    receipt: first.receipt,
    app: first.app,
    goal: start?.goal ?? '',
    template: start?.template ?? '',
    seed: start?.seed ?? '',
    outcome: end?.outcome ?? (slice.superseded ? 'abandoned' : 'unknown'),
    outcomeBy: end?.by ?? 'none',
    startedAtEpochMs: first.closedAtEpochMs,
    steps: [...settled.steps],
    ...(correction === null ? {} : { correction }),
    reduction: reductionVersion,
    quality: qualityOf(slice, folded, settled),
  }
}

function qualityOf(slice: Slice, folded: Folded, settled: Settled): Episode['quality'] {
  const dropped: Record<string, number> = {}
  const note = (reason: string, count: number): void => {
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count
  }
  for (const [reason, items] of folded.dropped) note(reason, items.length)
  for (const { reason, items } of settled.dropped) note(reason, items.length)
  note('duplicate', slice.duplicates)
  const inSteps = settled.steps.reduce((sum, step) => sum + step.action.events.length, 0)
  return {
    events: slice.items.length + slice.duplicates,
    explained: inSteps + folded.marks.length,
    gaps: slice.holes + slice.items.filter(({ event }) => event.kind === 'gap').length + pauses(slice),
    withoutObservation: settled.dropped.filter(({ reason }) => reason === 'no-observation').length,
    orphans: folded.orphans.length,
    dropped,
  }
}

/** Times the recorder was stopped or paused and something followed. */
function pauses({ items }: Slice): number {
  return items.slice(0, -1).filter(({ event }) => event.kind === 'recorder' && (event.phase === 'stop' || event.phase === 'pause')).length
}
