import { answered, maybeOwn } from '../ledger/told.ts'
import { type Browser, browser } from '../talk/browser.ts'
import type { Forgotten, Message } from '../talk/message.ts'
import { answerPage, keep } from './answer-page.ts'
import type { Answering } from './answering.ts'
import { leave } from './leave.ts'
import { changeBrief, changeKept } from './change.ts'
import { recall, remember } from './memory.ts'
import { place } from './scripts.ts'
import { standing } from './standing.ts'
import { tellPages, tellTab } from './tell.ts'

/** Later than any clock: paused for good. */
const foreverEpochMs = 8.64e15

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
      await changeBrief(({ stoppedTabs }) => ({ stoppedTabs: stoppedTabs.filter((tab) => tab !== message.tab) }))
      return pause(0, work.nowEpochMs())
    }
    case 'go-on':
      return tellTab({ id: message.tab }, { kind: 'go-on' })
    case 'forget':
      return forget(work, message.lastMs)
    case 'site': {
      await changeKept(({ sitesOff }) => {
        const others = sitesOff.filter((origin) => origin !== message.origin)
        return { sitesOff: message.on ? others : [...others, message.origin] }
      })
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

async function pause(minutes: number | null, nowEpochMs: number): Promise<void> {
  await remember({ pausedUntilEpochMs: minutes === null ? foreverEpochMs : minutes === 0 ? 0 : nowEpochMs + minutes * 60_000 })
  if (minutes !== null && minutes > 0) await browser.alarms.create('resume', { delayInMinutes: minutes })
  await tellPages()
}

/** What was found of devices and agreements that this machine does not know is another machine of the person's: they say so. */
async function vouch({ check }: Answering): Promise<void> {
  await changeKept(({ findings, vouched }) => ({
    vouched: [...vouched, ...maybeOwn(findings).map(({ index }) => index ?? -1)],
    findings: answered(findings),
  }))
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
  await changeKept(({ toErase }) => ({ toErase: [...toErase, span] }))
  const dropped = await spool.forget(span.fromEpochMs)
  await changeBrief(() => ({ recent: [] }))
  const server = await erase()
  if (server === 'later') nudge()
  return { dropped, server }
}
