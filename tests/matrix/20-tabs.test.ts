import type { Batch, Event } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../../apps/extension/src/talk/message.ts'
import type { Brief } from '../../apps/extension/src/worker/memory.ts'
import { faultsOf, openOutfit, type Outfit } from '../extension.fixture.ts'

const indicator = 'overt-indicator'
let outfit: Outfit

beforeEach(async () => {
  const second = '<title>Second</title><button>Ship</button><a id=away href="/elsewhere">Away</a>'
  outfit = await openOutfit('<title>First</title><button>Refund</button><a id=tab href="/second" target=_blank>Second</a>', {
    pages: { '/second': second, '/elsewhere': '<title>Walnutgrove</title><a id=in href="/second" target=_blank>In</a>' },
  })
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
/** The same server under another name is another origin, that no permit reaches. */
const elsewhere = (): string => outfit.site.replace('127.0.0.1', 'localhost')

async function recorded(page: Page, press: string): Promise<void> {
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.click(`text=${press}`)
}

const aim = (page: Page, link: string, url: string): Promise<void> =>
  page.evaluate(([at, href]) => document.querySelector(at)?.setAttribute('href', href), [link, url] as const)

/** What the worker knows of the tabs of the first session. */
async function graph(): Promise<string> {
  const { graph: known, front } = await (
    await outfit.worker()
  ).evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { storage: { session: { get(): Promise<Brief> } } } }
    return chrome.storage.session.get()
  })
  const all = Object.values(known)
  const words = all
    .filter(({ session }) => session === all[0]?.session)
    .map(({ session, tab, here }) => [tab, ...(here ? ['here'] : []), ...(front[session] === tab ? ['in front'] : [])])
  return words.map(([tab, ...rest]) => `${tab} ${rest.join(' and ')}`.trim()).join(', ')
}

/** What the toolbar says of the tab in front. */
async function badge(): Promise<string> {
  return (await outfit.worker()).evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(of: object): Promise<readonly { id: number }[]> }
        action: { getBadgeText(of: object): Promise<string> }
      }
    }
    const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    return chrome.action.getBadgeText({ tabId: front?.id })
  })
}

/** The worker hears of no recorder's state until the answer is called, which first waits for one that has something to say. */
async function deafen(): Promise<() => Promise<void>> {
  const worker = await outfit.worker()
  await worker.evaluate(() => {
    const hold = globalThis as { hear?: () => void }
    void navigator.locks.request('state', () => new Promise<void>((resolve) => (hold.hear = resolve)))
  })
  return async () => {
    const waiting = (): Promise<boolean> =>
      worker.evaluate(async () => ((await navigator.locks.query()).pending ?? []).some(({ name }) => name === 'state'))
    await expect.poll(waiting).toBe(true)
    await worker.evaluate(() => (globalThis as { hear?: () => void }).hear?.())
  }
}

/** As Ctrl+T does: the browser names an opener although no page opened it. */
async function newTabByHand(): Promise<Page> {
  const page = outfit.context.waitForEvent('page')
  await (
    await outfit.worker()
  ).evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { tabs: { query(of: object): Promise<readonly { id: number }[]>; create(tab: object): Promise<void> } }
    }
    const [before] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    await chrome.tabs.create({ openerTabId: before?.id, url: 'chrome://version' })
  })
  return page
}

type TabEvent = Extract<Event, { kind: 'tab' }>

/** What is told of tabs, session by session, document by document: `enter 1 of 0`. */
function toldOf(batches: readonly Batch[]): readonly (readonly string[])[] {
  const documents = Map.groupBy(batches, ({ producer }) => producer)
  const tabs = [...documents.values()].map((own) =>
    own
      .toSorted((left, right) => left.firstSeq - right.firstSeq)
      .flatMap((batch) => decodeColumns(batch).events.filter((event): event is TabEvent => event.kind === 'tab'))
      .map(({ phase, tab, opener, frame }) => `${phase} ${tab} of ${opener}${frame === 0 ? '' : ` frame ${frame}`}`),
  )
  return tabs.toSorted((left, right) => (left.join() < right.join() ? -1 : 1))
}

test('which tab opened which, where the person went and what they closed is told of recorded tabs, and nothing of any other', async () => {
  await outfit.agree()
  const first = await outfit.open()
  await recorded(first, 'Refund')
  const [second] = await Promise.all([first.waitForEvent('popup'), first.click('#tab')])
  await recorded(second, 'Ship')
  await first.bringToFront()
  await expect.poll(graph, { timeout: 20_000 }).toBe('0 here and in front, 1 here')

  // Three tabs that nobody hears of: one beside, one that a recorded page opens, and a recorded one that went away before it is closed.
  const beside = await outfit.context.newPage()
  await beside.goto(`${elsewhere()}/elsewhere`)
  await first.bringToFront()
  await aim(first, '#tab', `${elsewhere()}/elsewhere`)
  const [opened] = await Promise.all([first.waitForEvent('popup'), first.click('#tab')])
  await opened.waitForLoadState()
  await opened.close()
  await second.bringToFront()
  await expect.poll(badge).toBe('REC')
  await aim(second, '#away', `${elsewhere()}/elsewhere`)
  // What the document says as it ends is heard when the tab is elsewhere.
  const hear = await deafen()
  await second.click('#away')
  await second.waitForURL('**/elsewhere')
  await hear()
  await expect.poll(graph, { timeout: 20_000 }).toBe('0 here, 1 in front')
  expect(await badge()).toBe('')
  await second.close()
  await first.bringToFront()
  await recorded(first, 'Refund')

  // A document that a place elsewhere opened: from outside, in a session of its own.
  await beside.bringToFront()
  await aim(beside, '#in', `${outfit.site}/second`)
  const [inward] = await Promise.all([beside.waitForEvent('popup'), beside.click('#in')])
  await recorded(inward, 'Ship')
  await beside.close()

  await first.bringToFront()
  const byHand = await newTabByHand()
  await byHand.goto(`${outfit.site}/second`)
  await recorded(byHand, 'Ship')
  await byHand.close()
  await first.bringToFront()
  await recorded(first, 'Refund')
  await first.waitForTimeout(1_500)
  await expect.poll(async () => (await standing()).queued, { timeout: 30_000 }).toBe(0)

  const batches = await outfit.stored()
  const sessions = Map.groupBy(batches, ({ session }) => session)
  const told = [...sessions.values()].map((own) => toldOf(own)).toSorted((left, right) => right.length - left.length)
  expect(told).toEqual([
    [
      ['enter 0 of -1', 'switch 0 of -1', 'switch 0 of -1', 'close 2 of -1', 'switch 0 of -1'],
      ['enter 1 of 0', 'switch 1 of 0', 'switch 1 of 0'],
      ['enter 2 of -1', 'switch 2 of -1'],
    ],
    [['enter 0 of -1']],
  ])
  expect(JSON.stringify(batches)).not.toMatch(/localhost|[Ww]alnutgrove/)
  expect(faultsOf(batches)).toEqual([])
})
