import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'
import { cli } from './server.fixture.ts'

const indicator = 'overt-indicator'
let outfit: Outfit
let page: Page

beforeEach(async () => {
  outfit = await openOutfit('<title>Orders</title><button>Refund</button><button>Ship</button>')
  await outfit.agree()
  page = await outfit.open()
})
afterEach(() => outfit.close())

/** A recorded page that nobody does anything on. */
async function idle(): Promise<void> {
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.click('text=Refund')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain('click Refund')
  await page.bringToFront()
  await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
}

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const overt = (...args: readonly string[]): Promise<unknown> =>
  promisify(execFile)(process.execPath, [cli, ...args, '--json', '--data', outfit.data])

test('the kill switch stops a page that nobody works on, by itself, and it goes on once two keys have lifted that', async () => {
  await idle()
  const councilKey = join(outfit.data, '../council.json')
  await overt('kill', '--why', 'a test', '--council-key', councilKey)
  // Nothing else tells the page: it has nothing to send, and the next alarm is minutes away.
  await expect.poll(() => page.locator(indicator).count(), { timeout: 15_000, interval: 100 }).toBe(0)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'killed' })
  await page.click('text=Ship')
  await overt('kill', '--lift')
  await overt('kill', '--lift', '--key', councilKey)
  await outfit.ring('ledger')
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.bringToFront()
  await page.click('text=Refund')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toBe('click Refund,click Refund')
})

test('a withdrawal elsewhere stops such a page too, and that is for good', async () => {
  await idle()
  const [receipt] = await outfit.receiptsOf('ada')
  await overt('receipt', 'withdraw', '--person', 'ada', '--receipt', receipt?.id ?? '')
  await expect.poll(() => page.locator(indicator).count(), { timeout: 15_000, interval: 100 }).toBe(0)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'http.403' })
  await outfit.ring('ledger')
  await page.waitForTimeout(3_000)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'http.403' })
})
