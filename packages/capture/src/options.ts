import type { Batch, Box, Event, Observation, Outcome } from '@overt/schema'

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
  /** Hears of each look at the page that an act begins with, before the page reacts, and of each event as it is written, not masked: for what is kept of the same moment beside them. */
  readonly onSight?: (observation: Observation) => void
  readonly onEvent?: (event: Event) => void
  /** Hears how long, in ms, the page waited for the recorder, each time that it did. */
  readonly onWork?: (ms: number) => void
  /** Longest time between an event and its batch (default 1,000): what a killed page can lose. */
  readonly flushMs?: number
  /** `task`: the whole recording is one the person asked for. `ambient` (the default): until `startTask`, nothing that is written into a field leaves but its size class. */
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
  /** Makes the task a correction: its permit is for the purpose `correct`. */
  readonly takeover?: Takeover
}

/** What the browser says of the document's tab: an extension knows it, and no page does. */
export type TabFact = Pick<Extract<Event, { readonly kind: 'tab' }>, 'phase' | 'tab' | 'opener' | 'frame'>

type TakenOver = Extract<Event, { readonly kind: 'takeover' }>

/** What whoever holds a recording may write into it: of the tab, that something is missing and why, or what became of something that hides what is in it. */
export type Noted =
  | ({ readonly kind: 'tab' } & TabFact)
  | { readonly kind: 'gap'; readonly reason: string; readonly count: number }
  | { readonly kind: 'value'; readonly before: string; readonly after: string; readonly cause: 'pointer' | 'keyboard' }

/** That someone took over from an agent, and what it would have done. */
export interface Takeover {
  readonly by: TakenOver['by']
  readonly why: TakenOver['why']
  /** SHA-256 of the model's weights. */
  readonly model: string
  /** Best first. The element is named by role and box in CSS pixels, since agent and recorder number what they see apart; null for none. */
  readonly candidates: readonly {
    readonly kind: string
    readonly argument: string
    readonly p01: number
    readonly element: { readonly role: string; readonly box: Box } | null
  }[]
}

/** How a task ended, and who says so. */
export interface TaskEnd {
  readonly outcome: Outcome
  readonly by: 'person' | 'page' | 'none'
}

/** A recording under way. Calling it stops it, sends what is left and resolves when that has arrived. */
export interface Recording {
  (): Promise<void>
  /** `reason`: why, in a word; `person` where none is given. */
  pause(reason?: string): void
  resume(reason?: string): void
  /** Sends what there is now; resolves when it has arrived. */
  flush(): Promise<void>
  startTask(task: TaskStart): void
  endTask(end: TaskEnd): void
  /** `target`: what became another. */
  note(fact: Noted, target?: Node | null): void
  /** `note` of a tab, by its older name. */
  noteTab(fact: TabFact): void
  /** What was dropped, masked, refused or retried, by reason. */
  readonly counters: Readonly<Record<string, number>>
}
