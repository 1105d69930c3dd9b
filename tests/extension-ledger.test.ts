import { createHash, randomUUID } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { enrolDevice, openStore, permitsFor, type Store } from '@overt/data'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import type { Kept } from '../apps/extension/src/worker/memory.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

const indicator = 'overt-indicator'
let outfit: Outfit
let page: Page

beforeEach(async () => {
  outfit = await openOutfit(`<title>Orders of Gus Walnutgrove</title><h1>Orders</h1><button>Refund</button><button>Ship</button>
    <p>Card 4111 1111 1111 1111, gus@walnutgrove.example</p><input aria-label="Note for gus@walnutgrove.example"><input type=password>`)
  await outfit.agree()
  page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

/** Has the browser ring the alarm that rings every five minutes, and waits for what comes of it. */
async function check(settled: (now: Standing) => boolean = () => true): Promise<Standing> {
  const { checkedAtEpochMs } = await standing()
  await outfit.ring('ledger')
  await expect
    .poll(async () => ((now) => now.checkedAtEpochMs > checkedAtEpochMs && settled(now))(await standing()), {
      timeout: 60_000,
      interval: 500,
    })
    .toBe(true)
  return standing()
}

async function work(name: string): Promise<void> {
  await page.bringToFront()
  await page.click(`text=${name}`)
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain(`click ${name}`)
  await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
}

const kinds = ({ findings }: Standing): readonly string[] => [...new Set(findings.map(({ kind }) => kind))].toSorted()

/** What the operator does with the folder while the server is down. */
async function atTheFolder(act: (store: Store) => Promise<unknown>): Promise<void> {
  await outfit.stopServer()
  const store = await openStore(outfit.data)
  await act(store)
  await store.close()
  await outfit.startServer()
}

async function kept(): Promise<Kept> {
  return (await outfit.own()).evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { storage: { local: { get(): Promise<Kept> } } } }
    return chrome.storage.local.get()
  })
}

/** What is counted, once nothing more is counted for as long as a batch waits. */
async function steadyCounts(): Promise<Standing['counts']> {
  for (;;) {
    const { counts } = await standing()
    await page.waitForTimeout(2_500)
    if (JSON.stringify((await standing()).counts) === JSON.stringify(counts)) return counts
  }
}

/** The toolbar, the popup and the page all say that it has ended, and nothing is sent any more. */
async function stopped(code: string): Promise<void> {
  await expect.poll(() => page.locator(indicator).count(), { timeout: 20_000 }).toBe(0)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'trust' })
  const popup = await outfit.own()
  await popup.reload()
  await expect.poll(() => popup.textContent('#found'), { timeout: 20_000 }).toContain(code)
  expect(await popup.textContent('#why')).toContain('Nothing is recorded or sent')
  const text = await popup.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { action: { getBadgeText(of: object): Promise<string> } } }
    return chrome.action.getBadgeText({})
  })
  expect(text).toBe('!')
  // A batch that was on its way when it ended may still be answered.
  const counts = await steadyCounts()
  await page.bringToFront()
  await page.reload()
  await page.click('text=Refund')
  await page.waitForTimeout(2_500)
  expect(await page.locator(indicator).count()).toBe(0)
  expect((await standing()).counts).toEqual(counts)
}

test('an honest server is accused of nothing: work with secrets, a forgotten span, a worker that was stopped, a server that was away and started anew', async () => {
  expect(kinds(await check())).toEqual([])
  await work('Refund')
  await page.fill('input[type=password]', 'Tr0ub4dor&3')
  await page.click('input >> nth=0')
  await page.keyboard.type('card 4111 1111 1111 1111 of gus@walnutgrove.example')
  await work('Ship')
  expect(kinds(await check())).toEqual([])
  expect(await outfit.ask({ kind: 'forget', lastMs: 300_000 })).toMatchObject({ server: 'erased' })
  expect(kinds(await check())).toEqual([])
  await outfit.stopWorker()
  await outfit.stopServer()
  await page.bringToFront()
  await page.click('text=Refund')
  // Offline: it is no finding that nobody shows a ledger.
  await outfit.ring('ledger')
  await expect.poll(async () => (await kept()).unseenSinceEpochMs, { timeout: 30_000 }).toBeGreaterThan(0)
  await outfit.startServer()
  await work('Ship')
  const { state, findings } = await check()
  expect([state, findings]).toEqual(['on', []])
  expect(await page.locator(indicator).count()).toBe(1)
})

test('a server that shows another history than before is found to, and nothing is recorded until the person agrees anew', async () => {
  await work('Refund')
  await outfit.stopServer()
  const earlier = join(outfit.data, '../earlier')
  cpSync(outfit.data, earlier, { recursive: true, filter: (path) => !path.endsWith('.sock') })
  await outfit.startServer()
  await work('Ship')
  expect(kinds(await check())).toEqual([])
  await outfit.stopServer()
  rmSync(outfit.data, { recursive: true })
  cpSync(earlier, outfit.data, { recursive: true })
  await atTheFolder(async ({ ledger }) => {
    for (let n = 0; n < 20; n += 1) await ledger.append('key', { keyId: `other-${n}`, by: 'operator' })
  })
  expect(kinds(await check())).toEqual(['forked'])
  await stopped('OVT-1814')

  // The person looks at it, and decides to go on with what is there now.
  await outfit.agree()
  await page.bringToFront()
  await page.reload()
  await page.locator(indicator).waitFor({ state: 'attached' })
  await work('Refund')
  const { state, findings } = await check()
  expect([state, findings]).toEqual(['on', []])
})

