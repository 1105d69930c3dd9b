import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { permitFor, receiptsOf, withdrawReceipt } from '@overt/data'
import type { Finding } from '@overt/privacy/ledger'
import { findingWords } from '@overt/privacy/tell'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { executablePath, flags, webRoot } from './browser.fixture.ts'
import { openDevice, openTrial, type Device, type Trial } from './fixture.ts'

let browser: Browser
let trial: Trial
let device: Device
let page: Page
/** A checkpoint of before. */
let first = ''

beforeAll(async () => {
  if (!existsSync(webRoot)) throw new Error(`${webRoot} is not there: run \`npm run build\` first`)
  browser = await chromium.launch({ ...executablePath, args: flags })
})
afterAll(() => browser.close())
beforeEach(async () => {
  trial = await openTrial('ada', { webRoot })
  device = await openDevice(trial, 'ada')
  if (!(await device.send(device.batch('batch-0001'))).ok) throw new Error('the batch of the fixture was refused')
  page = await (await browser.newContext({ viewport: { width: 1100, height: 700 } })).newPage()
  // The list of recordings is a look.
  await page.goto(trial.server.signInLink())
  await page.getByText(/^Step 1 of/).waitFor()
})
afterEach(async () => {
  await page.context().close()
  await trial.close()
})

/** What the person reads once the check is over. */
async function checked(): Promise<string> {
  await page.goto(`${trial.server.url}/mine/looked`)
  const part = page.getByRole('region', { name: 'Check of the log' })
  await part.getByText(/nothing wrong|not as (it|they) should be/).waitFor()
  return part.innerText()
}

const read = async (reader: string): Promise<void> => {
  const decision = await permitFor(trial.store, receiptsOf(trial.store, 'ada')[0]?.receipt.id ?? '', 'ground')
  if (!decision.ok) throw new Error(decision.reason)
  await Array.fromAsync(trial.store.batches(decision.value, { reader }))
}

interface OwnAnswer {
  readonly lines: readonly string[]
}

/** Puts a server in between that changes what the honest one says of a person's own entries. */
async function cheat(change: (lines: readonly string[]) => readonly string[]): Promise<void> {
  await page.route('**/v1/mine/ledger', async (route) => {
    const answer = await route.fetch()
    const body: OwnAnswer = await answer.json()
    await route.fulfill({ response: answer, json: { ...body, lines: change(body.lines) } })
  })
}

test('an honest server: the person reads how many entries were checked, and the next time the check goes on from there', async () => {
  const size = () => trial.store.ledger.size
  expect(await checked()).toMatch(/Checked by this browser: \d+ entries, \d+ of them about you, nothing wrong\.[\s\S]*From now on/)
  const before = size()
  await read('overt dataset build')
  const again = await checked()
  expect(again).toContain('nothing wrong')
  expect(again).toMatch(/goes on from the \d+ entries/)
  expect(size()).toBeGreaterThan(before)
  mkdirSync(join(import.meta.dirname, '../../../.cache'), { recursive: true })
  await page.screenshot({ path: join(import.meta.dirname, '../../../.cache/log-check-sound.png') })
})

test('all that a person does here is in the log, and a check after it finds nothing wrong', async () => {
  expect(await checked()).toContain('nothing wrong')
  await page.goto(`${trial.server.url}/mine/agreement`)
  await page.getByRole('button', { name: 'Stop recording me' }).click()
  await page.getByRole('button', { name: 'Erase it' }).click()
  await page.getByText('Nothing was left.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await checked()).toContain('nothing wrong')
})

test.each<[string, Finding['kind'], () => Promise<void>]>([
  ['an answer that hides a read', 'withheld', async () => cheat((lines) => lines.filter((line) => !line.includes('curious')))],
  ['an answer that changes one', 'forged-entry', async () => cheat((lines) => lines.map((line) => line.replace('curious', 'harmless')))],
  [
    'a log that was rolled back',
    'rolled-back',
    async () => {
      await page.route('**/checkpoint', (route) => route.fulfill({ contentType: 'text/plain', body: first }))
    },
  ],
  [
    'a log under another key',
    'unsigned',
    async () => {
      const [head = '', ...rest] = (await trial.store.ledger.latest()).split('\n')
      const other = rest.map((line) => (line.startsWith('— ') ? `${line.slice(0, -8)}AAAAAAA=` : line))
      await page.route('**/checkpoint', (route) => route.fulfill({ contentType: 'text/plain', body: [head, ...other].join('\n') }))
    },
  ],
  [
    'a server that has no more tiles',
    'withheld',
    async () => void (await page.route('**/tile/**', (route) => route.fulfill({ status: 404 }))),
  ],
])('%s is told in plain words with its code, and as long as it is so', async (_, kind, begin) => {
  first = await trial.store.ledger.latest()
  await read('an earlier program')
  expect(await checked()).toContain('nothing wrong')
  await read('a curious program')
  await begin()
  for (let turn = 0; turn < 2; turn += 1) {
    const told = await checked()
    expect(told).toContain('Something is not as it should be.')
    expect(told).toContain(findingWords[kind][0])
    expect(told).not.toMatch(/manifest|receipt|permit|ledger|modality/i)
  }
  if (kind === 'rolled-back') await page.screenshot({ path: join(import.meta.dirname, '../../../.cache/log-check-wrong.png') })
  await page.unrouteAll()
  expect(await checked()).toContain('nothing wrong')
})

test('a server that does not enter that the person looked, or stopped, is found by what this browser keeps', async () => {
  expect(await checked()).toContain('nothing wrong')
  // Both are answered, and neither is entered.
  const listed = await (await page.request.get(`${trial.server.url}/v1/mine/sessions`)).body()
  await page.route('**/v1/mine/sessions', (route) => route.fulfill({ contentType: 'application/json', body: listed }))
  await page.route('**/v1/mine/withdrawals', (route) => route.fulfill({ json: { withdrawn: 1 } }))
  for (let turn = 0; turn < 3; turn += 1) {
    await page.goto(`${trial.server.url}/mine`)
    await page.getByText(/^Step 1 of/).waitFor()
  }
  await page.goto(`${trial.server.url}/mine/agreement`)
  await page.getByRole('button', { name: 'Stop recording me' }).click()
  await page.getByText('Recording has stopped').waitFor()
  const told = await checked()
  expect(told).toContain(findingWords['unrecorded-read'][0])
  expect(told).toContain(findingWords['not-withdrawn'][0])
})

test('a server that does not show its log for a moment is told as such, and nothing is called right', async () => {
  expect(await checked()).toContain('nothing wrong')
  await page.route('**/checkpoint', (route) => route.fulfill({ status: 503 }))
  await page.goto(`${trial.server.url}/mine/looked`)
  await page.getByText('OVT-1697').waitFor()
  expect(await page.locator('body').innerText()).not.toContain('nothing wrong')
})

test('what is used after the person has stopped is found', async () => {
  await withdrawReceipt(trial.store, { person: 'ada' })
  expect(await checked()).toContain('nothing wrong')
  await trial.store.ledger.append('read', { what: 'batches', why: 'ground', reader: 'overt train' }, 'ada')
  const told = await checked()
  for (const said of findingWords['used-after']) expect(told).toContain(said)
})
