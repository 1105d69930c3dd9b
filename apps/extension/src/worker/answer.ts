import type { Geometry } from '@overt/capture'
import type { Batch, Modality } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'
import { type Browser, browser } from '../talk/browser.ts'

import type { SentLog } from '../ledger/sent-log.ts'
import { answered, isBroken, maybeOwn } from '../ledger/told.ts'
import type { Reading } from '../page/meter.ts'
import { everywhere } from '../talk/everywhere.ts'
import type { Begin, Change, Forgotten, Kept, Message, Shot, Standing } from '../talk/message.ts'
import { badge } from './badge.ts'
import { budget01 } from './budget.ts'
import type { Camera } from './camera.ts'
import { enter, noteRecording } from './graph.ts'
import { recall, recallBrief, remember, rememberBrief } from './memory.ts'
import type { Review } from './review.ts'
import { place } from './scripts.ts'
import { dayOf, type Spool } from './spool.ts'
import { leave, type Leave } from './standing.ts'
import { frameOf, sessionOf } from './tabs.ts'

/** Later than any clock: paused for good. */
const foreverEpochMs = 8.64e15

/** What answers are made with. */
export interface Answering {
  readonly spool: Spool
  readonly review: Review
  readonly sentLog: SentLog
  readonly camera: Camera
  readonly nowEpochMs: () => number
  /** Something waits to be sent. */
  readonly nudge: () => void
  /** Has the server erase what waits for it. */
  readonly erase: () => Promise<Forgotten['server']>
  /** Checks the server by its ledger, now. */
  readonly check: () => Promise<void>
  /** Listens for a while to whether the server ends it all. */
  readonly watch: () => Promise<void>
}

/** Answers one message. What only this extension's own pages may ask is refused to a page's recorder. */
export async function answer(message: Message, sender: Browser.runtime.MessageSender, work: Answering): Promise<unknown> {
  const { tab, url = '' } = sender
  if (!url.startsWith(browser.runtime.getURL('/'))) {
    // The last word of a tab that is closed: there is no tab any more, and the browser still names its place.
    if (message.kind === 'batch') return keep(message.batch, sender, work)
    return tab === undefined ? null : answerPage(message, sender, tab, work)
  }
  switch (message.kind) {
    case 'standing':
      return standing(message, work)
    case 'pause':
      return pause(message.minutes, work.nowEpochMs())
    case 'resume': {
      const { stoppedTabs } = await recallBrief()
      await rememberBrief({ stoppedTabs: stoppedTabs.filter((tab) => tab !== message.tab) })
      return pause(0, work.nowEpochMs())
    }
    case 'go-on':
      return tellTab({ id: message.tab }, { kind: 'go-on' })
    case 'forget':
      return forget(work, message.lastMs)
    case 'site': {
      const { sitesOff } = await recall()
      const others = sitesOff.filter((origin) => origin !== message.origin)
      await remember({ sitesOff: message.on ? others : [...others, message.origin] })
      return tellPages()
    }
    case 'enrolled':
      await place(work.nowEpochMs())
      await tellPages()
      return void work.check()
    case 'vouch':
      return vouch(work)
    case 'withdraw':
      // What was to be forgotten is no wish to the next server; this one has a moment.
      await inTime(work.erase())
      await remember({ enrolment: null, toErase: [], refusedAtEpochMs: work.nowEpochMs() })
      await work.spool.forget(0)
      await place(work.nowEpochMs())
      return tellPages()
    case 'review':
      return turnReview(message.on, work)
    case 'held': {
      const allowed = await leave(work.nowEpochMs())
      return allowed.ok ? work.review.held(allowed.permit) : []
    }
    case 'decide':
      return decideHeld(message, work)
    case 'begin':
    case 'batch':
    case 'place':
    case 'moved':
    case 'watch':
    case 'picture':
    case 'state':
      return null
  }
}

