import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from './extension.fixture.ts'
import { policies } from './installed.fixture.ts'

const html = `<title>Orders</title><h1>Orders</h1><button>Refund</button><button>Ship</button><input aria-label=Note><x-panel></x-panel>
  <script>document.querySelector('x-panel').attachShadow({ mode: 'closed' }).innerHTML = '<button>Approve</button>'</script>`
/** Pictures to look at. */
const shots = join(import.meta.dirname, '../.cache/extension')
let outfit: Outfit

beforeEach(async () => {
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
  // Longer than a batch waits: what comes after goes in another one.
  await page.waitForTimeout(1_500)
  await page.fill('input', '')
  await page.click('input')
  await page.keyboard.type('please')
  await page.click('text=Ship')
  // In a closed shadow root, where only an extension can look.
  const box = await page.locator('x-panel').boundingBox()
  await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) / 2)
  const recent = async (): Promise<string> => (await standing()).recent.join()
  await expect.poll(recent, { timeout: 20_000 }).toContain('click Approve')
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBe(0)
  expect(await recent()).toContain('click Ship')
  const batches = await outfit.stored()
  const kinds = batches.flatMap((batch) => decodeColumns(batch).events.map(({ kind }) => kind))
  expect(kinds).toEqual(expect.arrayContaining(['recorder', 'click', 'text']))
  expect(kinds.filter((kind) => kind === 'click')).toHaveLength(4)
  expect(batches.length).toBeGreaterThan(1)
  expect(faultsOf(batches)).toEqual([])
})

test('the popup pauses and resumes, switches the site off, and forgets what waits here', async () => {
  await outfit.agree()
  const page = await outfit.open()
  const sign = page.locator(indicator)
  await sign.waitFor({ state: 'attached' })
  const worker = await outfit.worker()
  const tab = await worker.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as {
      chrome: { tabs: { query(asked: object): Promise<readonly { id: number; url?: string }[]> } }
    }
    return (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(origin))?.id
  }, outfit.site)
  const popup = await outfit.context.newPage()
  await popup.setViewportSize({ width: 320, height: 480 })
  await popup.goto(`chrome-extension://${outfit.id}/popup.html?tab=${tab}`)
  const state = (): Promise<string | null> => popup.textContent('#state')
  await expect.poll(state).toBe('Recording')
  await page.click('text=Refund')
  await expect.poll(() => popup.textContent('#recent'), { timeout: 20_000 }).toContain('Refund')
  mkdirSync(shots, { recursive: true })
  await popup.screenshot({ path: join(shots, 'popup.png') })
  await popup.click('text=Pause 5 min')
  await expect.poll(state).toBe('Paused')
  const { counts: before } = await standing()
  await page.waitForTimeout(3_000)
  const paused = await standing()
  await page.click('text=Ship')
  await page.waitForTimeout(3_000)
  expect((await standing()).counts['kept']).toBe(paused.counts['kept'])
  expect(before['kept']).toBeGreaterThan(0)
  await popup.screenshot({ path: join(shots, 'popup-paused.png') })
  await popup.click('text=Resume')
  await expect.poll(state).toBe('Recording')
  await outfit.stopServer()
  await page.click('text=Ship')
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBeGreaterThan(0)
  await popup.click('#forget')
  await expect.poll(() => popup.textContent('#forgotten')).toContain('dropped here')
  expect(await standing()).toMatchObject({ queued: 0 })
  await popup.click('#site')
  await expect.poll(state).toBe('Not recorded here')
  await expect.poll(() => sign.count()).toBe(0)
})

test('what is forgotten is erased at the server too, once it is there; what comes after stays', async () => {
  await outfit.agree()
  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  const forget = (): Promise<unknown> => outfit.ask({ kind: 'forget', lastMs: 300_000 })
  const sent = async (): Promise<void> => {
    await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
  }
  const settled = async (name: string): Promise<void> => {
    await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain(`click ${name}`)
  }
  await page.click('text=Refund')
  await settled('Refund')
  await page.click('input')
  await page.keyboard.type('a word of before')
  expect(await forget()).toMatchObject({ server: 'erased' })
  await page.keyboard.type(' and after')
  await page.click('text=Ship')
  await settled('Ship')
  await sent()
  await outfit.stopServer()
  expect(await forget()).toMatchObject({ server: 'later' })
  await page.click('text=Refund')
  await outfit.startServer()
  await settled('Refund')
  await sent()
  const batches = await outfit.stored()
  const decoded = batches.map((batch) => decodeColumns(batch))
  const clicked = decoded.flatMap(({ events, observations }) =>
    events.flatMap((event) =>
      event.kind === 'click'
        ? [observations.find(({ id }) => id === event.observation)?.nodes.find(({ id }) => id === event.node)?.name]
        : [],
    ),
  )
  expect(clicked).toEqual(['Refund'])
  expect(batches.map((batch) => JSON.stringify(batch)).join()).not.toContain('of before')
})

test('a policy that names another server stops everything at once, and a page stays free of it until someone agrees anew', async () => {
  await outfit.agree()
  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  const keys = [{ keyId: 'a', by: 'operator', publicKey: 'b' }]
  const policy = {
    '3rdparty': { extensions: { [outfit.id]: { endpoint: 'https://overt.example', manifestUrl: 'https://overt.example/m', keys } } },
  }
  const file = join(policies, `overt-test-${process.pid}.json`)
  mkdirSync(policies, { recursive: true })
  try {
    writeFileSync(file, JSON.stringify(policy))
    await expect.poll(async () => (await standing()).reason, { timeout: 60_000, interval: 1_000 }).toBe('policy')
    await expect.poll(() => page.locator(indicator).count(), { timeout: 10_000 }).toBe(0)
    await page.click('text=Refund')
    const { counts } = await standing()
    await page.waitForTimeout(3_000)
    expect((await standing()).counts['kept']).toBe(counts['kept'])
  } finally {
    rmSync(file)
  }
})

test('the Firefox build asks for no more than the other, and names itself', () => {
  const manifestOf = (browser: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(import.meta.dirname, `../apps/extension/dist/${browser}-mv3/manifest.json`), 'utf8'))
  const [chrome, firefox] = [manifestOf('chrome'), manifestOf('firefox')]
  for (const field of ['permissions', 'host_permissions', 'optional_host_permissions']) expect(firefox[field]).toEqual(chrome[field])
  expect(firefox).toMatchObject({
    manifest_version: 3,
    background: { scripts: ['background.js'] },
    browser_specific_settings: { gecko: {} },
  })
  expect(chrome['permissions']).toEqual(['storage', 'scripting', 'alarms', 'unlimitedStorage'])
  // For pictures, which a browser allows under nothing less: asked for by a press, never at install.
  expect(JSON.stringify({ ...chrome, optional_host_permissions: [] })).not.toContain('all_urls')
})
