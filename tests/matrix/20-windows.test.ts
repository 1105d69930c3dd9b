import type { Batch, Event } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from '../extension.fixture.ts'

const indicator = 'overt-indicator'
const second = '<title>Second</title><button>Ship</button>'
let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(
    `<title>First</title><button onclick="window.open('/second', 'small', 'popup,width=500,height=400')">Small</button>
      <button onclick="window.open().document.write('<title>Blank</title><button>Written</button>')">Blank</button>
      <a href="/second" download="orders.csv">Fetch</a><button>Refund</button>
      <a id=sign-in>Sign in</a><button id=by-window>Sign in beside</button>`,
    {
      pages: {
        '/second': second,
        '/second?code=walnutgrove': second,
        '/closes': '<title>Closes</title><input aria-label=Note><button onclick="window.close()">Bye</button>',
        '/who': '<title>Who</title><button>It is me</button><a id=back>Go back</a>',
        '/who-small': '<title>Who</title><button onclick="setTimeout(() => window.close(), 2500)">It is me</button>',
      },
      others: ['http://localhost'],
    },
  )
  await outfit.agree()
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const elsewhere = (): string => outfit.site.replace('127.0.0.1', 'localhost')

/** Presses once the recorder is there, and waits until the server has it. */
async function press(page: Page, name: string, words = `click ${name}`): Promise<void> {
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.bringToFront()
  await page.click(`text="${name}"`)
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain(words)
}

async function opened(page: Page, name: string): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), press(page, name)])
  return popup
}

/** What a document tells: of tabs (`enter 1 of 0`), of presses, and where it is. */
function toldOf(batches: readonly Batch[]): readonly string[] {
  const documents = Map.groupBy(batches, ({ producer }) => producer)
  const told = [...documents.values()].map((own) =>
    own
      .toSorted((left, right) => left.firstSeq - right.firstSeq)
      .flatMap((batch) => {
        const { events, observations } = decodeColumns(batch)
        const nodes = new Map(observations.map((seen) => [seen.id, seen.nodes]))
        return events.flatMap((event) => wordsOf(event, nodes.get(event.observation)?.find(({ id }) => id === event.node)?.name ?? ''))
      })
      .join(', '),
  )
  return told.toSorted()
}

function wordsOf(event: Event, name: string): readonly string[] {
  if (event.kind === 'tab' && event.phase !== 'switch') return [`${event.phase} ${event.tab} of ${event.opener}`]
  return event.kind === 'click' ? [name] : []
}

async function sent(sessions = 1): Promise<readonly Batch[]> {
  await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
  const batches = await outfit.stored()
  expect(faultsOf(batches)).toEqual([])
  expect(new Set(batches.map(({ session }) => session)).size).toBe(sessions)
  return batches
}

test('a window that a script opens, and a blank one that it writes into, are tabs of the same session with their opener; a download is none', async () => {
  const first = await outfit.open()
  const small = await opened(first, 'Small')
  await press(small, 'Ship')
  await small.close()
  const blank = await opened(first, 'Blank')
  await press(blank, 'Written')
  await first.bringToFront()
  const [download] = await Promise.all([first.waitForEvent('download'), press(first, 'Fetch')])
  await download.cancel()
  await press(first, 'Refund')
  const told = toldOf(await sent())
  expect(told).toEqual(['enter 0 of -1, Small, close 1 of 0, Blank, Fetch, Refund', 'enter 1 of 0, Ship', 'enter 2 of 0, Written'])
})

test('a sign-in on another agreed site and back is one session in one tab, and one in a window of its own is a tab that closes', async () => {
  const first = await outfit.open()
  const aim = (page: Page, link: string, url: string): Promise<void> =>
    page.evaluate(([at, href]) => document.querySelector(at)?.setAttribute('href', href), [link, url] as const)
  await aim(first, '#sign-in', `${elsewhere()}/who`)
  await press(first, 'Sign in')
  await first.waitForURL('**/who')
  await press(first, 'It is me')
  await aim(first, '#back', `${outfit.site}/second?code=walnutgrove`)
  await press(first, 'Go back')
  await first.waitForURL('**/second?code=*')
  await press(first, 'Ship')
  await first.goto(outfit.site)
  await first.evaluate((url) => {
    document.querySelector<HTMLElement>('#by-window')!.onclick = () => void open(url, '', 'popup,width=400,height=300')
  }, `${elsewhere()}/who-small`)
  const beside = await opened(first, 'Sign in beside')
  await beside.locator(indicator).waitFor({ state: 'attached' })
  const gone = beside.waitForEvent('close')
  await beside.click('text=It is me')
  await gone
  await press(first, 'Refund')
  const batches = await sent()
  expect(toldOf(batches)).toEqual([
    'enter 0 of -1, It is me, Go back',
    'enter 0 of -1, Ship',
    'enter 0 of -1, Sign in',
    'enter 0 of -1, Sign in beside, close 1 of 0, Refund',
    'enter 1 of 0, It is me',
  ])
  expect(JSON.stringify(batches)).not.toContain('walnutgrove')
})

test.each([
  ['popup,width=500,height=400', 1],
  // The browser names no opener, and the session is its own.
  ['noopener', 2],
] as const)('a press that closes its own window, opened as %s, is told before the window is gone', async (features, sessions) => {
  const first = await outfit.open()
  await press(first, 'Refund')
  const [closing] = await Promise.all([first.waitForEvent('popup'), first.evaluate((how) => void open('/closes', '_blank', how), features)])
  await closing.locator(indicator).waitFor({ state: 'attached' })
  await closing.fill('input', 'all is well')
  const gone = closing.waitForEvent('close')
  await closing.click('text=Bye')
  await gone
  await press(first, 'Refund')
  const told = toldOf(await sent(sessions))
  expect(told.filter((words) => words.includes('Bye'))).toEqual([expect.stringMatching(/^enter \d of .+, Bye$/)])
})
