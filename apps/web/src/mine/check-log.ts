import {
  askOwn,
  beginMemory,
  checkSeen,
  parseVerifierKey,
  type Asking,
  type Finding,
  type OwnMemory,
  type Shown,
} from '@overt/privacy/ledger'

import { ask, ApiError } from '../ui/api.ts'
import { keepMemory, keptLog, otherLogs } from './kept-log.ts'
import { logPlace } from './log-place.ts'

/** What this browser found when it looked through the log by itself. */
export interface Checked {
  readonly findings: readonly Finding[]
  /** Entries that it has followed. */
  readonly size: number
  /** Of those, the ones about this person. */
  readonly own: number
  /** How many it knew before: 0 at the first check. */
  readonly before: number
  /** When the log was followed last without a fault. */
  readonly seenAtEpochMs: number
  /** Logs of another name that this browser has followed at this address. */
  readonly others: number
}

type OwnAnswer = NonNullable<Shown['answer']> & { readonly log: string }

/** Follows the log from where this browser left it and holds it against what the person did here; the code is that of the command line and the witness. Throws ApiError where the server is not reached at all. */
export async function checkLog(): Promise<Checked> {
  const place = await logPlace()
  const { memory: kept, acts, manifests } = await keptLog(place)
  const before = kept ?? (await firstMemory())
  const shown = await askOwn(before, { erased: [] }, asking)
  const { findings, memory } = await checkSeen(before, shown, { acts, manifests })
  if (findings.length === 0 && (shown.note === null || shown.answer === null))
    throw new ApiError('failed', 'OVT-1697', 'The server does not show its log now, so nothing was checked. Try again in a moment.')
  // Where something was found nothing is learnt: it is found again the next time.
  if (findings.length === 0) await keepMemory(place, memory)
  const { followed, own, seenAtEpochMs } = memory
  const others = await otherLogs(place)
  return { findings, size: followed.size, own: own.length, before: before.followed.size, seenAtEpochMs, others }
}

/** The key that the log has when this browser sees it first is its key from then on. */
async function firstMemory(): Promise<OwnMemory> {
  const { log } = await ask<OwnAnswer>('/v1/mine/ledger', { fromIndex: 0, names: [], batches: [] })
  const key = await parseVerifierKey(log)
  if (key === undefined) throw new ApiError('failed', 'OVT-1698', 'The server gives no key for its log, so nobody can check it.')
  return beginMemory(key, Date.now())
}

const asking: Asking = {
  nowEpochMs: () => Date.now(),
  read: async (path) => {
    const answer = await fetch(`/${path}`, { cache: path === 'checkpoint' ? 'no-store' : 'default' })
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
  },
  own: (request) => ask<OwnAnswer>('/v1/mine/ledger', request).catch(refused),
  witnesses: [],
  offered: async () => null,
}

/** A server that answers, and not this, shows nothing: the check says so. One that is not there is told as such. */
function refused(error: unknown): null {
  if (error instanceof ApiError && error.kind === 'failed') return null
  throw error
}
