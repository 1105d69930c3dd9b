import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

import { permitsFor } from '@overt/data'
import type { decide, Permit } from '@overt/privacy'
import type { Modality } from '@overt/schema'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { executablePath, flags } from './browser.fixture.ts'
import { enrolFor, openTrial, type Trial } from './fixture.ts'

const bundles = new URL('../../../packages/capture/dist/', import.meta.url)

const plain = `<!doctype html><button>Refund</button><input aria-label=Note><select><option>a<option>b</select><p>Dear Ada</p><script type="module">import * as Overt from '/overt.js'; globalThis.Overt = Overt</script>`

let browser: Browser
let trial: Trial
let site: Server
let origin: string
let page: Page
const documents = new Map<string, string>()

beforeAll(async () => {
  browser = await chromium.launch({ ...executablePath, args: flags })
  site = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1)
    const script = name.endsWith('.js')
    response.setHeader('content-type', script ? 'text/javascript' : name.endsWith('.json') ? 'application/json' : 'text/html')
    response.end(script ? readFileSync(new URL(name, bundles)) : (documents.get(name) ?? plain))
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(async () => {
  await browser.close()
  site.close()
})

beforeEach(async () => {
  trial = await openTrial('ada')
  page = await browser.newPage()
})
afterEach(async () => {
  await page.close()
  await trial.close()
  documents.clear()
})

const kept = () => trial.store.rows({ person: 'ada' }).filter((row) => row.origin === origin)

interface Recording {
  (): Promise<void>
  startTask(task: { readonly goal: string }): void
}

interface InPage {
  readonly Overt: { readonly decide: typeof decide; record(permit: Permit, options: object): Recording }
  stop: Recording
  last: unknown
}

/** Records a task through the built SDK, and says what became of the recording. */
async function recordIn(at: string, modalities?: readonly Modality[]): Promise<unknown> {
  await startIn(at, modalities)
  await page.evaluate(() => (globalThis as unknown as InPage).stop.startTask({ goal: 'Write to Bob' }))
  await page.click('button')
  await page.locator('input').pressSequentially('dear Bob')
  await page.selectOption('select', 'b')
  await page.evaluate(() => (globalThis as unknown as InPage).stop())
  return page.evaluate(() => (globalThis as unknown as InPage).last)
}

/** Begins a recording of a page. */
async function startIn(at: string, modalities?: readonly Modality[]): Promise<void> {
  const enrolment = await enrolFor(trial, 'ada', origin, modalities)
  await page.goto(at)
  await page.evaluate(
    async ([{ receipt, manifest, endpoint, deviceKey, deviceId }, keys]) => {
      const inside = globalThis as unknown as InPage
      const decision = await inside.Overt.decide(receipt, manifest, 'ground', Date.now(), { keys })
      if (!decision.ok) throw new Error(decision.reason)
      inside.stop = inside.Overt.record(decision.value, {
        endpoint,
        deviceKey,
        deviceId,
        onState: (state: unknown) => (inside.last = state),
      })
    },
    [enrolment, trial.keys] as const,
  )
}

const ask = (path: string, method = 'GET') =>
  page.evaluate(([url, verb]) => fetch(url, { method: verb }).then(String, () => 'blocked'), [trial.server.url + path, method] as const)

test('the SDK records a page on another port straight to the server', async () => {
  expect(await recordIn(origin)).toMatchObject({ state: 'stopped', reason: 'person', queued: 0 })
  expect(kept().reduce((sum, row) => sum + row.events, 0)).toBeGreaterThan(1)
})

test('what the SDK sends for a person who agreed to actions alone is taken, and holds no text', async () => {
  expect(await recordIn(origin, ['actions'])).toMatchObject({ state: 'stopped', reason: 'person', queued: 0 })
  expect(trial.server.ingest.counters()).toMatchObject({ refused: {} })
  expect(kept().reduce((sum, row) => sum + row.events, 0)).toBeGreaterThan(3)
  for await (const permit of permitsFor(trial.store, 'ground'))
    for await (const batch of trial.store.batches(permit)) expect(JSON.stringify(batch)).not.toMatch(/Bob|Dear/i)
})

test('one act stops a recorder in a page, and nothing more is sent', async () => {
  await startIn(origin)
  await page.click('button')
  await expect.poll(() => kept().length, { timeout: 20_000 }).toBeGreaterThan(0)
  await trial.store.killSwitch.kill('council', 'a colleague is on the screen')
  const before = kept().length
  await page.click('button')
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as InPage).last), { timeout: 20_000 })
    .toMatchObject({ state: 'stopped', reason: 'http.403', queued: 0 })
  expect(kept()).toHaveLength(before)
})

test('a script tag does the same', async () => {
  const { manifest, receipt, endpoint, deviceId, deviceKey } = await enrolFor(trial, 'ada', origin)
  for (const [name, document] of Object.entries({ manifest, receipt, keys: trial.keys }))
    documents.set(`${name}.json`, JSON.stringify(document))
  const given = {
    endpoint,
    device: deviceId,
    'device-key': deviceKey,
    receipt: 'receipt.json',
    manifest: 'manifest.json',
    keys: 'keys.json',
  }
  const attributes = Object.entries(given).map(([name, value]) => `data-${name}="${value}"`)
  documents.set('', `<!doctype html><script src="overt.iife.js" ${attributes.join(' ')}></script><button>Refund</button>`)
  await page.goto(origin)
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await page.click('button')
  await expect.poll(() => kept().length, { timeout: 10_000 }).toBeGreaterThan(0)
})

test('the recorded page reads nothing of the API, and a page that no manifest names sends nothing', async () => {
  await recordIn(origin)
  for (const path of ['/v1/mine/sessions', '/v1/consent', '/openapi.json', '/healthz']) expect(await ask(path), path).toBe('blocked')
  expect(await ask('/v1/batches', 'POST')).toBe('[object Response]')
  await page.goto(origin.replace('127.0.0.1', 'localhost'))
  expect(await ask('/v1/batches', 'POST')).toBe('blocked')
})
