import { browser } from '../talk/browser.ts'

import type { Told } from '../ledger/told.ts'
import type { Enrolment, Managed } from '../talk/enrolment.ts'

/** What outlives the worker, since the worker holds nothing. Times in epoch ms. */
export interface Kept {
  readonly enrolment: Enrolment | null
  /** 0: not paused. */
  readonly pausedUntilEpochMs: number
  readonly sitesOff: readonly string[]
  /** Why the server takes nothing more; '' where it does. */
  readonly stopped: string
  /** Spans that the server has still to erase. */
  readonly toErase: readonly Span[]
  /** When the person last said no to what their organisation asks, or took their yes back; 0: never. */
  readonly refusedAtEpochMs: number
  /** What the check of the ledger found. */
  readonly findings: readonly Told[]
  /** Entries of the ledger that the person says are of another machine of theirs, by index. */
  readonly vouched: readonly number[]
  /** Since when the server has not shown its ledger; 0: it does. */
  readonly unseenSinceEpochMs: number
  /** When the ledger was checked last; 0: never. */
  readonly checkedAtEpochMs: number
}

/** From when until when, in epoch ms of this machine's clock. */
export interface Span {
  readonly fromEpochMs: number
  readonly untilEpochMs: number
}

const nothing: Kept = {
  enrolment: null,
  pausedUntilEpochMs: 0,
  sitesOff: [],
  stopped: '',
  toErase: [],
  refusedAtEpochMs: 0,
  findings: [],
  vouched: [],
  unseenSinceEpochMs: 0,
  checkedAtEpochMs: 0,
}

/** Reads what is kept on this machine. */
export async function recall(): Promise<Kept> {
  return { ...nothing, ...(await browser.storage.local.get<Partial<Kept>>()) }
}

/** Changes part of what is kept on this machine. */
export async function remember(change: Partial<Kept>): Promise<void> {
  await browser.storage.local.set(change)
}

/** The organisation's policy: null where there is none, `waiting` where the browser was told to install this and its policy is not here yet. */
export async function managed(): Promise<Managed | null | 'waiting'> {
  // A browser without policies rejects.
  const found = await browser.storage.managed.get<Partial<Managed>>().catch((): Partial<Managed> => ({}))
  const { endpoint = '', manifestUrl = '', keys = [] } = found
  if (endpoint !== '' && keys.length > 0) return { endpoint, manifestUrl, keys }
  const { installType } = await browser.management.getSelf()
  return installType === 'admin' ? 'waiting' : null
}

/** A tab that may be told of. */
export interface Known {
  readonly session: string
  /** Its number in the session, and that of the tab which opened it, or -1. */
  readonly tab: number
  readonly opener: number
  /** Its frames by the browser's number, in the order in which they came; the first is the tab's own document. */
  readonly frames: readonly number[]
  /** Whether its own document is being recorded. */
  readonly here: boolean
}

/** What is gone when the browser closes. */
export interface Brief {
  /** Session of each tab; a tab that another opened has its session. */
  readonly sessions: Readonly<Record<string, string>>
  /** The tabs with recorded documents, by the browser's number. */
  readonly graph: Readonly<Record<string, Known>>
  /** The tab of each session that the person came to last. */
  readonly front: Readonly<Record<string, number>>
  /** Why a tab's own recorder pauses for now, by the browser's number. */
  readonly selfPaused: Readonly<Record<string, string>>
  /** The day, as in `counts`, that has no room left; ''. */
  readonly fullDay: string
  /** Tabs in which the person pressed Stop. */
  readonly stoppedTabs: readonly number[]
  /** Why recorders ended whose sign could not be seen. */
  readonly lostSigns: readonly string[]
  readonly recent: readonly string[]
  readonly nextTryEpochMs: number
  readonly failures: number
}

const blank: Brief = {
  sessions: {},
  selfPaused: {},
  fullDay: '',
  graph: {},
  front: {},
  stoppedTabs: [],
  lostSigns: [],
  recent: [],
  nextTryEpochMs: 0,
  failures: 0,
}

/** Reads what is kept until the browser closes. */
export async function recallBrief(): Promise<Brief> {
  return { ...blank, ...(await browser.storage.session.get<Partial<Brief>>()) }
}

/** Changes part of it. */
export async function rememberBrief(change: Partial<Brief>): Promise<void> {
  await browser.storage.session.set(change)
}
