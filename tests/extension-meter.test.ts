import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

/** Every act changes what all of it looks like: whoever asks where things lie has the browser lay it out anew. */
const dear = `<title>Orders</title><style>main { display: grid; grid-template-columns: repeat(120, 1fr) } main button { padding: 0; border: 0; font: 2px sans-serif; min-width: 0 }</style>
  <button>Refund</button><main></main><script>
    document.querySelector('main').innerHTML = Array.from({ length: 5000 }, (_, at) => '<button><i>Order</i> <b>' + at + '</b></button>').join('')
    let turn = 0
    const stir = () => { document.querySelector('main').style.paddingLeft = (turn = 1 - turn) + 'px'; for (const one of document.querySelectorAll('main b')) one.textContent = turn + one.textContent.slice(1) }
    for (const type of ['pointerdown', 'pointerup', 'pointerover']) addEventListener(type, stir)
  </script>`
const ordinary = `<title>Orders</title><button>Refund</button><table>${Array.from({ length: 60 }, (_, at) => `<tr><td>Order ${at}<td><button>Ship ${at}</button></tr>`).join('')}</table>`
const indicator = 'overt-indicator'
let outfit: Outfit
afterEach(() => outfit.close())

/** A recorded page, and the browser's number of its tab. */
async function begin(html: string): Promise<{ readonly page: Page; readonly standing: () => Promise<Standing>; readonly tab: number }> {
  outfit = await openOutfit(html)
  await outfit.agree()
  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  const own = await outfit.own()
  const tab = await own.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as {
      chrome: { tabs: { query(of: object): Promise<readonly { id: number; url?: string }[]> } }
    } // as: an extension's page has it
    return (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(origin))?.id ?? -1
  }, outfit.site)
  await page.bringToFront()
  return { page, tab, standing: () => outfit.ask({ kind: 'standing', tab, origin: outfit.site }) }
}

const work = async (page: Page, acts: number): Promise<void> => {
  for (let act = 0; act < acts; act += 1) {
    await page.mouse.move(300 + (act % 2), 400)
    await page.locator('button').first().click()
  }
}

test('a page that makes recording dear is paused by the recorder itself, which says so, writes a gap and counts it; its person may have it go on', async () => {
  const { page, standing, tab } = await begin(dear)
  await expect
    .poll(
      async () => {
        await work(page, 4)
        return (await standing()).reason
      },
      { timeout: 240_000 },
    )
    .toBe('cost')
  const { meter } = await standing()
  // More than 5% of a minute.
  expect((meter?.msPerAct ?? 0) * (meter?.acts ?? 0)).toBeGreaterThan(3_000)
  expect(meter?.pauses).toBe(1)
  const popup = await outfit.context.newPage()
  await popup.goto(`chrome-extension://${outfit.id}/popup.html?tab=${tab}`)
  await expect.poll(() => popup.textContent('#why')).toContain('too much of this page’s time')
  expect(await popup.textContent('#meter')).toMatch(
    /This page waited for the recorder \d+\.\d% of the last minute, .* ms for each thing you did\. .* paused for its cost once/,
  )
  const acts = meter?.acts ?? 0
  await page.bringToFront()
  await work(page, 2)
  expect((await standing()).meter?.acts).toBe(acts)
  const kept = (await standing()).counts['kept'] ?? 0
  await popup.bringToFront()
  await popup.click('#go-on')
  await expect.poll(async () => (await standing()).state, { timeout: 20_000 }).toBe('on')
  await page.bringToFront()
  await work(page, 1)
  await expect.poll(async () => (await standing()).meter?.acts ?? 0, { timeout: 20_000 }).toBeGreaterThan(acts)
  await expect
    .poll(
      async () => {
        const { counts, queued } = await standing()
        return [(counts['kept'] ?? 0) > kept, queued]
      },
      { timeout: 60_000 },
    )
    .toEqual([true, 0])
  const events = (await outfit.stored()).flatMap((batch) => decodeColumns(batch).events)
  const told = events.flatMap((event) => (event.kind === 'gap' || event.kind === 'recorder' ? [`${event.kind} ${event.reason}`] : []))
  expect(told.slice(0, 4)).toEqual(['recorder start', 'gap cost', 'recorder cost', 'recorder cost'])
})

test('an ordinary page never is, and the popup says what recording costs it', async () => {
  const { page, standing, tab } = await begin(ordinary)
  await work(page, 40)
  await expect.poll(async () => (await standing()).meter?.acts ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(40)
  const { state, reason, meter } = await standing()
  expect({ state, reason, pauses: meter?.pauses }).toEqual({ state: 'on', reason: '', pauses: 0 })
  expect(meter?.share01).toBeLessThan(0.05)
  expect(meter?.share01).toBeGreaterThan(0)
  const popup = await outfit.context.newPage()
  await popup.goto(`chrome-extension://${outfit.id}/popup.html?tab=${tab}`)
  await expect
    .poll(() => popup.textContent('#meter'))
    .toMatch(/^This page waited .* How much memory it takes your browser does not tell\.$/)
  expect(await popup.isVisible('#go-on')).toBe(false)
})
