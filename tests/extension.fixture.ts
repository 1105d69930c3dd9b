import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { openStore, permitsFor } from '@overt/data'
import type { Batch, Manifest, Modality, Receipt } from '@overt/schema'
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core'

import { type Front, openFront } from './front.fixture.ts'
import { deployed, unpacked } from './installed.fixture.ts'
import { cli, type Server, startServer } from './server.fixture.ts'

const browsers = [process.env['OVERT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A Chromium with the built extension, a site to work on, and a real server. */
export interface Outfit {
  readonly context: BrowserContext
  readonly id: string
  readonly site: string
  readonly url: string
  /** What the extension takes for the server; lets everything through unless it is told otherwise. */
  readonly front: Front
  /** All that the server has printed. */
  readonly said: readonly string[]
  /** The server's data folder. */
  readonly data: string
  worker(): Promise<Worker>
  stopWorker(): Promise<void>
  /** As an update does. */
  reload(): Promise<void>
  /** A page of the extension's own. */
  own(): Promise<Page>
  startServer(): Promise<void>
  stopServer(): Promise<void>
  /** Agrees on the extension's own page, as a person does. */
  agree(answer?: 'start' | 'not-now'): Promise<Page>
  open(path?: string): Promise<Page>
  /** Asks the worker from the extension's own popup. */
  ask<T>(message: object): Promise<T>
  /** Has the browser ring one of the extension's alarms. */
  ring(alarm: string): Promise<void>
  /** What the server has of a person's decisions. */
  receiptsOf(person: string): Promise<readonly Receipt[]>
  /** Stops the server and gives what it has. */
  stored(): Promise<readonly Batch[]>
  close(): Promise<void>
}

/** What an outfit may be told. */
export interface OutfitOptions {
  readonly pages?: Readonly<Record<string, string>>
  /** The browser fetches the signed package, since an organisation's policy tells it to, and the server asks about the site. */
  readonly byPolicy?: boolean
  /** Further names of the site's server (`http://localhost`), each an origin that is agreed to as well. */
  readonly others?: readonly string[]
  /** The person agrees to pictures too, and their browser lets them be taken or does not. */
  readonly pixels?: 'permitted' | 'agreed'
  /** With `pixels`: the manifest names drawings too, and the person agreed to them by name or did not. */
  readonly drawings?: 'agreed' | 'offered'
  /** Pixels for one CSS pixel. */
  readonly screen?: number
}

/** Opens all of it; whoever opens it closes it. `html` is the site's page, but at the paths of `pages`. */
export async function openOutfit(html: string, options: OutfitOptions = {}): Promise<Outfit> {
  const { pages = {}, byPolicy = false, others = [], pixels, drawings, screen } = options
  const folder = mkdtempSync(join(tmpdir(), 'overt-extension-'))
  const data = join(folder, 'data')
  const site = await openSite(html, pages, join(folder, 'package'))
  let server: Server | null = null
  let port = '0'
  const said: string[] = []
  const start = async (): Promise<void> => {
    server = await startServer(data, port, (text) => said.push(text), offer)
    port = new URL(server.url).port
  }
  const stopServer = async (): Promise<void> => {
    await server?.stop()
    server = null
  }
  const front = await openFront(() => `http://127.0.0.1:${port}`)
  const run = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [cli, ...args, '--json', '--data', data])).stdout
  const offer = byPolicy ? ['--manifest', join(folder, 'manifest.json')] : []
  if (byPolicy) writeFileSync(join(folder, 'manifest.json'), await run('manifest', 'sample', '--origin', site.origin))
  await start()
  const packages = `${site.origin}/package`
  const installed = byPolicy
    ? await deployed(folder, { packages, endpoint: `http://127.0.0.1:${port}`, run })
    : unpacked(folder, pixels === 'permitted')
  const { id } = installed
  // Without it Chromium lets an unpacked extension start once, and not come back from a reload.
  mkdirSync(join(folder, 'profile/Default'), { recursive: true })
  writeFileSync(join(folder, 'profile/Default/Preferences'), JSON.stringify({ extensions: { ui: { developer_mode: true } } }))
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: browsers.find((path) => path !== undefined && existsSync(path)) ?? chromium.executablePath(),
    channel: 'chromium',
    // The driver's own screen says one thing to pages and another to whoever takes a picture.
    viewport: screen === undefined ? { width: 1000, height: 700 } : null,
    ignoreDefaultArgs: [...installed.ignoreDefaultArgs],
    args: [
      ...installed.args,
      ...(screen === undefined ? [] : [`--force-device-scale-factor=${screen}`, '--window-size=1000,800']),
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  const isOurs = (one: Worker): boolean => new URL(one.url()).host === id
  const worker = async (): Promise<Worker> =>
    context.serviceWorkers().find(isOurs) ?? context.waitForEvent('serviceworker', { predicate: isOurs, timeout: 60_000 })
  await worker()
  let popup: Page | null = null
  /** Our own page; a reload of the extension closes it. */
  const own = async (): Promise<Page> => {
    if (popup !== null && !popup.isClosed()) return popup
    popup = await context.newPage()
    // While the extension is coming back there is no such page.
    for (let turn = 0; turn < 60; turn += 1) {
      const there = await popup.goto(`chrome-extension://${id}/popup.html`).then(
        () => true,
        () => false,
      )
      if (there) break
      await popup.waitForTimeout(500)
    }
    return popup
  }
  return {
    context,
    id,
    site: site.origin,
    url: `http://127.0.0.1:${port}`,
    front,
    said,
    data,
    startServer: start,
    stopServer,
    worker,
    stopWorker: async () => {
      const session = await context.newCDPSession(await own())
      await session.send('ServiceWorker.enable')
      await session.send('ServiceWorker.stopAllWorkers')
      await session.detach()
    },
    agree: async (answer = 'start') => {
      const isSample = others.length === 0 && pixels === undefined
      const origins = [site.origin, ...others.map((name) => `${name}:${new URL(site.origin).port}`)]
      if (!isSample) await agreeTo(run, join(folder, 'agreed.json'), { origins, pixels: pixels !== undefined, drawings })
      const about = isSample ? ['--origin', site.origin] : []
      const enrolment = await run('device', 'enrol', '--person', 'ada', ...about, '--endpoint', front.url)
      const keys = await run('manifest', 'keys')
      const page = await context.newPage()
      await page.goto(`chrome-extension://${id}/options.html`)
      await page.fill('#given', `${enrolment.trim()}\n${keys.trim()}`)
      await page.click('#read')
      await answerCard(page, answer)
      return page
    },
    open: async (path = '/') => {
      const page = await context.newPage()
      await page.goto(site.origin + path)
      return page
    },
    own,
    reload: async () => {
      const page = await own()
      const gone = page.waitForEvent('close')
      await page.evaluate(() => {
        const { chrome } = globalThis as unknown as { chrome: { runtime: { reload(): void } } }
        setTimeout(() => chrome.runtime.reload(), 50)
      })
      await gone
    },
    ask: async (message) =>
      (await own()).evaluate((sent) => {
        const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage<R>(sent: object): Promise<R> } } }
        return chrome.runtime.sendMessage(sent)
      }, message),
    ring: async (alarm) =>
      (await own()).evaluate((name) => {
        const { chrome } = globalThis as unknown as { chrome: { alarms: { create(name: string, when: object): Promise<void> } } }
        return chrome.alarms.create(name, { when: Date.now() })
      }, alarm),
    receiptsOf: async (person) => {
      const answer: { readonly receipts: readonly { readonly receipt: Receipt }[] } = JSON.parse(
        await run('receipt', 'show', '--person', person),
      )
      return answer.receipts.map(({ receipt }) => receipt)
    },
    stored: async () => {
      await stopServer()
      const store = await openStore(data)
      const found: Batch[] = []
      for await (const permit of permitsFor(store, 'ground'))
        for await (const batch of store.batches(permit, { pictures: 'all' })) found.push(batch)
      await store.close()
      return found
    },
    close: async () => {
      await context.close()
      installed.undo()
      await stopServer()
      front.close()
      site.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Records a person's yes to a manifest of several origins; with pictures of the first page of each, which the sample for trials has not. */
async function agreeTo(
  run: (...args: readonly string[]) => Promise<string>,
  file: string,
  {
    origins,
    pixels,
    drawings,
  }: { readonly origins: readonly string[]; readonly pixels: boolean } & { readonly drawings: OutfitOptions['drawings'] },
): Promise<void> {
  const samples = await Promise.all(
    origins.map(async (origin): Promise<Manifest> => JSON.parse(await run('manifest', 'sample', '--origin', origin))),
  )
  const [first] = samples
  const shown: readonly Modality[] = drawings === undefined ? ['pixels'] : ['pixels', 'drawings']
  const apps = samples
    .flatMap((sample) => sample.apps)
    .flatMap((app) => (pixels ? [app, { ...app, paths: ['/'], modalities: [...app.modalities, ...shown] }] : [app]))
  writeFileSync(file, JSON.stringify({ ...first, apps, signatures: [] }))
  writeFileSync(file, await run('manifest', 'sign', file))
  const named = drawings === 'agreed' ? ['--modalities', 'actions,text,structure,pixels,drawings'] : []
  await run('receipt', 'grant', '--manifest', file, '--person', 'ada', '--expires', '30d', ...named)
}

/** Answers the card when it is there. It is in a closed shadow root: by the keyboard, from its heading on. */
export async function answerCard(page: Page, answer: 'start' | 'not-now'): Promise<void> {
  await page.locator('overt-consent').waitFor({ state: 'attached' })
  await page.keyboard.press('Tab')
  if (answer === 'not-now') await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
}

/** `packages`: a folder whose files are served as they are, at `/package/`. */
async function openSite(
  html: string,
  pages: Readonly<Record<string, string>>,
  packages: string,
): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer(({ url = '/' }, response) => {
    const [, file] = /^\/package\/([\w.]+)/.exec(url) ?? []
    if (file !== undefined) return void response.end(readFileSync(join(packages, file)))
    response.setHeader('content-type', 'text/html').end(`<!doctype html><meta charset=utf-8>${pages[url] ?? html}`)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Sequence numbers of each document that are missing or there twice. */
export function faultsOf(batches: readonly Batch[]): readonly string[] {
  const seen = new Map<string, number[]>()
  for (const { producer, firstSeq, count } of batches)
    seen.set(producer, [...(seen.get(producer) ?? []), ...Array.from({ length: count }, (_, index) => firstSeq + index)])
  return [...seen].flatMap(([producer, found]) => {
    const numbers = found.toSorted((left, right) => left - right)
    return numbers.flatMap((number, index) => (number === index ? [] : [`${producer}: ${number} at ${index}`])).slice(0, 3)
  })
}
