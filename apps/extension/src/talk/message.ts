import type { Geometry, RecordingState, TabFact } from '@overt/capture'
import type { Place } from '@overt/capture/sense'
import type { Batch, Box, Modality } from '@overt/schema'
import type { Picture, PictureGap } from '@overt/schema/words'

import type { Told } from '../ledger/told.ts'
import type { Reading } from '../page/meter.ts'
import type { Enrolment } from './enrolment.ts'

/** What a page's recorder, the popup and the consent page say to the worker. Who says it is the browser's word (`sender`), never in the message. */
export type Message =
  /** `byPage`: nothing was in the tab before this document, or another page led to it. */
  | { readonly kind: 'begin'; readonly byPage: boolean }
  | { readonly kind: 'batch'; readonly batch: Batch }
  /** Take a picture of me, who looks like that now. */
  | { readonly kind: 'picture'; readonly before: Geometry }
  /** Where does my frame stand? */
  | ({ readonly kind: 'place' } & Asker)
  /** The frames in me may stand elsewhere now. */
  | { readonly kind: 'moved' }
  /** I am seen and recorded: listen to the server for me, for a while. */
  | { readonly kind: 'watch' }
  | { readonly kind: 'state'; readonly state: RecordingState['state']; readonly reason: string }
  | { readonly kind: 'standing'; readonly tab: number; readonly origin: string }
  | { readonly kind: 'pause'; readonly minutes: number | null }
  | { readonly kind: 'resume'; readonly tab: number }
  | { readonly kind: 'forget'; readonly lastMs: number }
  /** Record on in that tab, whatever it costs its page. */
  | { readonly kind: 'go-on'; readonly tab: number }
  | { readonly kind: 'site'; readonly origin: string; readonly on: boolean }
  | { readonly kind: 'enrolled' }
  /** What was found that I may have done on another machine, I did. */
  | { readonly kind: 'vouch' }
  | { readonly kind: 'withdraw' }
  /** Whether I want to look through everything before it is sent. */
  | { readonly kind: 'review'; readonly on: boolean }
  /** Show me what is held. */
  | { readonly kind: 'held' }
  /** Send these, or delete them: by their numbers, so that nothing goes that I did not see. */
  | { readonly kind: 'decide'; readonly ns: readonly number[]; readonly send: boolean }

/** What the worker says to recorders: ask again whether you may; or let go of all that you hold, and answer when it has; or what has become of a tab; or where the frame on a path stands, if you can see it; or that yours may stand elsewhere; or what a picture that was just taken has to hide (`gauge`); or what recording costs your page (`meter`); or go on, whatever it costs. */
export type Change =
  | { readonly kind: 'change' | 'empty' | 'moved' | 'gauge' | 'meter' | 'go-on' }
  | { readonly kind: 'tab'; readonly fact: TabFact }
  | ({ readonly kind: 'measure' } & Asker)

/** The window that asks where it stands: which one it is among those of each window around it, outermost first (-1: in a shadow root, where none has a number), its size, and whether the focus is in it. */
export interface Asker {
  readonly path: readonly number[]
  readonly widthCssPx: number
  readonly heightCssPx: number
  readonly focused: boolean
}

/** Where the inside of a frame lies in the outermost page, and the frames around it, outermost first. */
export interface FramePlace extends Place {
  /** Only the focus told it from another. */
  readonly byFocus: boolean
  readonly around: readonly { readonly name: string; readonly role: string; readonly box: Box }[]
}

/** A masked picture, or why there is none. */
export type Shot =
  | { readonly kind: 'picture'; readonly picture: Omit<Picture, 'id'> }
  | { readonly kind: 'none'; readonly reason: PictureGap }

/** Whether a document may be recorded, and with what. */
export type Begin =
  | { readonly kind: 'off'; readonly reason: string }
  | {
      readonly kind: 'record'
      readonly enrolment: Enrolment
      readonly session: string
      readonly paused: boolean
      readonly tab: TabFact | null
      readonly pictures: boolean
      /** The most of a minute that recording may take of its page. */
      readonly budget01: number
    }

/** What became of a batch; only `kept` and `duplicate` mean that it is on this machine's disk. */
export interface Kept {
  readonly kind: 'kept' | 'duplicate' | 'refused'
  readonly reason: string
}

/** How much waits for its person's word, without opening any of it: by number, and how many things that were done. */
export interface Waits {
  readonly ns: readonly number[]
  readonly acts: number
  /** Since when, and when the first of it is deleted; 0 where nothing waits. */
  readonly sinceEpochMs: number
  readonly endsAtEpochMs: number
}

/** One batch that waits for its person's word, as it would leave: redacted. */
export interface Held {
  readonly n: number
  readonly session: string
  readonly place: string
  readonly atEpochMs: number
  readonly endsAtEpochMs: number
  readonly acts: readonly string[]
  /** What the page said, and what was put in. */
  readonly words: readonly string[]
  /** WebP as base64. */
  readonly pictures: readonly string[]
}

/** What the popup shows. */
export interface Standing {
  readonly state: 'on' | 'paused' | 'off' | 'blocked'
  readonly reason: string
  readonly pausedUntilEpochMs: number | null
  readonly siteOn: boolean
  /** What pictures of this site show although nobody can mask what is private in it: the person agreed to it by name. */
  readonly reveals: readonly Modality[]
  /** What recording costs the page in front; null where nothing records. */
  readonly meter: Reading | null
  readonly queued: number
  /** Whether the person looks through everything before it is sent, and what is held for that. */
  readonly review: { readonly on: boolean } & Waits
  readonly counts: Readonly<Record<string, number>>
  /** The last five actions that the server has, newest first, as they left: redacted. */
  readonly recent: readonly string[]
  /** What the check of the server's ledger found, and when that was made last; 0: never. */
  readonly findings: readonly Told[]
  readonly checkedAtEpochMs: number
}

/** What "forget" reached: batches dropped on this machine, and whether the server has erased the rest. */
export interface Forgotten {
  readonly dropped: number
  readonly server: 'erased' | 'later' | 'refused'
}
