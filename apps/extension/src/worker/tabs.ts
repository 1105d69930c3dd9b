import type { Browser } from '../talk/browser.ts'

import { recallBrief, rememberBrief } from './memory.ts'

/** The session of a tab: its own, or that of the tab which opened it. Made when first asked for. */
export function sessionOf(tab: Browser.tabs.Tab): Promise<string> {
  // One at a time: the frames of a tab ask together.
  return navigator.locks.request('sessions', () => find(tab))
}

async function find(tab: Browser.tabs.Tab): Promise<string> {
  const { sessions } = await recallBrief()
  const own = sessions[String(tab.id)]
  if (own !== undefined) return own
  const made = sessions[String(tab.openerTabId)] ?? crypto.randomUUID()
  await rememberBrief({ sessions: { ...sessions, [String(tab.id)]: made } })
  return made
}

/** Which document of which tab sent a message: the browser's word. */
export function frameOf(sender: Browser.runtime.MessageSender): string {
  return `${sender.tab?.id ?? -1}.${sender.frameId ?? -1}.${sender.documentId ?? ''}`
}
