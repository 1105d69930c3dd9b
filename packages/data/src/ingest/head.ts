import type { Store } from '../store/store.ts'
import type { Counters } from './counters.ts'
import { type IngestAnswer, type IngestRequest, answerRefusal, header } from './http.ts'
import { maxBodyBytes, tooLarge } from './inflate.ts'
import { type Checked, accept, refuse } from './refusal.ts'
import type { Room } from './room.ts'
import type { Senders } from './token.ts'

/** What tells from a head whether its body may come in. */
interface Door {
  readonly store: Store
  readonly senders: Senders
  readonly room: Room
  readonly counts: Counters
}

/** Answers a request by its head alone: the answer that turns it away, or what has to be called once its body is held no longer. Nothing is read of whoever is not known. */
export function admitHead(door: Door, headers: IngestRequest['headers']): IngestAnswer | (() => void) {
  const bytes = Number(headers['content-length'] ?? maxBodyBytes)
  const whose = admitted(door, headers, bytes)
  if (whose.ok) return door.room.take(whose.value, bytes)
  door.counts.receive()
  door.counts.refuse(whose.kind)
  return answerRefusal(whose)
}

/** Whose share of the room the body takes: a person may enrol any number of devices. */
function admitted({ senders, store, room }: Door, headers: IngestRequest['headers'], bytes: number): Checked<string> {
  if (!(bytes <= maxBodyBytes)) return tooLarge()
  const sender = senders.authenticate(header({ headers }, 'authorization'), store.nowEpochMs())
  if (!sender.ok) return sender
  const { person } = sender.value.device
  if (room.has(person, bytes)) return accept(person)
  return { ...refuse('unavailable', 'More is under way than fits. Wait, then send again.'), retryAfterS: 1 }
}
