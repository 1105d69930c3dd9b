import { isBroken } from '../ledger/told.ts'
import { type Browser, browser } from '../talk/browser.ts'
import type { Message } from '../talk/message.ts'
import { badge } from './badge.ts'
import { isRecorded, noteRecording } from './graph.ts'
import { changeBrief } from './change.ts'
import { leave } from './leave.ts'
import { recall, recallBrief } from './memory.ts'
import { placeOf } from './sender.ts'
import { dayOf } from './spool.ts'

type State = Extract<Message, { kind: 'state' }>

const selfPauses: ReadonlySet<string> = new Set(['call', 'save-data', 'metered', 'battery', 'cost'])

/** Takes what a recorder says of itself, in the order in which it says it: the badge, the popup and the tab graph show the last. */
export function noteState(told: State, sender: Browser.runtime.MessageSender, tab: Browser.tabs.Tab, nowEpochMs: number): Promise<void> {
  return inTurn(() => noteInTurn(told, sender, tab, nowEpochMs))
}

/** A tab may go on to a place that nothing is told of. */
export function watchPlaces(nowEpochMs: () => number): void {
  browser.tabs.onUpdated.addListener((_id, _change, tab) => void inTurn(() => noteMove(tab, nowEpochMs())))
}

/** A move and what the document before it still says can't overtake each other. */
function inTurn(act: () => Promise<void>): Promise<void> {
  return navigator.locks.request('state', act)
}

async function noteMove(tab: Browser.tabs.Tab, nowEpochMs: number): Promise<void> {
  if ((await isRecorded(tab)) && !(await isCovered(tab.url ?? '', nowEpochMs))) await noteRecording(tab, false)
}

async function isCovered(url: string, nowEpochMs: number): Promise<boolean> {
  const allowed = await leave(nowEpochMs)
  return allowed.ok && allowed.permit.allows({ url }, 'actions')
}

/** The last words of a document may come when the tab is elsewhere: of that place they say nothing. */
async function isStillThere(sender: Browser.runtime.MessageSender, { id = -1 }: Browser.tabs.Tab, nowEpochMs: number): Promise<boolean> {
  const { url = '' } = await browser.tabs.get(id).catch(() => ({ url: '' })) // closed meanwhile
  return isCovered(placeOf({ ...sender, url }), nowEpochMs)
}

async function noteInTurn(told: State, sender: Browser.runtime.MessageSender, tab: Browser.tabs.Tab, nowEpochMs: number): Promise<void> {
  if (told.state === 'stopped' && told.reason === 'person') {
    await changeBrief(({ stoppedTabs }) => ({ stoppedTabs: [...stoppedTabs, tab.id ?? -1] }))
  }
  if (told.state === 'stopped' && told.reason.startsWith('indicator.')) await noteLostSign(told.reason)
  if (sender.frameId !== 0) return
  if (told.state !== 'stopped' && !(await isStillThere(sender, tab, nowEpochMs))) return
  await noteRecording(tab, told.state === 'recording')
  await noteSelfPause(tab.id ?? -1, told)
  await showState(tab.id ?? -1, told, nowEpochMs)
}

/** A sign that could not be seen is told once a day of work, whatever hid it. */
function noteLostSign(reason: string): Promise<void> {
  return changeBrief(({ lostSigns }) => (lostSigns.includes(reason) ? {} : { lostSigns: [...lostSigns, reason] }))
}

/** What the popup says of a tab that pauses by itself. */
function noteSelfPause(tabId: number, { state, reason }: State): Promise<void> {
  const now = state === 'paused' && selfPauses.has(reason) ? reason : ''
  return changeBrief(({ selfPaused }) =>
    (selfPaused[String(tabId)] ?? '') === now ? {} : { selfPaused: { ...selfPaused, [String(tabId)]: now } },
  )
}

/** The recorder says that it has stopped; why, the worker knows better where it is the day. */
async function showState(tabId: number, { state, reason }: State, nowEpochMs: number): Promise<void> {
  if (state !== 'stopped') return badge(tabId, state, reason)
  const [{ findings }, { fullDay }] = await Promise.all([recall(), recallBrief()])
  if (isBroken(findings)) return badge(tabId, 'broken', 'trust')
  return fullDay === dayOf(nowEpochMs) ? badge(tabId, 'paused', 'day.full') : badge(tabId, state, reason)
}
