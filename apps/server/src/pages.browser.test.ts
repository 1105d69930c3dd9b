import { existsSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

import { receiptsOf } from '@overt/data'
import { chromium, type Browser, type Frame, type Page, type Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { executablePath, flags, toolRoot, webRoot } from './browser.fixture.ts'
import { openTrial, type Trial } from './fixture.ts'

let browser: Browser
let trial: Trial
let page: Page
let faults: string[]

beforeAll(async () => {
  for (const root of [webRoot, toolRoot]) if (!existsSync(root)) throw new Error(`${root} is not there: run \`npm run build\` first`)
  browser = await chromium.launch({ ...executablePath, args: flags })
})
afterAll(() => browser.close())

beforeEach(async () => {
  trial = await openTrial('ada', { webRoot, toolRoot })
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => (message.text().includes('Content Security Policy') ? faults.push(message.text()) : undefined))
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) faults.push(`fetched ${request.url()}`)
  })
})
afterEach(async () => {
  await page.context().close()
  await trial.close()
  if (faults.length > 0) throw new Error(faults.join('\n'))
})

/** Opens the walk-through up to the consent card, whose heading has the focus. */
async function openCard(): Promise<Frame> {
  await page.goto(trial.server.signInLink('/demo'))
  const frame = await (await page.locator('iframe').elementHandle())?.contentFrame()
  if (frame === null || frame === undefined) throw new Error('the back office has no frame')
  await frame.locator('overt-consent').waitFor({ state: 'attached' })
  await page.locator('iframe').focus()
  return frame
}

async function agree(): Promise<Frame> {
  const frame = await openCard()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await frame.locator('html[data-overt-state="recording"]').waitFor({ state: 'attached' })
  return frame
}

