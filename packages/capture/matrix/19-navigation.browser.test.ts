import type { Event } from '@overt/schema'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, chromiumPath, openStage } from '../chromium.ts'
import { type Bare, type BarePage, openBare } from './bare.ts'
import { type Endpoint, openEndpoint, recordContext, recordScript } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const html = `<!doctype html><title>App</title><body><a href="#part">Part</a><button id=push onclick="history.pushState(null,'','/push')">Push</button>
  <button id=nav onclick="navigation.navigate('/spa-nav')">Navigate</button><button id=late onclick="setTimeout(()=>history.replaceState(null,'','/late'),300)">Late</button>
  <a id=out href="/other">Out</a><script>navigation.addEventListener('navigate',(event)=>{if(event.destination.url.endsWith('/spa-nav'))event.intercept({async handler(){document.title='Navigated'}})})</script>`

async function open(context: BrowserContext, endpoint: Endpoint): Promise<Page> {
  await recordContext(context, stage.origin, endpoint.url)
  stage.serve('/other', '<!doctype html><title>Other</title><body><button>Other</button>')
  const page = await context.newPage()
  await page.goto(stage.serve('/app', html))
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  return page
}

const told = (events: readonly Event[]): string[] =>
  events.map((event) => (event.kind === 'navigate' ? `${event.cause} ${new URL(event.url).pathname}` : event.kind))

describe('row 19: SPA navigation, hash, Navigation API, back-forward cache, prerender, reload', () => {
  test('every change of the address within a document is one event with its cause', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    const page = await open(context, endpoint)
    await page.click('a')
    await page.click('#push')
    await page.click('#nav')
    await page.click('#late')
    await page.waitForTimeout(500)
    await page.evaluate('history.back()')
    await page.waitForTimeout(300)
    await page.evaluate('recording()')
    expect(told(endpoint.events())).toEqual([
      'recorder',
      'load /app',
      'click',
      'link /app',
      'click',
      'pointer /push',
      'click',
      'pointer /spa-nav',
      'click',
      'pointer /late',
      'history /push',
      'recorder',
    ])
    await context.close()
    endpoint.close()
  })

  test('a reload, and a document after another, are producers of their own in one session', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    const page = await open(context, endpoint)
    await page.reload()
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('#out')
    await page.waitForURL('**/other')
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('button')
    await page.evaluate('recording()')
    expect(endpoint.producers()).toHaveLength(3)
    expect(new Set(endpoint.got.map(({ batch }) => batch.session)).size).toBe(1)
    for (const producer of endpoint.producers()) expect(endpoint.events(producer).every((event, at) => event.seq === at)).toBe(true)
    expect(endpoint.events().filter((event) => event.kind === 'click')).toHaveLength(2)
    await context.close()
    endpoint.close()
  })

  test('a document out of the back-forward cache goes on: same producer, each click once, and it says so', async () => {
    const endpoint = await openEndpoint()
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox'],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
    const context = await browser.newContext()
    const page = await open(context, endpoint)
    await page.evaluate('globalThis.alive = true')
    await page.click('#out')
    await page.waitForURL('**/other')
    await page.waitForTimeout(300)
    await page.goBack({ waitUntil: 'commit' })
    await page.waitForTimeout(300)
    expect(await page.evaluate('globalThis.alive')).toBe(true)
    await page.click('#push')
    await page.waitForTimeout(200)
    await page.evaluate('recording()')
    const [producer] = endpoint.producers()
    const events = endpoint.events(producer)
    expect(told(events).slice(2)).toEqual(['click', 'history /app', 'click', 'pointer /push', 'recorder'])
    expect(events.every((event, at) => event.seq === at)).toBe(true)
    await browser.close()
    endpoint.close()
  })

  test('of a page that is prerendered nothing is recorded before it is shown, and of one that never is, nothing at all', async () => {
    const endpoint = await openEndpoint()
    const bare = await openBare()
    const script = stage.serve('/recorder.js', await recordScript(stage.origin, endpoint.url), 'text/javascript')
    const button = 'style="position:fixed;left:0;top:0;width:200px;height:100px"'
    const inside = `<script src="${script}"></script><script>globalThis.was = document.prerendering</script>`
    stage.serve('/shown', `<!doctype html><title>Shown</title>${inside}<body><button ${button}>Here</button>`)
    stage.serve('/never', `<!doctype html><title>Never</title>${inside}<body><button ${button}>There</button>`)
    const rules = `<script type=speculationrules>{"prerender":[{"urls":["/shown","/never"],"eagerness":"immediate"}]}</script>`
    await bare.goto(stage.serve('/before', `<!doctype html><title>Before</title>${rules}<body><a href=/shown ${button}>On</a>`))
    await expect.poll(() => begun(bare), { timeout: 30_000 }).toEqual(['/never', '/shown'])
    // Longer than a recorder waits before it sends.
    await new Promise((rest) => setTimeout(rest, 1_500))
    expect(endpoint.got).toEqual([])
    await bare
      .pages()
      .find(({ prerendered }) => !prerendered)
      ?.click(100, 50)
    const shown = await find(bare, "location.pathname === '/shown' && !document.prerendering && last?.state === 'recording'")
    expect(await shown.evaluate('was')).toBe(true)
    await shown.click(100, 50)
    await shown.evaluate('recording()')
    expect(told(endpoint.events())).toEqual(['recorder', 'click', 'recorder'])
    expect(endpoint.producers()).toHaveLength(1)
    expect(endpoint.got.every(({ batch }) => batch.path === '/shown')).toBe(true)
    await bare.close()
    endpoint.close()
  })
})

/** The paths of the prerendered pages in which the recorder was told to begin. */
async function begun(bare: Bare): Promise<readonly string[]> {
  const pages = bare.pages().filter(({ prerendered }) => prerendered)
  const paths = await Promise.all(
    pages.map((page) => page.evaluate("document.prerendering && 'recording' in globalThis && location.pathname")),
  )
  return paths.map(String).toSorted()
}

/** The page of which something is so, once it is. */
async function find(bare: Bare, so: string): Promise<BarePage> {
  for (let turn = 0; turn < 200; turn += 1) {
    for (const page of bare.pages()) if ((await page.evaluate(so).catch(() => false)) === true) return page
    await new Promise((rest) => setTimeout(rest, 100))
  }
  throw new Error(`No page in which ${so}.`)
}
