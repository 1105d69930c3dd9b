import { browser } from '../talk/browser.ts'

import { checkLedger } from '../ledger/check.ts'
import { openSentLog } from '../ledger/sent-log.ts'
import type { Message } from '../talk/message.ts'
import { answer } from './answer.ts'
import { createCamera } from './camera.ts'
import { eraseAtServer } from './erase.ts'
import { watchTabs } from './graph.ts'
import { invite } from './invite.ts'
import { recall, recallBrief, remember } from './memory.ts'
import { endReview } from './end-review.ts'
import { openReview } from './review.ts'
import { place } from './scripts.ts'
import { openSpool, type Spool } from './spool.ts'
import { watchPlaces } from './tab-state.ts'
import { leave } from './leave.ts'
import { tellPages } from './tell.ts'
import { backOff, createRoads, upload } from './upload.ts'
import { openVault } from './vault.ts'
import { heedLift, watchEnd } from './watch.ts'

const now = (): number => Date.now()
/** How often the ledger is looked at; and how soon again where it was not shown. */
const checkMinutes = { every: 5, again: 2.5 } as const

/** How often it is looked whether what is held for review has to go. */
const reviewMinutes = 60

/** Listens. All that it knows lies in the vault and in storage: it may be stopped between any two lines. */
export function startWorker(): void {
  const opened = openVault().then((vault) => ({ vault, spool: openSpool(vault, now) }))
  const nudge = createNudge(opened)
  const check = async (): Promise<void> => {
    const { vault } = await opened
    await heedLift(vault, now)
    const checked = await checkLedger(vault, now)
    if (checked === 'later') await browser.alarms.create('ledger.again', { delayInMinutes: checkMinutes.again })
  }
  const camera = createCamera(() => performance.now())
  browser.runtime.onMessage.addListener((message: Message, sender, reply) => {
    if (sender.id !== browser.runtime.id) return false
    void opened
      .then(({ vault, spool }) => {
        const erase = (): ReturnType<typeof eraseAtServer> => eraseAtServer(vault, now())
        const watch = (): Promise<void> => watchEnd(vault, spool, now)
        const review = openReview(vault, now)
        return answer(message, sender, { watch, spool, review, sentLog: openSentLog(vault), camera, nowEpochMs: now, nudge, erase, check })
      })
      .then(reply, (error: unknown) => reply({ kind: 'refused', reason: 'worker', retry: String(error) }))
    return true
  })
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === 'resume') return void tellPages()
    if (name.startsWith('ledger')) return void check()
    if (name === 'review') return void opened.then(({ vault, spool }) => endReview(vault, spool, now))
    nudge()
  })
  browser.commands.onCommand.addListener((command) => {
    if (command === 'pause') void togglePause()
  })
  const again = (): void => void place(now()).then(() => tellPages())
  browser.runtime.onInstalled.addListener(again)
  browser.runtime.onStartup.addListener(again)
  browser.permissions.onAdded.addListener(again)
  browser.permissions.onRemoved.addListener(again)
  browser.storage.onChanged.addListener((change, area) => {
    if (area === 'managed' || 'findings' in change || 'stopped' in change) again()
    if (area === 'managed' || 'enrolment' in change || 'findings' in change || 'refusedAtEpochMs' in change) void invite(now())
  })
  watchTabs()
  watchPlaces(now)
  void invite(now())
  void keepChecking()
  nudge()
}

/** An alarm that is set already goes on: set anew at each start of the worker, it would never ring. */
async function keepChecking(): Promise<void> {
  if ((await browser.alarms.get('ledger')) === undefined)
    await browser.alarms.create('ledger', { delayInMinutes: 0.5, periodInMinutes: checkMinutes.every })
  if ((await browser.alarms.get('review')) === undefined)
    await browser.alarms.create('review', { delayInMinutes: 1, periodInMinutes: reviewMinutes })
}

/** One upload at a time; what comes meanwhile is sent by the same. A server that was not there is asked again no earlier than it was said. */
function createNudge(opened: Promise<{ readonly vault: IDBDatabase; readonly spool: Spool }>): () => void {
  const roadTo = createRoads(now)
  const send = async (): Promise<void> => {
    const [{ vault, spool }, allowed, { nextTryEpochMs }] = await Promise.all([opened, leave(now()), recallBrief()])
    if (nextTryEpochMs > now()) return wakeIn(nextTryEpochMs - now())
    // Before anything is sent, and also where nothing may be.
    if ((await eraseAtServer(vault, now())) === 'later') return wakeIn(await backOff(null, now()))
    if (!allowed.ok) return
    const waitMs = await upload(allowed.permit, { vault, spool, enrolment: allowed.enrolment, nowEpochMs: now, roadTo })
    if (waitMs !== null) await wakeIn(waitMs)
  }
  const wakeIn = async (waitMs: number): Promise<void> => {
    // A timer where the worker lives that long, and an alarm where it does not.
    setTimeout(() => nudge(), waitMs)
    await browser.alarms.create('upload', { delayInMinutes: Math.max(0.5, waitMs / 60_000) })
  }
  const nudge = (): void => void navigator.locks.request('upload', { ifAvailable: true }, (lock) => (lock === null ? null : send()))
  return nudge
}

async function togglePause(): Promise<void> {
  const { pausedUntilEpochMs } = await recall()
  await remember({ pausedUntilEpochMs: pausedUntilEpochMs > now() ? 0 : 8.64e15 })
  await tellPages()
}
