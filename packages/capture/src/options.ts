import type { Batch, Event, Observation, Outcome } from '@overt/schema'

import type { Redactor } from './pack/redactor.ts'

/** What left the page in one batch; `raw` is what it was before masking, and never leaves. */
export interface Sent {
  readonly batch: Batch
  readonly events: readonly Event[]
  readonly observations: readonly Observation[]
  readonly raw: { readonly events: readonly Event[]; readonly observations: readonly Observation[] }
}

/** What a recording is doing. */
export interface RecordingState {
  readonly state: 'recording' | 'paused' | 'stopped'
  /** Why it is so: `start`, `person`, `place`, `withdrawn`, `indicator.removed`, `http.403`, ... */
  readonly reason: string
  /** Events and batches that have not left yet. */
  readonly queued: number
}

/** How and where to record. Either `send`, or `endpoint` with `deviceKey`. */
export interface RecordOptions {
  /** Takes each batch, a plain object that JSON can carry. Where it throws or rejects, it is called again later. */
  readonly send?: (batch: Batch) => void | Promise<void>
  /** The server's address; batches go to `/v1/batches` below it. */
  readonly endpoint?: string
  /** Ed25519 private key of the enrolled device, or its PKCS #8 in base64url. */
  readonly deviceKey?: CryptoKey | string
  /** The enrolled device's id. Without it the receipt names the device that signed it. */
  readonly deviceId?: string
  /** Name of the device where batches go to `send` and no `deviceId` is given. */
  readonly device?: string
  /** Ties several documents together; a random one where none is given. */
  readonly session?: string
  readonly onState?: (state: RecordingState) => void
  readonly onSent?: (sent: Sent) => void
  /** Longest time between an event and its batch (default 2,000). */
  readonly flushMs?: number
  readonly mode?: 'ambient' | 'task'
  /** Where `overt-redact.js` lies, if not beside the SDK. */
  readonly redactorUrl?: string
  /** A redactor that is loaded already. */
  readonly redactor?: Redactor
  readonly document?: Document
  /** Language of the indicator. */
  readonly language?: string
}

/** The person's own statement of a task. */
export interface TaskStart {
  readonly goal: string
  /** `suite/name` of a task page. */
  readonly template?: string
  readonly seed?: string
}

/** How a task ended, and who says so. */
export interface TaskEnd {
  readonly outcome: Outcome
  readonly by: 'person' | 'page' | 'none'
}

/** A recording under way. Calling it stops it, sends what is left and resolves when that has arrived. */
export interface Recording {
  (): Promise<void>
  pause(): void
  resume(): void
  /** Sends what there is now; resolves when it has arrived. */
  flush(): Promise<void>
  startTask(task: TaskStart): void
  endTask(end: TaskEnd): void
  /** What was dropped, masked, refused or retried, by reason. */
  readonly counters: Readonly<Record<string, number>>
}
