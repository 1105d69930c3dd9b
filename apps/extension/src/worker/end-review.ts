import { openReview } from './review.ts'
import type { Spool } from './spool.ts'
import { leave } from './leave.ts'
import { watchEnd } from './watch.ts'

/** The ends of an agreement that this machine can tell by itself. */
const ended: ReadonlySet<string> = new Set(['expired', 'withdrawn'])

/** Deletes what was not decided in time, and all that waits once what was agreed to has ended, here or at the server. */
export async function endReview(vault: IDBDatabase, spool: Spool, nowEpochMs: () => number): Promise<void> {
  const review = openReview(vault, nowEpochMs)
  await review.tidy()
  const allowed = await leave(nowEpochMs())
  if (!allowed.ok && ended.has(allowed.reason)) await spool.forget(0)
  // While nothing is sent, nobody else asks.
  if (allowed.ok && (await review.waits()).ns.length > 0) await watchEnd(vault, spool, nowEpochMs)
}
