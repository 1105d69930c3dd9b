import type { Geometry } from '@overt/capture'
import { isPermit, type Permit } from '@overt/privacy'
import type { PictureGap } from '@overt/schema/words'

import { type Browser, browser } from '../talk/browser.ts'
import { everywhere } from '../talk/everywhere.ts'
import type { Change, Shot } from '../talk/message.ts'
import { develop } from './develop.ts'

/** Between two pictures; the browser counts too, and allows two a second. */
const apartMs = 505

/** Takes a picture of the document that asks, if it is what can be seen, and masks it before it is anything. */
export type Camera = (permit: Permit, sender: Browser.runtime.MessageSender, before: Geometry) => Promise<Shot>

/** Makes the one camera of this worker. */
export function createCamera(nowMs: () => number): Camera {
  let lastMs = -Infinity
  let switches = 0
  browser.tabs.onActivated.addListener(() => void (switches += 1))
  return async (permit, sender, before) => {
    const none = (reason: PictureGap): Shot => ({ kind: 'none', reason })
    const refusal = await refusalOf(permit, sender)
    if (refusal !== null) return none(refusal)
    const { tab } = sender
    if (nowMs() - lastMs < apartMs) return none('rate')
    lastMs = nowMs()
    const earlier = switches
    const pixels = await browser.tabs.captureVisibleTab(tab?.windowId ?? -1, { format: 'png' }).catch(() => null)
    if (pixels === null) return none('failed')
    const after = await measureAgain(sender)
    if (typeof after === 'string') return none(after)
    // Between the first look and here another tab may have come and gone.
    if (switches !== earlier || (await refusalOf(permit, sender)) !== null) return none('hidden')
    if (!isSame(before, after)) return none('moved')
    const picture = await develop(pixels, before, [...before.areas, ...before.own, ...after.own])
    return typeof picture === 'string' ? none(picture) : { kind: 'picture', picture }
  }
}

/** Why there can be no picture of this document now; null where there can. */
async function refusalOf(permit: Permit, { tab, frameId, url = '' }: Browser.runtime.MessageSender): Promise<PictureGap | null> {
  if (!isPermit(permit) || permit.signal.aborted || tab?.id === undefined || tab.incognito) return 'place'
  if (frameId !== 0) return 'frame'
  if (!(await browser.permissions.contains({ origins: [everywhere] }))) return 'no-permission'
  const now = await browser.tabs.get(tab.id)
  if (!now.active || now.windowId !== tab.windowId) return 'hidden'
  return [url, now.url ?? ''].every((address) => permit.allows({ url: address }, 'pixels')) ? null : 'place'
}

async function measureAgain({ tab, documentId }: Browser.runtime.MessageSender): Promise<Geometry | PictureGap> {
  const change: Change = { kind: 'gauge' }
  // To the very document that asked: another one that came in its place doesn't hear it.
  const to = documentId === undefined ? { frameId: 0 } : { documentId }
  const answer = await browser.tabs.sendMessage<Change, Geometry | PictureGap | null>(tab?.id ?? -1, change, to).catch(() => null)
  return answer ?? 'moved'
}

/** Whether nothing moved between two measurings. */
function isSame(one: Geometry, other: Geometry): boolean {
  const told = ({ changes, widthCssPx, heightCssPx, areas }: Geometry): string => JSON.stringify([changes, widthCssPx, heightCssPx, areas])
  return told(one) === told(other)
}
