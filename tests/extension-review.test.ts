import { decodeColumns } from '@overt/schema/words'
import type { Batch } from '@overt/schema'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Held, Standing } from '../apps/extension/src/talk/message.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

const pages = {
  '/refunds': '<title>Refunds</title><button>Refund ada@example.com</button><input aria-label=Note>',
  '/parcels': '<title>Parcels</title><button>Ship</button>',
  '/returns': '<title>Returns</title><button>Take back</button>',
}
interface Chrome {
  readonly runtime: { sendMessage: (message: { readonly kind: string }) => Promise<unknown> }
  readonly storage: { readonly local: { set(of: object): Promise<void>; remove(key: string): Promise<void> } }
}
const patience = { timeout: 40_000, interval: 500 }
let outfit: Outfit
let asked: string[]

beforeEach(async () => {
  outfit = await openOutfit('<title>Start</title>', { pages })
  asked = []
  outfit.front.answer = (path) => {
    asked.push(path)
    return null
  }
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const heldActs = async (): Promise<readonly string[]> => (await outfit.ask<readonly Held[]>({ kind: 'held' })).flatMap(({ acts }) => acts)
const uploads = (): number => asked.filter((path) => path.startsWith('/v1/batches')).length
const switchTo = async (on: boolean): Promise<void> => {
  const popup = await outfit.own()
  await popup.bringToFront()
  await popup.setChecked('#review', on)
  await expect.poll(async () => (await standing()).review.on, patience).toBe(on)
}

async function work(path: string, button: string, open: (path: string) => Promise<Page> = outfit.open): Promise<Page> {
  const page = await open(path)
  await page.bringToFront()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await page.click(`text=${button}`)
  return page
}

/** In a tab that none has opened, and so in a session of its own. */
async function openApart(path: string): Promise<Page> {
  const worker = await outfit.worker()
  const create = (url: string): Promise<unknown> => {
    const { chrome } = globalThis as unknown as { chrome: { tabs: { create(of: object): Promise<unknown> } } }
    return chrome.tabs.create({ url })
  }
  const [page] = await Promise.all([outfit.context.waitForEvent('page'), worker.evaluate(create, outfit.site + path)])
  return page
}

function clicksIn(batches: readonly Batch[]): readonly string[] {
  return batches.flatMap((batch) => decodeColumns(batch).events.flatMap(({ kind }) => (kind === 'click' ? [batch.path] : [])))
}

test('what a person wants to look through waits here, in plain words and as it would leave, and only what they release is ever sent', async () => {
  await outfit.agree()
  expect((await standing()).review).toMatchObject({ on: false, acts: 0 })
  await switchTo(true)
  await work('/refunds', 'Refund')
  await work('/parcels', 'Ship')
  await work('/returns', 'Take back', openApart)
  await expect.poll(heldActs, patience).toEqual(expect.arrayContaining(['click Refund [EMAIL_1]', 'click Ship', 'click Take back']))
  await outfit.ring('upload')
  await outfit.ring('ledger')
  await expect.poll(async () => (await standing()).checkedAtEpochMs, patience).toBeGreaterThan(0)
  expect((await standing()).findings).toEqual([])
  expect(uploads()).toBe(0)

  const popup = await outfit.own()
  await popup.bringToFront()
  await expect.poll(() => popup.textContent('#held'), patience).toMatch(/^\d+ actions wait here for you, since .*deleted after 14 days/)
  const [review] = await Promise.all([outfit.context.waitForEvent('page'), popup.click('#look')])
  const first = review.locator('#sessions > section', { hasText: '/refunds' })
  const second = review.locator('#sessions > section', { hasText: '/returns' })
  await expect.poll(() => first.locator('> ol').textContent(), patience).toContain('click Refund [EMAIL_1]')
  expect(await review.textContent('body')).not.toContain('ada@example.com')
  await first.getByText('Decide page by page').click()
  await second.getByText('Delete these').click()
  await expect.poll(() => second.count(), patience).toBe(0)
  await first.getByText('Decide page by page').click()
  await first.locator('section', { hasText: '/parcels' }).getByText('Delete these').click()
  await expect.poll(() => first.locator('section').count(), patience).toBe(0)
  await first.getByText('Send these').click()
  await expect.poll(async () => (await standing()).counts['sent'] ?? 0, patience).toBeGreaterThan(0)
  await expect.poll(async () => (await standing()).queued, patience).toBe(0)
  const { counts } = await standing()
  expect(counts['review.deleted']).toBeGreaterThan(0)
  expect(counts['sent']).toBe(counts['review.released'])
  const batches = await outfit.stored()
  expect(clicksIn(batches)).toEqual(['/refunds'])
  expect(new Set(batches.map(({ path }) => path))).toEqual(new Set(['/refunds']))
})

test('switched off, what is held stays until it is decided and what comes is sent; what a person forgets and takes back is gone from it', async () => {
  await outfit.agree()
  await switchTo(true)
  const page = await work('/refunds', 'Refund')
  await expect.poll(heldActs, patience).toContain('click Refund [EMAIL_1]')
  await switchTo(false)
  await page.close()
  await work('/parcels', 'Ship')
  await expect.poll(async () => (await standing()).recent.join(), patience).toContain('click Ship')
  expect((await standing()).recent.join()).not.toContain('Refund')
  expect(await heldActs()).toContain('click Refund [EMAIL_1]')
  await outfit.ask({ kind: 'forget', lastMs: 300_000 })
  expect(await heldActs()).toEqual([])

  await switchTo(true)
  await work('/refunds', 'Refund')
  await expect.poll(heldActs, patience).toContain('click Refund [EMAIL_1]')
  await outfit.ask({ kind: 'withdraw' })
  expect((await standing()).review).toMatchObject({ ns: [], acts: 0 })
  expect(clicksIn(await outfit.stored())).not.toContain('/refunds')
})

test('a switch stays as it was pressed, though how it stood before is told only after', async () => {
  await outfit.agree()
  const popup = await outfit.own()
  await popup.bringToFront()
  await expect.poll(() => popup.isEnabled('#review'), patience).toBe(true)
  const seen = await popup.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: Chrome }
    const late = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
    const send = chrome.runtime.sendMessage.bind(chrome.runtime)
    chrome.runtime.sendMessage = async (message) => {
      const answer = await send(message)
      if (message.kind === 'standing') await late(700)
      return answer
    }
    const box = document.querySelector<HTMLInputElement>('#review')
    if (box === null) throw new Error('no switch')
    await chrome.storage.local.set({ 'asks-for-a-look': 1 })
    await late(300)
    box.click()
    const stood: boolean[] = []
    for (let at = 0; at < 40; at += 1) {
      stood.push(box.checked)
      await late(50)
    }
    await chrome.storage.local.remove('asks-for-a-look')
    return stood
  })
  expect(new Set(seen)).toEqual(new Set([true]))
  expect((await standing()).review.on).toBe(true)
})
