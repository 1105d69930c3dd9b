import { createServer } from 'node:http'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { openEndpoint, recordContext } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const html = `<!doctype html><title>Strict</title><body><button>Go</button><input aria-label=Note>`

/** A site that sends its own headers. */
async function openSite(headersFor: (endpoint: string) => Record<string, string>, endpoint: string, body = html) {
  const reports: string[] = []
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      request.on('data', (chunk: Buffer) => reports.push(String(chunk)))
      return void request.on('end', () => response.writeHead(204).end())
    }
    response.writeHead(200, { 'content-type': 'text/html', ...headersFor(endpoint) }).end(body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return { origin, reports, close: () => (server.closeAllConnections(), server.close()) }
}

const strict = (endpoint: string): string =>
  `default-src 'none'; script-src 'nonce-n0nce'; connect-src ${endpoint}; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /reports`

const headers: Readonly<Record<string, (endpoint: string) => Record<string, string>>> = {
  'a policy that allows only nonces and the endpoint, with Trusted Types': (endpoint) => ({ 'content-security-policy': strict(endpoint) }),
  'a page of its own process (COOP and COEP)': () => ({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  }),
  'both, and nothing permitted': (endpoint) => ({
    'content-security-policy': strict(endpoint),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'clipboard-read=(), clipboard-write=(), fullscreen=(), compute-pressure=()',
    'referrer-policy': 'no-referrer',
  }),
}

describe('row 27: strict CSP, Trusted Types, sandbox without same-origin, COOP/COEP', () => {
  test.each(Object.entries(headers))('%s: all is recorded, and nothing is reported', async (_, headersFor) => {
    const endpoint = await openEndpoint()
    const site = await openSite(headersFor, endpoint.url)
    const context = await stage.browser.newContext()
    await recordContext(context, site.origin, endpoint.url)
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto(site.origin)
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('button')
    await page.click('input')
    await page.keyboard.type('hello')
    await page.evaluate('recording()')
    expect(endpoint.events().map((event) => event.kind)).toEqual(['recorder', 'navigate', 'click', 'click', 'text', 'recorder'])
    expect(await page.evaluate('violations')).toEqual([])
    expect([site.reports, said]).toEqual([[], []])
    await context.close()
    site.close()
    endpoint.close()
  })

  test('a document in a sandbox without an origin is recorded under the address that it has, and nothing is reported', async () => {
    const endpoint = await openEndpoint()
    const site = await openSite(() => ({ 'content-security-policy': 'sandbox allow-scripts' }), endpoint.url)
    const context = await stage.browser.newContext()
    await recordContext(context, site.origin, endpoint.url)
    const page = await context.newPage()
    await page.goto(site.origin)
    await page.click('button')
    await page.evaluate('recording()')
    expect(await page.evaluate('[self.origin, violations]')).toEqual(['null', []])
    expect(new Set(endpoint.got.map(({ batch }) => batch.origin))).toEqual(new Set([site.origin]))
    expect(endpoint.events().map((event) => event.kind)).toContain('click')
    await context.close()
    site.close()
    endpoint.close()
  })

  test('the page around a sandboxed frame without an origin is recorded', async () => {
    const endpoint = await openEndpoint()
    const site = await openSite(
      () => ({}),
      endpoint.url,
      `${html}<iframe sandbox="allow-scripts" srcdoc="<button>Inner</button>"></iframe>`,
    )
    const context = await stage.browser.newContext()
    await recordContext(context, site.origin, endpoint.url)
    const page = await context.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.goto(site.origin)
    await page.locator('overt-indicator').waitFor({ state: 'attached' })
    await page.click('button')
    await page.frameLocator('iframe').locator('button').click()
    await page.evaluate('recording()')
    expect(endpoint.events().map((event) => event.kind)).toEqual(['recorder', 'navigate', 'click', 'recorder'])
    expect(errors).toEqual([])
    await context.close()
    site.close()
    endpoint.close()
  })
})
