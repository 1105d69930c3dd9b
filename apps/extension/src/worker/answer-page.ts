import type { Geometry } from '@overt/capture'
import type { Batch } from '@overt/schema'

import { type Browser, browser } from '../talk/browser.ts'
import { everywhere } from '../talk/everywhere.ts'
import type { Begin, Kept, Message, Shot } from '../talk/message.ts'
import type { Answering } from './answering.ts'
import { budget01 } from './budget.ts'
import { enter } from './graph.ts'
import { leave } from './leave.ts'
import { recall, recallBrief, rememberBrief } from './memory.ts'
import { originOf, placeOf } from './sender.ts'
import { dayOf } from './spool.ts'
import { noteState } from './tab-state.ts'
import { frameOf, sessionOf } from './tabs.ts'
import { tellPages, tellTab } from './tell.ts'

/** Answers the recorder of a page; null to what only this extension's own pages may ask. */
export async function answerPage(
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
      await noteState(message, sender, tab, work.nowEpochMs())
      return null
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
export async function keep(
  batch: Batch,
  sender: Browser.runtime.MessageSender,
  { spool, sentLog, nowEpochMs, nudge }: Answering,
): Promise<Kept> {
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

/** What one day may hold is held: every recorder ends, and asks again tomorrow. */
async function restUntilTomorrow(nowEpochMs: number): Promise<void> {
  await rememberBrief({ fullDay: dayOf(nowEpochMs) })
  await browser.alarms.create('resume', { when: Date.parse(dayOf(nowEpochMs)) + 86_400_000 })
  void tellPages()
}
