import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from './extension.fixture.ts'

const html = '<title>Orders</title><button>Refund</button><input aria-label=Note>'
const stops = 50
const reloads = 5
let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(html)
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const clicksIn = (batches: Awaited<ReturnType<Outfit['stored']>>): number =>
  batches.flatMap((batch) => decodeColumns(batch).events).filter(({ kind }) => kind === 'click').length

/** Waits until nothing is on its way, and gives what the server has. */
async function settled(): Promise<Awaited<ReturnType<Outfit['stored']>>> {
  await expect
    .poll(
      async () => {
        const { queued, counts } = await standing()
        return queued === 0 && counts['kept'] === counts['sent']
      },
      { timeout: 90_000, interval: 1_000 },
    )
    .toBe(true)
  return outfit.stored()
}

test(`the worker is stopped ${stops} times and the server is away for a while, and every click arrives once`, async () => {
  await outfit.agree()
  const page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  const box = await page.locator('button').boundingBox()
  for (let round = 0; round < stops; round += 1) {
    // By the mouse itself: the page lies behind the extension's own one, where waiting for an element to hold still takes seconds.
    await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 8, { delay: 20 })
    if (round === 20) await outfit.stopServer()
    if (round === 35) await outfit.startServer()
    await page.waitForTimeout(100 + ((round * 97) % 500))
    await outfit.stopWorker()
  }
  await page.waitForTimeout(6_000)
  const { counts } = await standing()
  expect(Object.keys(counts).filter((reason) => /^(dropped|lost)/.test(reason))).toEqual([])
  const batches = await settled()
  expect(clicksIn(batches)).toBe(stops)
  expect(faultsOf(batches)).toEqual([])
})

test(`the extension is reloaded ${reloads} times, and nothing that was acknowledged is lost or there twice`, async () => {
  await outfit.agree()
  const page = await outfit.open()
  for (let round = 0; round < reloads; round += 1) {
    await page.bringToFront()
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('button')
    await page.waitForTimeout(3_000)
    await page.click('button')
    await outfit.reload()
    await page.waitForTimeout(2_500)
    await expect.poll(() => page.locator('overt-indicator').count(), { timeout: 20_000 }).toBe(1)
  }
  await page.waitForTimeout(3_000)
  const { counts } = await standing()
  const batches = await settled()
  expect(batches.length).toBe(counts['kept'])
  expect(clicksIn(batches)).toBeGreaterThanOrEqual(reloads)
  expect(faultsOf(batches)).toEqual([])
})
