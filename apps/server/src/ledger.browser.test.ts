import { createHash, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'

import { permitsFor } from '@overt/data'
import { redactionVersion } from '@overt/privacy'
import { beginMemory, parseVerifierKey, type Own, type Sent, type VerifierKey } from '@overt/privacy/ledger'
import { build } from 'esbuild'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { executablePath, flags, webRoot } from './browser.fixture.ts'
import { openDevice, openTrial, type Trial } from './fixture.ts'
import { checkInPage, type PageVerdict } from './ledger-page.fixture.ts'

const count = 10_000
let trial: Trial
let browser: Browser
let page: Page
let own: Own
let log: VerifierKey

beforeAll(async () => {
  trial = await openTrial('ada', { webRoot })
  const device = await openDevice(trial, 'ada')
  const batch = device.batch('')
  const sent = Array.from({ length: count }, (_, n): Sent => {
    const [id, nowEpochMs] = [`batch-${n}`, Date.now()]
    return {
      batch: id,
      device: batch.device,
      contentSha256: createHash('sha256').update(randomUUID()).digest('hex'),
      receipt: batch.receipt,
      closedAtEpochMs: nowEpochMs,
      ackedAtEpochMs: nowEpochMs,
      redaction: redactionVersion,
      beyond: [],
      unmasked: 0,
    }
  })
  for await (const permit of permitsFor(trial.store, 'ground'))
    await Promise.all(
      sent.map((one) =>
        trial.store.append(permit, Buffer.from('{}'), { ...envelope, ...one, id: one.batch, atEpochMs: one.closedAtEpochMs }),
      ),
    )
  const { receiptsOf } = await import('@overt/data')
  const receipts = receiptsOf(trial.store, 'ada').map(({ receipt }) => receipt)
  own = { receipts, withdrawn: [], devices: [batch.device], sent, erased: [], looked: [], manifests: [], stopped: [] }
  const key = await parseVerifierKey(await trial.store.ledger.verifierKey())
  if (key === undefined) throw new Error('no key')
  log = key
  browser = await chromium.launch({ ...executablePath, args: flags })
  page = await browser.newPage()
  await page.goto(trial.server.signInLink())
  await page.waitForURL('**/mine')
  await page.goto(`${trial.server.url}/mine/agreement`)
  const entryPoints = [fileURLToPath(new URL('ledger-page.fixture.ts', import.meta.url))]
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'iife', globalName: 'ledger', write: false })
  await page.evaluate(`${outputFiles[0]?.text ?? ''}; globalThis.ledger = ledger`)
})
afterAll(async () => {
  await browser.close()
  await trial.close()
})

const envelope = {
  kind: 'batch',
  form: 'overt.batch/1',
  person: 'ada',
  session: 'session-1',
  mode: 'ambient',
  origin: 'http://127.0.0.1:4999',
  events: 1,
  observations: 0,
  tasks: 0,
} as const

const inPage = async (mine: Own): Promise<PageVerdict> =>
  page.evaluate(
    ({ memory, mine: given }) =>
      (globalThis as unknown as { ledger: { checkInPage: typeof checkInPage } }).ledger.checkInPage('', memory, given),
    {
      memory: await beginMemory(log, Date.now()),
      mine,
    },
  )

test(`a browser and Node hold ${count} segment receipts against the log, by the same code and to the same end`, async () => {
  const there = await inPage(own)
  const cookie = await trial.signIn()
  const here = await checkInPage(trial.server.url, await beginMemory(log, Date.now()), own, { cookie, origin: trial.server.url })
  expect(there.findings).toEqual([])
  expect({ ...there, ms: 0 }).toEqual({ ...here, ms: 0 })
  expect(there.segments).toBe(count)
  // A machine that does much else gets another try.
  const ms = async () => (await inPage(own)).ms
  await expect.poll(ms, { timeout: 100_000 }).toBeLessThan(10_000)
  process.stdout.write(
    `${count} segment receipts: ${Math.round(there.ms)} ms in Chromium, ${Math.round(here.ms)} ms in Node (${there.size} leaves fetched and hashed, each receipt matched)\n`,
  )
})

test(`the person’s own page goes through the log of ${count} by itself`, async () => {
  const mine = await browser.newPage()
  await mine.goto(trial.server.signInLink())
  await mine.waitForURL('**/mine')
  const startedMs = performance.now()
  await mine.goto(`${trial.server.url}/mine/looked`)
  await mine.getByText(/Checked by this browser: 1\d{4} entries, 1\d{4} of them about you, nothing wrong/).waitFor({ timeout: 100_000 })
  process.stdout.write(`the person’s own page: ${Math.round(performance.now() - startedMs)} ms from its address to what it found\n`)
  await mine.close()
})

test('one that was not sent, one that is missing and one with other bytes are found among them', async () => {
  const [, , third] = own.sent
  const changed = own.sent.with(2, { ...third!, contentSha256: '00'.repeat(32) })
  const verdict = await inPage({ ...own, sent: [...changed.slice(1), { ...third!, batch: 'batch-x', ackedAtEpochMs: 1 }] })
  expect(verdict.findings.map(({ kind }) => kind).toSorted()).toEqual(['not-sent', 'not-sent', 'withheld'])
})
