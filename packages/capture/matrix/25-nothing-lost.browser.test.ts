import { createHash } from 'node:crypto'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Endpoint, openEndpoint, recordContext } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const html = '<!doctype html><title>Lost</title><body><button>Go</button>'

async function open(endpoint: Endpoint, path: string) {
  const context = await stage.browser.newContext()
  await recordContext(context, stage.origin, endpoint.url)
  const page = await context.newPage()
  await page.goto(stage.serve(path, html))
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  return { context, page }
}

const clicks = (endpoint: Endpoint): number => endpoint.events().filter((event) => event.kind === 'click').length
const large = (text: (at: number) => string): string =>
  `<!doctype html><title>Large</title><body>${Array.from({ length: 800 }, (_, at) => `<button>${text(at)}</button>`).join('')}`

interface LastRequest {
  readonly by: string
  readonly outlives: boolean
  readonly sizeBytes: number
  readonly encoding: string
}

/** Notes what a page asks for from its `pagehide` on, where the next page of its origin finds it. */
const noting = `{
  const [ask, askLater] = [fetch, fetchLater]
  let leaving = false
  addEventListener('pagehide', () => (leaving = true), true)
  const note = (by, outlives, { body, headers }) => {
    const before = JSON.parse(sessionStorage.last ?? '[]')
    if (leaving) sessionStorage.last = JSON.stringify([...before, { by, outlives, sizeBytes: body.byteLength, encoding: headers['content-encoding'] }])
  }
  globalThis.fetch = (url, init) => (note('fetch', init.keepalive, init), ask(url, init))
  globalThis.fetchLater = (url, init) => (note('fetchLater', true, init), askLater(url, init))
}`
const lastRequests = (page: Page): Promise<LastRequest[]> => page.evaluate(() => JSON.parse(sessionStorage.getItem('last') ?? '[]'))

/** A producer's numbers are gapless from 0. */
const isGapless = (endpoint: Endpoint, producer = ''): boolean => endpoint.events(producer).every((event, at) => event.seq === at)

