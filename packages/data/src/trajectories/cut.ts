import type { Event, Observation } from '@overt/schema'

import type { Stretch } from './stretch.ts'

/** An observation and the one sensed after it in the same document. */
export interface Sensed {
  readonly observation: Observation
  readonly next: Observation | undefined
}

/** One event where it stands in its session. */
export interface Item {
  readonly event: Event
  readonly producer: string
  readonly app: string
  readonly receipt: string
  /** When the device closed the batch that the event came in. */
  readonly closedAtEpochMs: number
  /** The observation that the event names, else the last one of its document, else the last one of the session. */
  readonly sensed: Sensed | undefined
}

type TaskEvent = Extract<Event, { kind: 'task' }>

/** The events of one episode: those between the start and the end of a task, or all of a session outside tasks. */
export interface Slice {
  /** null for the ambient slice. */
  readonly start: TaskEvent | null
  /** null where the task was never ended. */
  readonly end: TaskEvent | null
  /** True where another task began before this one was ended. */
  readonly superseded: boolean
  readonly items: readonly Item[]
  /** Places where events are missing between two of one document. */
  readonly holes: number
  /** Events that came twice: dropped. */
  readonly duplicates: number
}

interface Open {
  readonly start: TaskEvent | null
  readonly items: Item[]
  holes: number
  duplicates: number
}

interface Linked {
  readonly observation: Observation
  next: Observation | undefined
}

/** What is known of a document so far. */
interface Seen {
  nextSeq: number
  readonly byId: Map<number, Linked>
  newest: Linked | undefined
  last: Sensed | undefined
}

/** Rule 1: cuts a session into slices, in one pass over stretches in the order of `inOrder`. A task's slice is given out as soon as it ends, the ambient one last. */
export function* cut(stretches: Iterable<Stretch>): Generator<Slice> {
  const ambient = open(null)
  let task: Open | null = null
  let last: Sensed | undefined
  const documents = new Map<string, Seen>()
  for (const stretch of stretches) {
    const own = documents.get(stretch.producer) ?? { nextSeq: 0, byId: new Map(), newest: undefined, last: undefined }
    documents.set(stretch.producer, own)
    sense(stretch.observations, own)
    for (const event of stretch.events) {
      const fresh = event.seq >= own.nextSeq
      if (fresh && event.kind === 'task' && event.phase === 'start') {
        if (task !== null) yield { ...task, end: null, superseded: true }
        task = open(event)
      }
      const into: Open = task ?? ambient
      if (!fresh) {
        into.duplicates += 1
        continue
      }
      if (event.seq > own.nextSeq) into.holes += 1
      own.nextSeq = event.seq + 1
      own.last = own.byId.get(event.observation) ?? own.last
      last = own.last ?? last
      into.items.push(item(stretch, event, last))
      if (task === null || event.kind !== 'task' || event.phase !== 'end') continue
      yield { ...task, end: event, superseded: false }
      task = null
    }
  }
  if (task !== null) yield { ...task, end: null, superseded: false }
  if (ambient.items.length + ambient.duplicates > 0) yield { ...ambient, end: null, superseded: false }
}

function open(start: TaskEvent | null): Open {
  return { start, items: [], holes: 0, duplicates: 0 }
}

function item(stretch: Stretch, event: Event, sensed: Sensed | undefined): Item {
  const { producer, app, receipt, closedAtEpochMs } = stretch
  return { event, producer, app, receipt, closedAtEpochMs, sensed }
}

/** Takes in a stretch's observations, each once: ids rise. Those from before the last event's are forgotten: no later event names them. */
function sense(observations: readonly Observation[], own: Seen): void {
  const oldest = own.last?.observation.id ?? -1
  for (const id of own.byId.keys()) if (id < oldest) own.byId.delete(id)
  for (const observation of observations) {
    if (own.newest !== undefined && observation.id <= own.newest.observation.id) continue
    if (own.newest !== undefined) own.newest.next = observation
    own.newest = { observation, next: undefined }
    own.byId.set(observation.id, own.newest)
  }
}
