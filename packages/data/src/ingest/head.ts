import type { Store } from '../store/store.ts'
import type { Counters } from './counters.ts'
import { type IngestAnswer, type IngestRequest, answerRefusal, header } from './http.ts'
import { maxBodyBytes, tooLarge } from './inflate.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Room } from './room.ts'
import type { Senders } from './token.ts'

/** What tells from a head whether its body may come in. */
interface Door {
  readonly store: Store
  readonly senders: Senders
  readonly room: Room
  readonly counts: Counters
}

/** A body up to here is judged whole, once; only a device that is known may have room for more. */
const smallBodyBytes = 256 * 1024

/** Answers a request by its head alone: the answer that turns it away, or what has to be called once the request is over. */
export function admitHead(door: Door, headers: IngestRequest['headers']): IngestAnswer | (() => void) {
  const bytes = Number(headers['content-length'] ?? maxBodyBytes)
  const refusal = refuseHead(door, headers, bytes)
  if (refusal === undefined) return door.room.take(bytes)
  door.counts.receive()
  door.counts.refuse(refusal.kind)
  return answerRefusal(refusal)
}

function refuseHead({ senders, store, room }: Door, headers: IngestRequest['headers'], bytes: number): Refusal | undefined {
  if (!(bytes <= maxBodyBytes)) return tooLarge()
  const sender = bytes > smallBodyBytes ? senders.authenticate(header({ headers }, 'authorization'), store.nowEpochMs()) : undefined
  if (sender?.ok === false) return sender
  return room.has(bytes) ? undefined : { ...refuse('unavailable', 'More is under way than fits. Wait, then send again.'), retryAfterS: 1 }
}
