import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { build } from '../apps/extension/build.ts'
import type { Standing } from '../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from './extension.fixture.ts'

const html = '<title>Orders</title><h1>Orders</h1><button>Refund</button><button>Ship</button><input aria-label=Note>'
let outfit: Outfit

beforeEach(async () => {
  await build()
  outfit = await openOutfit(html)
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const indicator = 'overt-indicator'

test('nothing runs in a page and nothing is kept before someone has agreed, and nothing after "Not now"', async () => {
  const before = await outfit.open()
  await before.click('text=Refund')
  const card = await outfit.agree('not-now')
  await expect.poll(() => card.textContent('#answer')).toContain('nothing is recorded')
  const page = await outfit.open()
  await page.click('text=Refund')
  await page.waitForTimeout(3_000)
  expect(await page.locator(indicator).count()).toBe(0)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'consent', queued: 0, counts: {} })
})

test('what a person does after agreeing arrives at the server, under the name of what they did it to', async () => {
  await outfit.agree()
  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.click('text=Refund')
  await page.fill('input', '')
  await page.click('input')
  await page.keyboard.type('please')
  await page.click('text=Ship')
  await expect.poll(async () => (await standing()).counts['sent'] ?? 0, { timeout: 20_000 }).toBeGreaterThan(0)
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBe(0)
  expect((await standing()).recent.join()).toContain('Ship')
  const batches = await outfit.stored()
  const kinds = batches.flatMap((batch) => decodeColumns(batch).events.map(({ kind }) => kind))
  expect(kinds).toEqual(expect.arrayContaining(['recorder', 'click', 'text']))
  expect(faultsOf(batches)).toEqual([])
})
