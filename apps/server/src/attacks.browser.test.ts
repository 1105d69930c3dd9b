import { existsSync } from 'node:fs'

import { permitFor, receiptsOf } from '@overt/data'
import type { Event, Observation } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { executablePath, flags, webRoot } from './browser.fixture.ts'
import { openDevice, openTrial, workOrigin, type Trial } from './fixture.ts'

let browser: Browser
let trial: Trial

beforeAll(async () => {
  if (!existsSync(webRoot)) throw new Error(`${webRoot} is not there: run \`npm run build\` first`)
  browser = await chromium.launch({ ...executablePath, args: flags })
  trial = await openTrial('ada', { webRoot })
})
afterAll(async () => {
  await browser.close()
  await trial.close()
})

const texts = [
  '<script>ran=1</script>',
  '</title></script><img src=x onerror="ran=1">',
  '<svg onload=ran=1>',
  '"><iframe srcdoc="<script>parent.ran=1</script>">',
  '{{constructor.constructor("ran=1")()}}',
  // oxlint-disable-next-line no-script-url -- it is what is tried
  'javascript:ran=1',
  '=cmd|calc!A1',
] as const

const empty = { inputType: '', value: '', states: [], options: [], look: '', keys: '', parent: -1 }

/** A page and what was done in it, with one text in every place that a person, or a page, may fill. */
function workOf(text: string, at: number): ReturnType<typeof encodeColumns> {
  const observation: Observation = {
    id: 0,
    url: `${workOrigin}/orders`,
    title: text,
    viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: [
      { ...empty, id: 1, tag: 'button', role: 'button', name: text, box: [10, 10, 200, 30] },
      { ...empty, id: 2, tag: 'select', role: 'combobox', name: text, value: text, options: [text], box: [10, 60, 200, 30] },
      { ...empty, id: 3, tag: 'input', inputType: 'text', role: 'textbox', name: text, value: text, box: [10, 110, 200, 30] },
    ],
  }
  const base = { gap: 0, observation: 0 }
  const task = { template: '', seed: `${at}`, outcome: 'unknown', by: 'none' } as const
  const events: readonly Event[] = [
    { kind: 'task', seq: 0, ...base, node: -1, phase: 'start', goal: text, ...task },
    { kind: 'click', seq: 1, ...base, node: 1, button: 0, count: 1, modifiers: '', x: 20, y: 20, cause: 'pointer' },
    { kind: 'text', seq: 2, ...base, node: 3, before: '', after: text, cause: 'typed', secret: false },
    { kind: 'select', seq: 3, ...base, node: 2, before: '', after: text, cause: 'pointer' },
  ]
  return encodeColumns(events, [observation])
}

test('attack 5: markup in titles, task names, labels, typed text and readers’ names is shown as text in every page of a person’s own', async () => {
  const device = await openDevice(trial, 'ada')
  for (const [at, text] of texts.entries()) {
    const change = { ...workOf(text, at), session: `session-${at}`, mode: 'task' } as const
    expect((await device.send(device.batch(`batch-000${at}`, change))).status, text).toBe(200)
  }
  const decision = await permitFor(trial.store, receiptsOf(trial.store, 'ada')[0]?.receipt.id ?? '', 'ground')
  if (!decision.ok) throw new Error(decision.reason)
  for (const reader of texts) await Array.fromAsync(trial.store.batches(decision.value, { reader }))
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('console', (message) => (message.text().includes('Content Security Policy') ? faults.push(message.text()) : undefined))
  page.on('dialog', (dialog) => (faults.push(dialog.message()), void dialog.dismiss()))
  page.on('request', (request) => {
    if (!request.url().startsWith(trial.server.url) && !/^(data|blob):/.test(request.url())) faults.push(request.url())
  })
  await page.goto(trial.server.signInLink())
  await page.waitForURL('**/mine')
  const shown: string[] = []
  const look = async (): Promise<void> => {
    shown.push(await page.locator('body').innerText(), await page.title())
    const state = await page.evaluate(() => {
      const named = (selector: string): number => document.querySelectorAll(selector).length
      return {
        ran: Reflect.get(globalThis, 'ran') ?? null,
        strange: named('body script:not([src]), iframe, object, embed, [onerror], [onload]'),
      }
    })
    expect(state).toEqual({ ran: null, strange: 0 })
  }
  for (const at of texts.keys()) {
    await page.goto(`${trial.server.url}/mine?recording=session-${at}`)
    await page.getByText(/^Step 1 of/).waitFor()
    for (const key of [']', ']']) {
      await look()
      await page.keyboard.press(key)
    }
    await look()
  }
  await page.goto(`${trial.server.url}/mine/looked`)
  await page.getByRole('cell').first().waitFor()
  await look()
  await page.goto(`${trial.server.url}/mine/agreement`)
  await page.getByText('On', { exact: true }).waitFor()
  await look()
  expect(faults).toEqual([])
  // They were there, as they are.
  for (const text of texts) expect(shown.join('\n')).toContain(text)
  await page.close()
})
