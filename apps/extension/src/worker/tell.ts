import { type Browser, browser } from '../talk/browser.ts'
import type { Change } from '../talk/message.ts'

/** To the recorders of all frames of a tab; the one that has an answer gives it, null where none does. */
export async function tellTab({ id = -1 }: Pick<Browser.tabs.Tab, 'id'>, change: Change): Promise<unknown> {
  return (await browser.tabs.sendMessage(id, change).catch(() => null)) ?? null
}

/** Every recorder asks again whether it may (`change`), or lets go of what it holds (`empty`). */
export async function tellPages(kind: 'change' | 'empty' = 'change'): Promise<void> {
  const change: Change = { kind }
  const tabs = await browser.tabs.query({})
  // Most tabs have no recorder, and say so.
  await Promise.allSettled(tabs.map((tab) => browser.tabs.sendMessage(tab.id ?? -1, change)))
}
