import type { Batch, Event } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { overtBundle, papersFor, recordPage, startTrial } from '../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Opens a page in which recording begins before the document has anything in it. */
async function openEarly(url: string): Promise<{ page: Page; events: () => Promise<Event[]> }> {
  const batches: Batch[] = []
  const page = await stage.browser.newPage()
  await page.exposeFunction('overtSend', (batch: Batch) => void batches.push(batch))
  await page.addInitScript({ path: overtBundle })
  await page.addInitScript(
    async ({ receipt, manifest, keys }) => {
      const inside = globalThis as unknown as {
        Overt: typeof import('./index.ts')
        overtSend(batch: Batch): void
        stop: unknown
        violations: number
      }
      inside.violations = 0
      addEventListener('securitypolicyviolation', () => (inside.violations += 1))
      const decision = await inside.Overt.decide(receipt, manifest, 'ground', Date.now(), { keys })
      if (decision.ok) inside.stop = inside.Overt.record(decision.value, { send: (batch) => inside.overtSend(batch) })
    },
    await papersFor(stage.origin),
  )
  await page.goto(url)
  return {
    page,
    events: async () => {
      await page.evaluate(() => (globalThis as unknown as { stop(): Promise<void> }).stop())
      return batches.flatMap((batch) => decodeColumns(batch).events)
    },
  }
}

test('a recording that begins before the document does sees everything', async () => {
  const { page, events } = await openEarly(stage.serve('/early', '<!doctype html><title>Early</title><body><button>Go</button>'))
  await page.waitForFunction(() => document.querySelector('overt-indicator') !== null)
  await page.click('button')
  const all = await events()
  expect(all.map((event) => event.kind)).toContain('click')
  expect(all.map((event) => event.seq)).toEqual(all.map((_, index) => index))
  await page.close()
})

test('a strict content policy with Trusted Types reports nothing', async () => {
  const policy = "default-src 'none'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
  const { page, events } = await openEarly(
    stage.serve(
      '/strict',
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Strict</title><body><button>Go</button>`,
    ),
  )
  await page.waitForFunction(() => document.querySelector('overt-indicator') !== null)
  await page.click('button')
  expect((await events()).map((event) => event.kind)).toContain('click')
  expect(await page.evaluate(() => (globalThis as unknown as { violations: number }).violations)).toBe(0)
  await page.close()
})

test("a site's own word against capture holds", async () => {
  const trial = await startTrial(stage, '<meta name="overt" content="no-capture"><button>Go</button>')
  await trial.page.click('button')
  await trial.stop()
  expect(trial.batches).toEqual([])
  await trial.page.close()
})

test.each([
  ['overt;desc="no-capture"', []],
  ['db;dur=12, overt;desc="no-capture"', []],
  ['overt;desc="yes", db;desc="no-capture"', ['recorder', 'click', 'recorder']],
])('the same word in a header, %s', async (timing, kinds) => {
  const page = await stage.browser.newPage()
  const url = stage.serve('/told', '<!doctype html><title>Told</title><body><button>Go</button>')
  await page.addInitScript({ path: overtBundle })
  await page.route(url, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'server-timing': timing } })
  })
  await page.goto(url)
  const trial = await recordPage(page, await papersFor(stage.origin), { mode: 'task' })
  await page.click('button')
  await trial.stop()
  expect(trial.batches.flatMap((batch) => decodeColumns(batch).events).map(({ kind }) => kind)).toEqual(kinds)
  await page.close()
})

test('a page that overrides natives and stops every event once recording is on is recorded all the same', async () => {
  const trial = await startTrial(stage, '<button>Go</button><input aria-label=Note>')
  await trial.page.evaluate(() => {
    for (const type of ['pointerdown', 'click', 'keydown', 'input', 'focusout'])
      addEventListener(type, (event) => event.stopImmediatePropagation(), true)
    EventTarget.prototype.addEventListener = () => {
      throw new Error('mine')
    }
    Object.assign(Array.prototype, { extra: 1 })
    Object.assign(Object.prototype, { also: 2 })
  })
  await trial.page.click('button')
  await trial.page.click('input')
  await trial.page.keyboard.type('hi')
  await trial.stop()
  const events = trial.batches.flatMap((batch) => decodeColumns(batch).events)
  expect(events.map((event) => event.kind)).toEqual(['recorder', 'click', 'click', 'text', 'recorder'])
  await trial.page.close()
})

test('a tap is one click', async () => {
  const context = await stage.browser.newContext({ hasTouch: true })
  const page = await context.newPage()
  await page.addInitScript({ path: overtBundle })
  await page.goto(
    stage.serve(
      '/touch',
      '<!doctype html><meta name=viewport content="width=device-width"><body><button style="width:200px;height:80px">Go</button>',
    ),
  )
  const trial = await recordPage(page, await papersFor(stage.origin), {})
  await page.tap('button')
  await page.waitForTimeout(600)
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['click'])
  await context.close()
})
