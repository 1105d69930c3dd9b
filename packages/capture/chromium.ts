import { existsSync } from 'node:fs'
import { type Server, createServer } from 'node:http'

import { type Browser, type Page, chromium } from 'playwright-core'

const places = [process.env['OVERT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine, else the driver's own. */
export const chromiumPath: string = places.find((path) => path !== undefined && existsSync(path)) ?? chromium.executablePath()

/** A real Chromium and a loopback site for the browser tests. */
export interface Stage {
  readonly browser: Browser
  readonly origin: string
  /** Opens a page whose body is `html`, with the script files injected before the page's own. */
  open(html: string, scripts?: readonly string[]): Promise<Page>
  /** Serves a body at a path. */
  serve(path: string, body: string, type?: string): string
  close(): Promise<void>
}

/** Starts both; whoever opens it closes it. `scrollBars`: shown, which the driver hides else. */
export async function openStage({ scrollBars = false }: { readonly scrollBars?: boolean } = {}): Promise<Stage> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    ...(scrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
  const pages = new Map<string, { readonly body: string; readonly type: string }>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://loopback').pathname)
    response
      .writeHead(page === undefined ? 404 : 200, { 'content-type': `${page?.type ?? 'text/html'}; charset=utf-8` })
      .end(page?.body ?? '')
  })
  const origin = await listen(server)
  let count = 0
  const serve = (path: string, body: string, type = 'text/html'): string => {
    pages.set(path, { body, type })
    return origin + path
  }
  return {
    browser,
    origin,
    serve,
    open: async (html, scripts = []) => {
      const page = await browser.newPage({ viewport: { width: 1000, height: 700 } })
      for (const path of scripts) await page.addInitScript({ path })
      count += 1
      await page.goto(serve(`/page-${count}`, `<!doctype html><meta charset=utf-8><title>Trial</title><body>${html}`))
      return page
    },
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
    })
  })
}
