import type { TabFact } from '@overt/capture'
import { type Browser, browser } from '../talk/browser.ts'

import type { Change } from '../talk/message.ts'
import { type Known, recallBrief, rememberBrief } from './memory.ts'
import { sessionOf } from './tabs.ts'

/** Which tab opened which, for those alone in which something may be recorded: of any other tab nothing is kept and nothing is told, not even that there is one. */
export function watchTabs(): void {
  browser.tabs.onActivated.addListener(({ tabId }) => void came(tabId))
  browser.tabs.onRemoved.addListener((tabId) => void gone(tabId))
  browser.windows.onFocusChanged.addListener((windowId) => {
    if (windowId !== browser.windows.WINDOW_ID_NONE)
      void browser.tabs.query({ active: true, windowId }).then(([tab]) => came(tab?.id ?? -1))
  })
}

/** A document begins that may be recorded. `byPage`: not where the person went by themselves, although the browser names an opener for their new tabs too. */
export async function enter(tab: Browser.tabs.Tab, frameId: number, byPage: boolean): Promise<TabFact> {
  const session = await sessionOf(tab)
  return inTurn(async (graph) => {
    const opener = graph[String(tab.openerTabId)]
    const fresh = (): Known => ({
      session,
      tab: 1 + Math.max(-1, ...Object.values(graph).map((known) => (known.session === session ? known.tab : -1))),
      opener: byPage && opener?.session === session ? opener.tab : -1,
      frames: [0],
      here: false,
    })
    const known = graph[String(tab.id)] ?? fresh()
    const frames = known.frames.includes(frameId) ? known.frames : [...known.frames, frameId]
    await rememberBrief({ graph: { ...graph, [String(tab.id)]: { ...known, frames } } })
    return { phase: 'enter', tab: known.tab, opener: known.opener, frame: frames.indexOf(frameId) }
  })
}

/** Whether a tab's own document is being recorded. */
export async function isRecorded({ id = -1 }: Browser.tabs.Tab): Promise<boolean> {
  return (await recallBrief()).graph[String(id)]?.here === true
}

/** A tab's own document is recorded now, or no longer. */
export async function noteRecording({ id = -1, active, windowId }: Browser.tabs.Tab, here: boolean): Promise<void> {
  const changed = await inTurn((graph) => put(graph, id, here))
  if (changed && here && active && (await browser.windows.getLastFocused()).id === windowId) await came(id)
}

async function put(graph: Graph, tabId: number, here: boolean): Promise<boolean> {
  const known = graph[String(tabId)]
  if (known === undefined || known.here === here) return false
  await rememberBrief({ graph: { ...graph, [String(tabId)]: { ...known, here } } })
  return true
}

/** The person has a tab before them; what they saw in between is not told. */
async function came(tabId: number): Promise<void> {
  const told = await inTurn(async (graph) => {
    const known = graph[String(tabId)]
    const { front } = await recallBrief()
    if (known?.here !== true || front[known.session] === known.tab) return null
    await rememberBrief({ front: { ...front, [known.session]: known.tab } })
    return front[known.session] === undefined ? null : known
  })
  if (told !== null) await tell(tabId, { phase: 'switch', tab: told.tab, opener: told.opener, frame: 0 })
}

/** Only what was being recorded is told to be gone, in a tab that stays. */
async function gone(tabId: number): Promise<void> {
  const [known, witness] = await inTurn(async (graph) => {
    const last = graph[String(tabId)]
    // It stays in the graph: its number is no other tab's.
    if (!(await put(graph, tabId, false))) return [undefined, undefined] as const
    const others = Object.entries(graph).filter(([id, { session, here }]) => here && session === last?.session && id !== String(tabId))
    return [last, others[0]] as const
  })
  if (known === undefined || witness === undefined) return
  await tell(Number(witness[0]), { phase: 'close', tab: known.tab, opener: known.opener, frame: 0 })
}

async function tell(tabId: number, fact: TabFact): Promise<void> {
  const change: Change = { kind: 'tab', fact }
  // A recorder that has ended meanwhile tells nothing any more.
  await browser.tabs.sendMessage(tabId, change, { frameId: 0 }).catch(() => null)
}

type Graph = Readonly<Record<string, Known>>

/** One change at a time: what is read is still so when it is written. */
function inTurn<T>(act: (graph: Graph) => Promise<T>): Promise<T> {
  return navigator.locks.request('graph', async () => act((await recallBrief()).graph))
}
