import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

const built = join(import.meta.dirname, '../apps/extension/dist/chrome-mv3')
let outfit: Outfit
let page: Page

beforeAll(async () => {
  outfit = await openOutfit('<h1>Orders</h1><button>Refund</button>')
  await outfit.agree()
  page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await page.click('button')
})
afterAll(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

test('attack 24: a page that is recorded loads no file of the extension, nor shows one of its pages', async () => {
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
  expect(files).toEqual(expect.arrayContaining(['manifest.json', 'popup.html', 'options.html']))
  const got = await page.evaluate(
    async ([id, names]) => {
      const answers: string[] = []
      for (const name of names) {
        const url = `chrome-extension://${id}/${name}`
        await fetch(url, { mode: 'no-cors' }).then(
          () => answers.push(`fetched ${name}`),
          () => {},
        )
        if (!name.endsWith('.js')) continue
        await new Promise<void>((done) => {
          const script = document.createElement('script')
          script.addEventListener('load', () => (answers.push(`ran ${name}`), done()))
          script.addEventListener('error', () => done())
          script.src = url
          document.head.append(script)
        })
      }
      const frame = document.createElement('iframe')
      frame.src = `chrome-extension://${id}/popup.html`
      const shown = new Promise((done) => frame.addEventListener('load', done, { once: true }))
      document.body.append(frame)
      await Promise.race([shown, new Promise((done) => setTimeout(done, 3_000))])
      return answers
    },
    [outfit.id, files] as const,
  )
  expect(got).toEqual([])
  const framed = page.frames().filter((frame) => frame !== page.mainFrame())
  expect(framed).toHaveLength(1)
  // The browser's own page of an error stands there.
  expect(framed.map((frame) => frame.url())).toEqual(['chrome-error://chromewebdata/'])
})

test('attack 24: its scripts can ask the extension for nothing, and hear, see and keep nothing of it', async () => {
  const before = await standing()
  const seen = await page.evaluate(async (id) => {
    interface Talk {
      readonly runtime?: {
        sendMessage?(id: string, message: object, answer: (value: unknown) => void): void
        connect?(id: string): { onMessage: { addListener(hear: (message: unknown) => void): void } }
      }
      readonly storage?: unknown
    }
    const heard: unknown[] = []
    for (const kind of ['message', 'overt', 'overt-state', 'overt-batch']) addEventListener(kind, (event) => heard.push(event.type))
    const { chrome } = globalThis as unknown as { chrome?: Talk } // as: what the browser puts into a page
    for (const kind of ['standing', 'keys', 'forget', 'pause', 'batch'])
      for (const ask of [
        () => chrome?.runtime?.sendMessage?.(id, { kind }, (value) => value !== undefined && heard.push(value)),
        () => chrome?.runtime?.connect?.(id).onMessage.addListener((message) => heard.push(message)),
      ])
        await Promise.resolve().then(ask, () => undefined)
    for (const target of [window, document])
      for (const kind of ['standing', 'pause', 'keys']) {
        target.dispatchEvent(new CustomEvent('overt', { detail: { kind } }))
        window.postMessage({ kind, overt: true }, '*')
      }
    document.querySelector('button')?.click()
    await new Promise((done) => setTimeout(done, 1_500))
    const sign = document.querySelector('overt-indicator')
    return {
      heard: heard.filter((one) => one !== 'message' && one !== 'overt'),
      storage: chrome?.storage ?? null,
      root: sign?.shadowRoot ?? null,
      told: sign?.getAttributeNames().filter((name) => !['style', 'popover', 'data-overt-ignore'].includes(name)) ?? [],
      kept: [await indexedDB.databases(), Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, await caches.keys()],
      ours: Object.getOwnPropertyNames(window).filter((name) => /overt|wxt/i.test(name)),
    }
  }, outfit.id)
  expect(seen).toEqual({ heard: [], storage: null, root: null, told: [], kept: [[], [], [], '', []], ours: [] })
  // Nor does it do anything: a pause that a page asks for is none.
  expect(before).toMatchObject({ state: 'on', siteOn: true })
  expect(await standing()).toMatchObject({ state: 'on', siteOn: true, pausedUntilEpochMs: before.pausedUntilEpochMs })
})