/** What a request carries, as text. */
function textOf(request: Request): string {
  const bytes = request.postDataBuffer() ?? Buffer.alloc(0)
  return (request.headers()['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
}

const received = () => trial.server.ingest.counters().received

test('nothing is sent and nobody is enrolled before the person says yes', async () => {
  const frame = await openCard()
  await frame.locator('input[name="q"]').fill('1042')
  await page.waitForTimeout(600)
  expect(received()).toBe(0)
  expect(receiptsOf(trial.store, 'ada')).toEqual([])
})

test('"Not now" is one key press like "Start", shows a labelled sample, records nothing, and is kept', async () => {
  const frame = await openCard()
  await page.keyboard.press('Escape')
  await page.getByText('You said no, and nothing of yours is recorded.').waitFor()
  await page.getByText('not yours: a scripted colleague').waitFor()
  await page.getByRole('list', { name: 'Steps' }).getByText('never kept').waitFor()
  await frame.locator('input[name="q"]').fill('1042')
  await page.waitForTimeout(600)
  expect(received()).toBe(0)
  await page.reload()
  await page.getByText('You said no').waitFor()
  expect(await page.frameLocator('iframe').locator('overt-consent').count()).toBe(0)
  await page.getByRole('button', { name: 'Ask me again' }).click()
  await page.frameLocator('iframe').locator('overt-consent').waitFor({ state: 'attached' })
})

test('after "Start" a step is seen a moment after it was done, and a typed card number never leaves', async () => {
  const frame = await agree()
  expect(receiptsOf(trial.store, 'ada')[0]?.receipt.assurance).toBe('device')
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(textOf(request)))
  await frame.locator('tbody tr').first().locator('td').first().click()
  await frame.locator('#refund').click()
  await frame.locator('select#refund-to').selectOption('Another card')
  await frame.locator('#card-number').pressSequentially('4111111111111111')
  await frame.locator('#amount').click()
  const steps = page.getByRole('list', { name: 'Steps' })
  await steps.getByText('Card number').first().waitFor()
  await page.getByText('What left this page').click()
  await page.getByText('Card number: 4111111111111111').waitFor()
  await page.getByText('Card number: nothing').waitFor()
  const sent = bodies.join('\n')
  expect(sent.includes('Card number')).toBe(true)
  // As a person could write it; the digits of a whole body make any number.
  expect(sent).not.toMatch(/4(?:[\s.-]?1){15}/)
})

test('before a person may take over from the agent they are asked apart, and a yes and a no look alike', async () => {
  const pressed: string[] = []
  const { feed } = trial.server
  feed.onCommand(({ kind }) => void pressed.push(kind))
  await openCard()
  for (const stage of ['consent', 'task', 'colleague', 'dataset', 'training', 'agent', 'results'] as const)
    feed.publish({ kind: 'stage', stage, state: 'done' })
  feed.publish({ kind: 'correction', phase: 'asked' })
  const [yes, no] = [page.getByRole('button', { name: 'Yes, record it' }), page.getByRole('button', { name: 'No, leave it out' })]
  await yes.waitFor()
  expect(await yes.getAttribute('class')).toBe(await no.getAttribute('class'))
  await no.click()
  await yes.click()
  feed.publish({ kind: 'correction', phase: 'watching', next: { kind: 'click', name: 'Save', argument: '' } })
  await page.getByText('It waits, and would next: Click Save.').waitFor()
  await page.getByRole('button', { name: 'Take over' }).click()
  feed.publish({ kind: 'correction', phase: 'working' })
  await page.getByRole('button', { name: 'Hand back' }).click()
  feed.publish({ kind: 'stage', stage: 'correction', state: 'done' })
  feed.publish({ kind: 'correction', phase: 'over', steps: 4 })
  await page.getByText('The correction: 4 steps, recorded for learning.').waitFor()
  await expect.poll(() => pressed).toEqual(['skip', 'correct', 'take-over', 'hand-back'])
})

test('what was recorded is replayed by keys, erased, and gone', async () => {
  const frame = await agree()
  await frame.locator('tbody tr').first().locator('td').first().click()
  await frame.locator('#refund').click()
  await page.getByRole('list', { name: 'Steps' }).getByText('Refund').first().waitFor()
  await page.goto(`${trial.server.url}/mine`)
  await page.getByText('Step 1 of 2').waitFor()
  await page.keyboard.press(']')
  await page.getByText('Step 2 of 2').waitFor()
  await page.keyboard.press('[')
  await page.getByText('Step 1 of 2').waitFor()
  await page.getByRole('button', { name: 'Erase this recording' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click()
  await page.getByText('Nothing was left.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('Nothing has been recorded').waitFor()
  expect(trial.store.rows({ person: 'ada' })).toEqual([])
})

test('withdrawing takes one click, and the page that records stops', async () => {
  const frame = await agree()
  const mine = await page.context().newPage()
  await mine.goto(`${trial.server.url}/mine/agreement`)
  await mine.getByRole('button', { name: 'Stop recording me' }).click()
  await mine.getByText('Recording has stopped').waitFor()
  await mine.getByRole('button', { name: 'Keep it' }).click()
  await mine.getByText('Recording is off').waitFor()
  await frame.locator('tbody tr').first().locator('td').first().click()
  await frame.locator('html[data-overt-state="stopped"]').waitFor({ state: 'attached' })
  await mine.close()
})

test('stopping the use of what was recorded takes one click, allowing it again takes one, and the page that records stops', async () => {
  const frame = await agree()
  const mine = await page.context().newPage()
  await mine.goto(`${trial.server.url}/mine/agreement`)
  await mine.getByText('Recording is allowed').waitFor()
  await mine.getByRole('button', { name: 'Stop their use' }).click()
  await mine.getByText('Recording is off').waitFor()
  expect(trial.store.isRestricted('ada')).toBe(true)
  await frame.locator('tbody tr').first().locator('td').first().click()
  await frame.locator('html[data-overt-state="stopped"]').waitFor({ state: 'attached' })
  await mine.getByRole('button', { name: 'Allow their use again' }).click()
  await mine.getByText('Recording is allowed').waitFor()
  expect(trial.store.isRestricted('ada')).toBe(false)
})

test('the words of the law and of the machine appear nowhere in Mine', async () => {
  const frame = await agree()
  await frame.locator('tbody tr').first().locator('td').first().click()
  await page.getByRole('list', { name: 'Steps' }).getByRole('listitem').first().waitFor()
  for (const path of ['/mine', '/mine/looked', '/mine/agreement']) {
    await page.goto(trial.server.url + path)
    await page.waitForLoadState('networkidle')
    const words = (await page.locator('body').innerText()).toLowerCase()
    for (const word of ['manifest', 'receipt', 'permit', 'ledger', 'modality']) expect(words, `${word} on ${path}`).not.toContain(word)
  }
})