describe('row 25: pagehide, tab kill, crash, worker death, 10 min offline, extension update', () => {
  test('ten minutes offline lose nothing, and what arrives twice is one batch', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    // The page's clock is Playwright's: ten minutes of waiting pass in a moment, every timer of the recorder's included.
    await page.clock.install()
    await recordContext(context, stage.origin, endpoint.url)
    await page.goto(stage.serve('/offline', html))
    await page.clock.runFor(3_000)
    await expect.poll(() => endpoint.got.length).toBeGreaterThan(0)
    const client = await context.newCDPSession(page)
    const offline = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
    await client.send('Network.emulateNetworkConditions', { ...offline, offline: true })
    for (let minute = 0; minute < 10; minute += 1) {
      for (let turn = 0; turn < 3; turn += 1) await page.click('button')
      for (let step = 0; step < 12; step += 1) await page.clock.runFor(5_000)
    }
    expect(clicks(endpoint)).toBe(0)
    expect(await page.evaluate('last.queued')).toBeGreaterThan(0)
    await client.send('Network.emulateNetworkConditions', { ...offline, offline: false })
    endpoint.answer('lost')
    await page.clock.runFor(31_000)
    await expect.poll(() => endpoint.got.length, { timeout: 5_000 }).toBeGreaterThan(1)
    endpoint.answer('ok')
    await expect
      .poll(
        async () => {
          await page.clock.runFor(31_000)
          return clicks(endpoint)
        },
        { timeout: 20_000 },
      )
      .toBe(30)
    const [producer] = endpoint.producers()
    expect(isGapless(endpoint, producer)).toBe(true)
    expect(await page.evaluate('recording.counters["lost.queue.full"] ?? 0')).toBe(0)
    expect(endpoint.got.length).toBeGreaterThan(new Set(endpoint.got.map(({ batch }) => batch.id)).size)
    await context.close()
    endpoint.close()
  })

  test('a renderer that is killed loses the last second at most', async () => {
    const endpoint = await openEndpoint()
    const { context, page } = await open(endpoint, '/killed')
    for (let turn = 0; turn < 5; turn += 1) await page.click('button')
    await page.waitForTimeout(1_200)
    const sent = clicks(endpoint)
    const crashed = page.waitForEvent('crash')
    await page.click('button')
    void page.goto('chrome://crash').catch(() => {})
    await crashed
    expect(sent).toBe(5)
    const [producer] = endpoint.producers()
    expect(isGapless(endpoint, producer)).toBe(true)
    await context.close()
    endpoint.close()
  })

  test('a tab that is closed at once sends what was done in it', async () => {
    const endpoint = await openEndpoint()
    const { context, page } = await open(endpoint, '/closed')
    const keeper = await context.newPage()
    await page.bringToFront()
    await page.waitForTimeout(1_500)
    await page.click('button')
    await page.click('button')
    await page.close({ runBeforeUnload: true })
    await keeper.waitForTimeout(1_000)
    expect(clicks(endpoint)).toBe(2)
    await context.close()
    endpoint.close()
  })

  for (const [which, arrived, outage, more] of [
    ['never took anything', 0, 503, {}],
    ['remembers what came before', 1, 503, { 'overt-base': '3' }],
    ['was away', 1, 'away', { 'overt-base': '3' }],
  ] as const)
    test(`a page that goes away with more than the keepalive budget sends all that it has to a server that ${which}, by what outlives it`, async () => {
      const endpoint = await openEndpoint(more)
      const context = await stage.browser.newContext()
      await recordContext(context, stage.origin, endpoint.url, { before: noting })
      const page = await context.newPage()
      await page.goto(
        stage.serve(
          '/large',
          large((at) => `${(at * 7919).toString(36)} row ${at} of a long list with many words`),
        ),
      )
      await page.locator('overt-indicator').waitFor({ state: 'attached' })
      await expect.poll(() => endpoint.got.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(arrived)
      endpoint.answer(outage)
      for (let turn = 0; turn < 4; turn += 1) {
        await page.locator('button').nth(turn).click()
        await page.waitForTimeout(1_100)
        await page.mouse.wheel(0, 500)
      }
      endpoint.answer('ok')
      await page.goto(stage.serve('/after-large', html))
      await expect.poll(() => clicks(endpoint), { timeout: 20_000 }).toBe(4)
      const last = await lastRequests(page)
      expect(last.length).toBeGreaterThan(3)
      expect(last.filter(({ outlives }) => !outlives)).toEqual([])
      // What had waited takes no more of the room than it must: only what was packed as the page went is not compressed.
      expect(last.filter(({ encoding }) => encoding === 'identity').length).toBeLessThanOrEqual(1)
      await context.close()
      endpoint.close()
    })

  test('what one page has left beyond the keepalive budget goes by `fetchLater`', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    await recordContext(context, stage.origin, endpoint.url, { before: noting })
    const page = await context.newPage()
    // Words that no compression makes much shorter.
    const words = (at: number): string => {
      const bytes = createHash('shake256', { outputLength: 36 }).update(String(at)).digest()
      return Array.from(bytes, (byte) => 'bdfgklmnprstvz'.charAt(byte % 14) + 'aeiou'.charAt(byte % 5) + (byte > 200 ? ' ' : '')).join('')
    }
    const small = '<style>button{font-size:3px;padding:0;border:0;white-space:nowrap}</style>'
    await page.goto(stage.serve('/dense', small + large(words)))
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    endpoint.answer(503)
    for (let turn = 0; turn < 2; turn += 1) {
      await page.locator('button').nth(turn).click()
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('button')) one.textContent = one.textContent.split(' ').toReversed().join(' ')
      })
      await page.waitForTimeout(1_100)
    }
    await page.evaluate(`document.body.innerHTML = '<button>Go</button>'`)
    await page.click('button')
    endpoint.answer('ok')
    await page.goto(stage.serve('/after-dense', html))
    await expect.poll(() => clicks(endpoint), { timeout: 20_000 }).toBe(3)
    const last = await lastRequests(page)
    expect(last.filter(({ outlives }) => !outlives)).toEqual([])
    expect(last.map(({ by }) => by).toSorted()).toEqual(['fetch', 'fetch', 'fetchLater'])
    expect(last.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeGreaterThan(64 * 1024)
    await context.close()
    endpoint.close()
  })

  test('what is given up is counted, told as a gap, and said on the indicator', async () => {
    const endpoint = await openEndpoint()
    const { context, page } = await open(endpoint, '/refused')
    await page.waitForTimeout(1_500)
    endpoint.answer(413)
    await page.click('button')
    await expect.poll(() => page.evaluate('recording.counters["lost.http.413"]'), { timeout: 5_000 }).toBe(1)
    const client = await context.newCDPSession(page)
    const { nodes } = await client.send('Accessibility.getFullAXTree')
    expect(nodes.some((node) => String(node.name?.value ?? '').includes('1 lost'))).toBe(true)
    endpoint.answer('ok')
    await page.evaluate('recording()')
    expect(endpoint.events().find((event) => event.kind === 'gap')).toMatchObject({ reason: 'http.413', count: 1 })
    await context.close()
    endpoint.close()
  })

  test('without a live receipt nothing is buffered', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    await recordContext(context, 'https://elsewhere.example', endpoint.url)
    const page = await context.newPage()
    await page.goto(stage.serve('/none', html))
    await page.click('button')
    await page.waitForTimeout(1_500)
    expect(endpoint.got).toEqual([])
    await context.close()
    endpoint.close()
  })
})