test('a recording that this machine never sent is found at the server, and stops everything', async () => {
  await work('Refund')
  expect(kinds(await check())).toEqual([])
  const { enrolment } = await kept()
  await atTheFolder(async (store) => {
    const body = JSON.stringify({ made: 'up' })
    for await (const permit of permitsFor(store, 'ground', { persons: ['ada'] }))
      await store.append(permit, Buffer.from(body), {
        kind: 'batch',
        id: randomUUID(),
        contentSha256: createHash('sha256').update(body).digest('hex'),
        form: 'overt.batch/1',
        person: 'ada',
        session: 'session-1',
        device: enrolment?.deviceId ?? '',
        mode: 'ambient',
        origin: outfit.site,
        receipt: enrolment?.receipt.id ?? '',
        atEpochMs: Date.now(),
        events: 1,
        observations: 0,
        tasks: 0,
      })
  })
  expect(kinds(await check())).toEqual(['not-sent'])
  await stopped('OVT-1818')
})

test('a server that takes recordings and shows the ledger of before is found to withhold it', async () => {
  expect(kinds(await check())).toEqual([])
  const note = await (await fetch(`${outfit.url}/checkpoint`)).text()
  outfit.front.answer = (path) => (path === '/checkpoint' ? note : null)
  await work('Refund')
  // As long as an honest server may take to enter what it took.
  await (await outfit.own()).evaluate(olderBy, 180_000)
  expect(kinds(await check())).toEqual(['withheld'])
  await stopped('OVT-1811')
})

test('a server that takes recordings and shows no ledger at all is told of, and recording goes on; it is over when it shows it again', async () => {
  expect(kinds(await check())).toEqual([])
  outfit.front.answer = (path) => (path === '/v1/ledger' ? 'gone' : null)
  await outfit.ring('ledger')
  await expect.poll(async () => (await kept()).unseenSinceEpochMs, { timeout: 30_000 }).toBeGreaterThan(0)
  await work('Refund')
  await (await outfit.own()).evaluate(longerUnseen, 180_000)
  const found = await check(({ findings }) => findings.length > 0)
  expect([kinds(found), found.state]).toEqual([['withheld'], 'on'])
  outfit.front.answer = null
  expect(kinds(await check())).toEqual([])
})

test('what a person does on another machine of theirs is asked about, and is no finding once they say so; their yes covers nothing else', async () => {
  await work('Refund')
  expect(kinds(await check())).toEqual([])
  const { enrolment } = await kept()
  await atTheFolder(async (store) => {
    if (enrolment === null) return
    const { manifest, receipt } = enrolment
    await enrolDevice(store, { person: 'ada', manifest, purposes: receipt.purposes, endpoint: outfit.url })
  })
  expect(kinds(await check())).toEqual(['foreign-device', 'forged-receipt'])
  await stopped('OVT-1817')
  const popup = await outfit.own()
  await popup.bringToFront()
  await popup.click('text=That was me, on another machine')
  await expect.poll(async () => (await standing()).state, { timeout: 30_000 }).toBe('on')
  expect(kinds(await check())).toEqual([])
  await page.bringToFront()
  await page.locator(indicator).waitFor({ state: 'attached' })
  await work('Ship')
})

test('a manifest that was widened without a new version is found, also while nobody works', async () => {
  expect(kinds(await check())).toEqual([])
  const { enrolment } = await kept()
  const wider = { ...enrolment?.manifest, purposes: ['ground', 'share'], scope: 'organisation' }
  outfit.front.answer = (path) => (path === '/v1/consent' ? JSON.stringify({ manifest: wider, keys: [] }) : null)
  expect(kinds(await check())).toEqual(['other-manifest'])
  await stopped('OVT-1826')
})

/** Has it seem that all was sent and acknowledged so long ago. Runs in the extension's page. */
async function olderBy(ms: number): Promise<void> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done) => request.addEventListener('success', () => done(request.result)))
  const vault = await answer(indexedDB.open('overt'))
  const store = vault.transaction('sent', 'readwrite').objectStore('sent')
  for (const row of await answer<{ ackedAtEpochMs: number | null }[]>(store.getAll()))
    if (row.ackedAtEpochMs !== null) await answer(store.put({ ...row, ackedAtEpochMs: row.ackedAtEpochMs - ms }))
  vault.close()
}

/** Has it seem that the ledger was seen so long ago, and not shown since. Runs in the extension's page. */
async function longerUnseen(ms: number): Promise<void> {
  const { chrome } = globalThis as unknown as {
    chrome: { storage: { local: { get(): Promise<{ unseenSinceEpochMs: number }>; set(kept: object): Promise<void> } } }
  }
  const { unseenSinceEpochMs } = await chrome.storage.local.get()
  await chrome.storage.local.set({ unseenSinceEpochMs: unseenSinceEpochMs - ms })
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done) => request.addEventListener('success', () => done(request.result)))
  const vault = await answer(indexedDB.open('overt'))
  const diary = vault.transaction('diary', 'readwrite').objectStore('diary')
  const [key] = await answer(diary.getAllKeys())
  const kept = await answer<{ memory: { seenAtEpochMs: number } }>(diary.get(key ?? ''))
  await answer(diary.put({ ...kept, memory: { ...kept.memory, seenAtEpochMs: kept.memory.seenAtEpochMs - ms } }, key))
  vault.close()
}