async function answerPage(
  message: Message,
  sender: Browser.runtime.MessageSender,
  tab: Browser.tabs.Tab,
  work: Answering,
): Promise<unknown> {
  switch (message.kind) {
    case 'begin':
      return begin(message, sender, tab, work.nowEpochMs())
    case 'place':
      return tellTab(tab, { ...message, kind: 'measure' })
    case 'moved':
      return tellTab(tab, { kind: 'moved' })
    case 'watch':
      await work.watch()
      return { kind: 'watched' }
    case 'picture':
      return shoot(message.before, sender, work)
    case 'state':
      if (message.state === 'stopped' && message.reason === 'person') {
        const { stoppedTabs } = await recallBrief()
        await rememberBrief({ stoppedTabs: [...stoppedTabs, tab.id ?? -1] })
      }
      if (message.state === 'stopped' && message.reason.startsWith('indicator.')) await noteLostSign(message.reason)
      if (sender.frameId !== 0) return null
      await noteRecording(tab, message.state === 'recording')
      await noteSelfPause(tab.id ?? -1, message)
      return showState(tab.id ?? -1, message, work.nowEpochMs())
    case 'batch':
    case 'standing':
    case 'pause':
    case 'resume':
    case 'go-on':
    case 'forget':
    case 'site':
    case 'enrolled':
    case 'vouch':
    case 'withdraw':
    case 'review':
    case 'held':
    case 'decide':
      return null
  }
}

/** For the person who agreed here: another one's is another switch. */
async function turnReview(on: boolean, { review }: Answering): Promise<void> {
  const { enrolment } = await recall()
  if (enrolment !== null) await review.turn(enrolment.receipt.person, on)
}

async function decideHeld({ ns, send }: Extract<Message, { kind: 'decide' }>, { review, nudge }: Answering): Promise<void> {
  if (!send) return review.discard(ns)
  await review.release(ns)
  nudge()
  // Where the upload that runs now has looked already.
  await browser.alarms.create('upload', { delayInMinutes: 0.5 })
}

/** To the recorders of all frames of a tab; the one that has an answer gives it, null where none does. */
async function tellTab({ id = -1 }: Pick<Browser.tabs.Tab, 'id'>, change: Change): Promise<unknown> {
  return (await browser.tabs.sendMessage(id, change).catch(() => null)) ?? null
}

async function begin(
  { byPage }: Extract<Message, { kind: 'begin' }>,
  sender: Browser.runtime.MessageSender,
  tab: Browser.tabs.Tab,
  nowEpochMs: number,
): Promise<Begin> {
  const allowed = await leave(nowEpochMs)
  if (!allowed.ok) return { kind: 'off', reason: allowed.reason }
  const [{ sitesOff, pausedUntilEpochMs }, { stoppedTabs, fullDay }] = await Promise.all([recall(), recallBrief()])
  if (fullDay === dayOf(nowEpochMs)) return { kind: 'off', reason: 'day.full' }
  if (tab.incognito) return { kind: 'off', reason: 'private' }
  if (stoppedTabs.includes(tab.id ?? -1)) return { kind: 'off', reason: 'person' }
  if (sitesOff.includes(originOf(sender))) return { kind: 'off', reason: 'site' }
  const { enrolment, permit } = allowed
  // Of a place that is not covered nothing is told; its recorder finds that out by itself.
  const fact = permit.allows({ url: placeOf(sender) }, 'actions') ? await enter(tab, sender.frameId ?? 0, byPage) : null
  const pictures = await browser.permissions.contains({ origins: [everywhere] })
  const paused = pausedUntilEpochMs > nowEpochMs
  return { kind: 'record', enrolment, session: await sessionOf(tab), paused, tab: fact, pictures, budget01: await budget01() }
}

/** Whether anything has a tab's recording rest now; its recorder may not have heard of it yet. */
async function rests(sender: Browser.runtime.MessageSender, nowEpochMs: number): Promise<boolean> {
  const [{ enrolment, pausedUntilEpochMs, sitesOff }, { stoppedTabs, selfPaused, fullDay }] = await Promise.all([recall(), recallBrief()])
  if (enrolment === null || pausedUntilEpochMs > nowEpochMs || fullDay === dayOf(nowEpochMs)) return true
  const id = sender.tab?.id ?? -1
  return sitesOff.includes(originOf(sender)) || stoppedTabs.includes(id) || (selfPaused[String(id)] ?? '') !== ''
}

