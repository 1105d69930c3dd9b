import type { Modality } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'

import type { Reading } from '../page/meter.ts'
import { browser } from '../talk/browser.ts'
import type { Change, Message, Standing } from '../talk/message.ts'
import type { Answering } from './answering.ts'
import { leave, type Leave } from './leave.ts'
import { recall, recallBrief } from './memory.ts'
import { dayOf } from './spool.ts'

/** What the popup shows of a tab, and of all that waits. */
export async function standing(
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

/** What recording costs the document of a tab; null where nothing records there, or there is no such tab. */
async function meterOf(tab: number): Promise<Reading | null> {
  if (tab < 0) return null
  const change: Change = { kind: 'meter' }
  const reading = await browser.tabs.sendMessage<Change, Reading | null>(tab, change, { frameId: 0 }).catch(() => null)
  return reading ?? null
}
