import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

import { upkeep, withdrawReceipt } from '@overt/data'
import type { decide, Permit } from '@overt/privacy'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { executablePath, flags } from './browser.fixture.ts'
import { enrolFor, openTrial, type Trial } from './fixture.ts'

const bundle = new URL('../../../packages/capture/dist/', import.meta.url)
const html = `<!doctype html><button>Refund</button><script type="module">import * as Overt from '/overt.js'; globalThis.Overt = Overt</script>`

let browser: Browser
let trial: Trial
let site: Server
let origin: string
let page: Page
type Enrolled = Awaited<ReturnType<typeof enrolFor>>
let enrolled: Enrolled

interface InPage {
  readonly Overt: { readonly decide: typeof decide; record(permit: Permit, options: object): () => Promise<void> }
  end: AbortController
  stoppedAtEpochMs: number | null
  reason: string
}

beforeAll(async () => {
  browser = await chromium.launch({ ...executablePath, args: flags })
  site = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1)
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html')
    response.end(name.endsWith('.js') ? readFileSync(new URL(name, bundle)) : html)
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(async () => {
  await browser.close()
  site.closeAllConnections()
  site.close()
})
beforeEach(async () => {
  trial = await openTrial('ada')
  page = await browser.newPage()
  await record()
})
afterEach(async () => {
  await page.close()
  await trial.close()
})

/** Records in the page through the built SDK. */
async function record(): Promise<void> {
  enrolled = await enrolFor(trial, 'ada', origin)
  const watching = page.waitForRequest(`${trial.server.url}/v1/watch`)
  await page.goto(origin)
  await page.evaluate(
    async ([{ receipt, manifest, endpoint, deviceKey, deviceId }, keys]) => {
      const inside = globalThis as unknown as InPage // as: the page's own script put it there
      inside.end = new AbortController()
      inside.stoppedAtEpochMs = null
      const decision = await inside.Overt.decide(receipt, manifest, 'ground', Date.now(), { keys, signal: inside.end.signal })
      if (!decision.ok) throw new Error(decision.reason)
      inside.Overt.record(decision.value, {
        endpoint,
        deviceKey,
        deviceId,
        onState: ({ state, reason }: { state: string; reason: string }) => {
          if (state === 'stopped') [inside.stoppedAtEpochMs, inside.reason] = [inside.stoppedAtEpochMs ?? Date.now(), reason]
        },
      })
    },
    [enrolled, trial.keys] as const,
  )
  await watching
  await page.click('button')
  await expect.poll(() => kept(), { timeout: 20_000 }).toBeGreaterThan(0)
}

const kept = () => trial.store.rows({ person: 'ada' }).length
const stopped = () => page.evaluate(() => (globalThis as unknown as InPage).stoppedAtEpochMs)
const reason = () => page.evaluate(() => (globalThis as unknown as InPage).reason)

test('a withdrawal elsewhere stops a page that nobody touches, by a push, and its sign goes', async () => {
  // Two seconds are promised, and it takes a fraction of one; a machine that does much else gets another try.
  let afterMs = Infinity
  for (let turn = 0; turn < 4 && afterMs >= 2_000; turn += 1) {
    if (turn > 0) await record()
    // What was done is sent by then, and can't be what the refusal answers: the push is left.
    await page.waitForTimeout(3_000)
    const withdrawnAtEpochMs = Date.now()
    await withdrawReceipt(trial.store, { person: 'ada' })
    await expect.poll(stopped, { timeout: 20_000, interval: 50 }).not.toBeNull()
    afterMs = Number(await stopped()) - withdrawnAtEpochMs
  }
  process.stdout.write(`a withdrawal elsewhere stopped the page after ${afterMs} ms\n`)
  expect(afterMs).toBeLessThan(2_000)
  expect(await reason()).toBe('http.403')
  expect(await page.locator('overt-indicator').count()).toBe(0)
  const before = kept()
  await page.click('button')
  expect(kept()).toBe(before)
})

test.each([
  ['its person ends its device', ({ deviceId }: Enrolled) => upkeep.revokeDevice(trial.store, deviceId)],
  ['everything is erased', () => upkeep.eraseData(trial.store, { person: 'ada' })],
] as const)('a page that nobody touches stops for good once %s elsewhere, and its sign goes', async (_, end) => {
  await end(enrolled)
  await expect.poll(stopped, { timeout: 20_000, interval: 50 }).not.toBeNull()
  expect([await reason(), await page.locator('overt-indicator').count()]).toEqual(['http.401', 0])
  const before = kept()
  await page.click('button')
  expect(kept()).toBe(before)
})

test('an erasure of some work leaves the agreement, and the recording, as they are', async () => {
  trial.store.consent.end('ada')
  await page.waitForRequest(`${trial.server.url}/v1/watch`)
  expect(await stopped()).toBeNull()
})

test('a withdrawal on the device stops it at once, offline too, and nothing that waited is sent later', async () => {
  await page.context().setOffline(true)
  await page.click('button')
  const before = kept()
  const states = await page.evaluate(() => {
    const inside = globalThis as unknown as InPage
    const was = inside.stoppedAtEpochMs
    inside.end.abort()
    return [was, inside.stoppedAtEpochMs !== null, document.querySelector('overt-indicator')]
  })
  expect(states).toEqual([null, true, null])
  await page.context().setOffline(false)
  await page.click('button')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(kept()).toBe(before)
})

test('a page that is not seen lets go of the server, and asks again when it is', async () => {
  await page.evaluate(() => {
    Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await withdrawReceipt(trial.store, { person: 'ada' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await stopped()).toBeNull()
  await page.evaluate(() => {
    Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => false })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect.poll(stopped, { timeout: 20_000 }).not.toBeNull()
})