async function shoot(before: Geometry, sender: Browser.runtime.MessageSender, { spool, camera, nowEpochMs }: Answering): Promise<Shot> {
  const allowed = await leave(nowEpochMs())
  if (!allowed.ok || (await rests(sender, nowEpochMs()))) return { kind: 'none', reason: 'place' }
  if (await spool.picturesSpent()) return { kind: 'none', reason: 'budget' }
  // A tab that closes meanwhile, an image that can't be read: there is no picture, and nothing of it in any word of why.
  const shot = await camera(allowed.permit, sender, before).catch((): Shot => ({ kind: 'none', reason: 'failed' }))
  // A pause that began meanwhile holds for what was taken meanwhile.
  return (await rests(sender, nowEpochMs())) ? { kind: 'none', reason: 'place' } : shot
}

/** A page can't speak for another: the batch has to be of the origin that the browser says it came from. */
async function keep(batch: Batch, sender: Browser.runtime.MessageSender, { spool, sentLog, nowEpochMs, nudge }: Answering): Promise<Kept> {
  const allowed = await leave(nowEpochMs())
  if (!allowed.ok) return { kind: 'refused', reason: allowed.reason }
  const { permit } = allowed
  const own = batch.origin === originOf(sender) && batch.receipt === permit.receipt
  const at = { url: batch.origin + batch.path }
  const shown = (batch.pictures?.length ?? 0) === 0 || permit.allows(at, 'pixels')
  if (!own || !shown || !permit.allows(at, 'actions')) return { kind: 'refused', reason: 'place' }
  // Before it is kept: what leaves without a line here would count as never sent.
  const sent = await sentLog.note(permit, batch)
  if (sent.beyond.length > 0) return { kind: 'refused', reason: 'beyond-manifest' }
  const put = await spool.put(permit, batch, frameOf(sender))
  if (put === 'day.full') {
    await restUntilTomorrow(nowEpochMs())
    return { kind: 'refused', reason: put }
  }
  nudge()
  return { kind: put, reason: '' }
}

/** A document without an address of its own is of whoever made it: the browser names the origin, and nothing finer is known. */
function placeOf(sender: Browser.runtime.MessageSender): string {
  const { url = '' } = sender
  return url.startsWith('about:') ? `${originOf(sender)}/` : url
}

function originOf({ origin, url }: Browser.runtime.MessageSender): string {
  return origin ?? URL.parse(url ?? '')?.origin ?? ''
}

async function pause(minutes: number | null, nowEpochMs: number): Promise<void> {
  await remember({ pausedUntilEpochMs: minutes === null ? foreverEpochMs : minutes === 0 ? 0 : nowEpochMs + minutes * 60_000 })
  if (minutes !== null && minutes > 0) await browser.alarms.create('resume', { delayInMinutes: minutes })
  await tellPages()
}

/** What was found of devices and agreements that this machine does not know is another machine of the person's: they say so. */
async function vouch({ check }: Answering): Promise<void> {
  const { findings, vouched } = await recall()
  await remember({ vouched: [...vouched, ...maybeOwn(findings).map(({ index }) => index ?? -1)], findings: answered(findings) })
  await check()
}

/** Waits for it, and no longer than a second. */
async function inTime(done: Promise<unknown>): Promise<void> {
  await Promise.race([done, new Promise((late) => setTimeout(late, 1_000))])
}

async function forget({ spool, nowEpochMs, erase, nudge }: Answering, lastMs: number): Promise<Forgotten> {
  // What a page that hangs still holds comes later than the span, and stays.
  await inTime(tellPages('empty'))
  const untilEpochMs = nowEpochMs()
  const span = { fromEpochMs: untilEpochMs - lastMs, untilEpochMs }
  // First of all what has to be done even if this worker ends here.
  await remember({ toErase: [...(await recall()).toErase, span] })
  const dropped = await spool.forget(span.fromEpochMs)
  await rememberBrief({ recent: [] })
  const server = await erase()
  if (server === 'later') nudge()
  return { dropped, server }
}

