import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Endpoint, openEndpoint, recordContext, untilRecorded } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const html = (elsewhere: string): string => `<!doctype html><title>Home</title><body>
  <button id=popup onclick="window.open('/popup','','width=200,height=200')">Popup</button><a id=tab href="/popup" target=_blank>Tab</a>
  <button id=written onclick="const w=window.open('about:blank');w.document.write('<title>W</title><button>Written</button>');w.document.close()">Written</button>
  <a id=file href="data:application/octet-stream,x" download=report.bin>File</a><a id=sign href="${elsewhere}">Sign in</a>`

async function open(): Promise<{ endpoint: Endpoint; page: Page; close: () => Promise<void> }> {
  const endpoint = await openEndpoint()
  const context = await stage.browser.newContext()
  await recordContext(context, stage.origin, endpoint.url)
  stage.serve('/popup', '<!doctype html><title>Popup</title><body><button>In it</button>')
  // The same server under another name is another origin, that no permit reaches.
  const elsewhere = `${stage.origin.replace('127.0.0.1', 'localhost')}/sign-in`
  stage.serve('/sign-in', `<!doctype html><title>Sign in</title><body><a href="${stage.origin}/home?code=walnutgrove">Done</a>`)
  const page = await context.newPage()
  await page.goto(stage.serve('/home', html(elsewhere)))
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  const close = async (): Promise<void> => {
    await context.close()
    endpoint.close()
  }
  return { endpoint, page, close }
}

const clicks = (endpoint: Endpoint): number[] =>
  endpoint.producers().map((producer) => endpoint.events(producer).filter((event) => event.kind === 'click').length)

describe('row 20: popups, new tabs, about:blank then write, sign-in round trips, downloads', () => {
  test.each(['#popup', '#tab'])(
    'a document opened by %s is a producer of its own in the same session, and its opener goes on',
    async (by) => {
      const { endpoint, page, close } = await open()
      const [other] = await Promise.all([page.waitForEvent('popup'), page.click(by)])
      await untilRecorded(other)
      // Long enough for an indicator that has no room in a small window to be missed.
      await other.waitForTimeout(2_100)
      await other.click('button')
      await other.evaluate('recording()')
      await page.bringToFront()
      await page.click('#file')
      await page.evaluate('recording()')
      expect(clicks(endpoint)).toEqual([2, 1])
      expect(new Set(endpoint.got.map(({ batch }) => batch.session)).size).toBe(1)
      await close()
    },
  )

  test.each(['window.open("/closes", "", "width=200,height=200")', 'window.open("/closes", "_blank", "noopener")'])(
    'a press that closes its own window, opened by %s, is told with what was written before it',
    async (opens) => {
      const { endpoint, page, close } = await open()
      stage.serve(
        '/closes',
        '<!doctype html><title>Closes</title><body><input aria-label=Note><button onclick="window.close()">Bye</button>',
      )
      const [other] = await Promise.all([page.waitForEvent('popup'), page.evaluate(opens)])
      await untilRecorded(other)
      await other.fill('input', 'all is well')
      const gone = other.waitForEvent('close')
      await other.click('button')
      await gone
      const kinds = (): readonly string[] => endpoint.events(endpoint.producers().at(-1)).map(({ kind }) => kind)
      await expect.poll(kinds, { timeout: 20_000 }).toEqual(expect.arrayContaining(['text', 'click']))
      await close()
    },
  )

  test('a blank window that its opener writes into has no address that a permit reaches: nothing of it is recorded', async () => {
    const { endpoint, page, close } = await open()
    const [other] = await Promise.all([page.waitForEvent('popup'), page.click('#written')])
    await other.click('button')
    await page.evaluate('recording()')
    expect(clicks(endpoint)).toEqual([1])
    expect(JSON.stringify(endpoint.got.map(({ batch }) => batch))).not.toContain('"Written","Written"')
    await close()
  })

  test('a sign-in elsewhere and back is two producers of one session, nothing of the other place, and no code of the way back', async () => {
    const { endpoint, page, close } = await open()
    await page.click('#sign')
    await page.waitForURL('**/sign-in')
    await page.click('a')
    await page.waitForURL('**/home**')
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('#file')
    await page.evaluate('recording()')
    expect(clicks(endpoint)).toEqual([1, 1])
    expect(new Set(endpoint.got.map(({ batch }) => batch.origin))).toEqual(new Set([stage.origin]))
    expect(JSON.stringify(endpoint.got.map(({ batch }) => batch))).not.toContain('walnutgrove')
    await close()
  })

  test('a download is the click that asked for it, and recording goes on', async () => {
    const { endpoint, page, close } = await open()
    await Promise.all([page.waitForEvent('download'), page.click('#file')])
    await page.click('#file')
    await page.evaluate('recording()')
    expect(clicks(endpoint)).toEqual([2])
    await close()
  })
})
