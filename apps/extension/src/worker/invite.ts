import { browser } from '../talk/browser.ts'

import { isBroken } from '../ledger/told.ts'
import { type Kept, managed, recall } from './memory.ts'

/** Who said no, or took their yes back, is not asked again for so long. */
export const restMs = 90 * 86_400_000

/** Whether a person may be asked unbidden: they have not answered, or it is long ago that they said no. */
export function isDue({ enrolment, refusedAtEpochMs }: Pick<Kept, 'enrolment' | 'refusedAtEpochMs'>, nowEpochMs: number): boolean {
  return enrolment === null && nowEpochMs >= refusedAtEpochMs + (refusedAtEpochMs === 0 ? 0 : restMs)
}

/** A question mark on the toolbar where an organisation asks and the person has not answered, an exclamation mark where the server is not to be trusted; no page opens by itself, and nothing is recorded meanwhile. */
export async function invite(nowEpochMs: number): Promise<void> {
  const [policy, kept] = await Promise.all([managed(), recall()])
  if (kept.enrolment !== null && isBroken(kept.findings)) return warn()
  const asks = policy instanceof Object && isDue(kept, nowEpochMs)
  await browser.action.setBadgeText({ text: asks ? '?' : '' })
  await browser.action.setTitle({ title: asks ? 'Overt: your organisation asks whether it may record. Nothing is recorded.' : 'Overt' })
}

async function warn(): Promise<void> {
  await browser.action.setBadgeText({ text: '!' })
  await browser.action.setTitle({
    title: 'Overt: what your server shows is not what this machine knows. Nothing is recorded; the popup says more.',
  })
}
