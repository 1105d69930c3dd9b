import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from './extension.fixture.ts'

let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit('<title>Orders</title><button>Refund</button>', { byPolicy: true })
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const indicator = 'overt-indicator'

test('an organisation puts the signed package into its browsers, which records nobody; who agrees is recorded, by the server that the policy names', async () => {
  const installType = await (
    await outfit.own()
  ).evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: { management: { getSelf(): Promise<{ installType: string }> } } }
    return (await chrome.management.getSelf()).installType
  })
  expect(installType).toBe('admin')
  const before = await outfit.open()
  await before.click('text=Refund')
  await before.waitForTimeout(4_000)
  expect(await before.locator(indicator).count()).toBe(0)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'consent', queued: 0, counts: {} })

  await outfit.agree()
  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.click('text=Refund')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 20_000 }).toContain('click Refund')
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBe(0)
  const batches = await outfit.stored()
  expect(batches.flatMap((batch) => decodeColumns(batch).events).filter(({ kind }) => kind === 'click')).toHaveLength(1)
  expect(faultsOf(batches)).toEqual([])
})