async function standing(
  { tab, origin }: Extract<Message, { kind: 'standing' }>,
  { spool, review, nowEpochMs }: Answering,
): Promise<Standing> {
  const [
    allowed,
    { enrolment, sitesOff, pausedUntilEpochMs, findings, checkedAtEpochMs },
    { recent, stoppedTabs, selfPaused, fullDay },
    { queued, counts },
    waits,
    meter,
  ] = await Promise.all([leave(nowEpochMs()), recall(), recallBrief(), spool.tally(), review.waits(), meterOf(tab)])
  const on = enrolment !== null && (await review.isOn(enrolment.receipt.person))
  const siteOn = !sitesOff.includes(origin)
  const seen = {
    pausedUntilEpochMs: pausedUntilEpochMs > nowEpochMs() ? pausedUntilEpochMs : null,
    siteOn,
    reveals: allowed.ok ? revealed(allowed, origin) : [],
    meter,
    queued,
    review: { ...waits, on },
    counts,
    recent,
    findings,
    checkedAtEpochMs,
  }
  if (!allowed.ok) return { ...seen, state: 'off', reason: allowed.reason }
  if (seen.pausedUntilEpochMs !== null) return { ...seen, state: 'paused', reason: 'person' }
  if (stoppedTabs.includes(tab)) return { ...seen, state: 'off', reason: 'person' }
  const covered = allowed.enrolment.manifest.apps.some(({ origins }) => origins.includes(origin))
  if (!siteOn || !covered) return { ...seen, state: 'blocked', reason: siteOn ? 'place' : 'site' }
  const own = fullDay === dayOf(nowEpochMs()) ? 'day.full' : (selfPaused[String(tab)] ?? '')
  return own === '' ? { ...seen, state: 'on', reason: '' } : { ...seen, state: 'paused', reason: own }
}

/** What pictures of a site show because its person agreed to it by name, somewhere on it. */
function revealed({ enrolment }: Extract<Leave, { ok: true }>, origin: string): readonly Modality[] {
  const { receipt, manifest } = enrolment
  const apps = manifest.apps.filter(({ origins, modalities }) => origins.includes(origin) && modalities.includes('pixels'))
  return offeredModalities({ apps }).byName.filter((one) => receipt.modalities.includes(one))
}

const selfPauses: ReadonlySet<string> = new Set(['call', 'save-data', 'metered', 'battery', 'cost'])

/** A sign that could not be seen is told once a day of work, whatever hid it. */
async function noteLostSign(reason: string): Promise<void> {
  const { lostSigns } = await recallBrief()
  if (!lostSigns.includes(reason)) await rememberBrief({ lostSigns: [...lostSigns, reason] })
}

/** What recording costs the document of a tab; null where nothing records there, or there is no such tab. */
async function meterOf(tab: number): Promise<Reading | null> {
  if (tab < 0) return null
  const change: Change = { kind: 'meter' }
  const reading = await browser.tabs.sendMessage<Change, Reading | null>(tab, change, { frameId: 0 }).catch(() => null)
  return reading ?? null
}

/** What the popup says of a tab that pauses by itself. */
function noteSelfPause(tabId: number, { state, reason }: Extract<Message, { kind: 'state' }>): Promise<void> {
  const now = state === 'paused' && selfPauses.has(reason) ? reason : ''
  return navigator.locks.request('self-paused', async () => {
    const { selfPaused } = await recallBrief()
    if ((selfPaused[String(tabId)] ?? '') !== now) await rememberBrief({ selfPaused: { ...selfPaused, [String(tabId)]: now } })
  })
}

/** The recorder says that it has stopped; why, the worker knows better where it is the day. */
async function showState(tabId: number, { state, reason }: Extract<Message, { kind: 'state' }>, nowEpochMs: number): Promise<void> {
  if (state !== 'stopped') return badge(tabId, state, reason)
  const [{ findings }, { fullDay }] = await Promise.all([recall(), recallBrief()])
  if (isBroken(findings)) return badge(tabId, 'broken', 'trust')
  return fullDay === dayOf(nowEpochMs) ? badge(tabId, 'paused', 'day.full') : badge(tabId, state, reason)
}

/** What one day may hold is held: every recorder ends, and asks again tomorrow. */
async function restUntilTomorrow(nowEpochMs: number): Promise<void> {
  await rememberBrief({ fullDay: dayOf(nowEpochMs) })
  await browser.alarms.create('resume', { when: Date.parse(dayOf(nowEpochMs)) + 86_400_000 })
  void tellPages()
}

/** Every recorder asks again whether it may (`change`), or lets go of what it holds (`empty`). */
export async function tellPages(kind: 'change' | 'empty' = 'change'): Promise<void> {
  const change: Change = { kind }
  const tabs = await browser.tabs.query({})
  // Most tabs have no recorder, and say so.
  await Promise.allSettled(tabs.map((tab) => browser.tabs.sendMessage(tab.id ?? -1, change)))
}
