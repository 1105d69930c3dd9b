import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

import { exportPrivateKey, generateKeyPair } from '@overt/privacy'
import type { Batch, Difference } from '@overt/schema'
import { type Base, decodeColumns, decodeDifference, heardBase } from '@overt/schema/words'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { overtBundle, papersFor } from '../../trial.ts'
import type { Recording, RecordingState } from '../options.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Got {
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

interface Endpoint {
  readonly url: string
  readonly got: readonly Got[]
  close(): void
}

/** A server of another origin that answers as it is told, then 200. */
async function openEndpoint(answers: readonly number[], saying = '{}', more: Readonly<Record<string, string>> = {}): Promise<Endpoint> {
  const got: Got[] = []
  const server = createServer((request, response) => {
    const cors = {
      ...more,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'overt-base',
      'access-control-allow-headers': 'authorization, content-type, content-encoding',
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      got.push({ headers: request.headers, body: request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw })
      const status = answers[got.length - 1] ?? 200
      response.writeHead(status, cors).end(status === 403 ? saying : '{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    got,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function recordTo(
  endpoint: string,
  html: string,
  deviceId?: string,
): Promise<{ page: Awaited<ReturnType<Stage['open']>>; publicKey: string; receipt: string }> {
  const pair = await generateKeyPair()
  const page = await stage.open(html, [overtBundle])
  const given = {
    ...(await papersFor(stage.origin)),
    endpoint,
    deviceKey: await exportPrivateKey(pair.privateKey),
    named: deviceId === undefined ? {} : { deviceId },
  }
  await page.evaluate(async ({ receipt, manifest, keys, endpoint: to, deviceKey, named }) => {
    const inside = globalThis as unknown as { Overt: typeof import('../index.ts'); stop: unknown; last: RecordingState }
    const decision = await inside.Overt.decide(receipt, manifest, 'ground', Date.now(), { keys })
    if (!decision.ok) throw new Error(decision.reason)
    const options = { endpoint: to, deviceKey, ...named, onState: (state: RecordingState) => void (inside.last = state) }
    inside.stop = inside.Overt.record(decision.value, options)
  }, given)
  return { page, publicKey: pair.publicKey, receipt: given.receipt.id }
}

const stop = (page: Awaited<ReturnType<Stage['open']>>): Promise<void> =>
  page.evaluate(() => (globalThis as unknown as { stop(): Promise<void> }).stop())

test("batches arrive gzipped, under a token that the device's key signed over this very body", async () => {
  const endpoint = await openEndpoint([503])
  const { page, publicKey } = await recordTo(endpoint.url, '<button>Go</button>', 'dev-1')
  await page.click('button')
  await stop(page)
  expect(endpoint.got).toHaveLength(2)
  const [first, again] = endpoint.got
  expect(again?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true)
  const [head = '', signature = ''] = (again?.headers.authorization ?? '').replace('Device ', '').split('.')
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } })
  expect(verify(null, Buffer.from(head), key, Buffer.from(signature, 'base64url'))).toBe(true)
  const token = JSON.parse(Buffer.from(head, 'base64url').toString())
  expect(token).toMatchObject({
    device: 'dev-1',
    body: createHash('sha256')
      .update(again?.body ?? '')
      .digest('hex'),
  })
  const batch: Batch = JSON.parse(String(again?.body))
  expect(batch).toMatchObject({ v: 'overt.batch/2', device: 'dev-1', person: 'ada' })
  expect(again?.headers['content-encoding']).toBe('gzip')
  await page.close()
  endpoint.close()
})

test('an endpoint and a device key are enough: the receipt names the device', async () => {
  const endpoint = await openEndpoint([])
  const { page, receipt } = await recordTo(endpoint.url, '<button>Go</button>')
  await stop(page)
  const [head = ''] = (endpoint.got[0]?.headers.authorization ?? '').replace('Device ', '').split('.')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ device: receipt })
  expect(JSON.parse(String(endpoint.got[0]?.body))).toMatchObject({ device: receipt })
  await page.close()
  endpoint.close()
})

test('a batch of a time that its person has erased is dropped and counted, and recording goes on', async () => {
  const endpoint = await openEndpoint([403], '{"code":"OVT-1365","reason":"erased"}')
  const { page } = await recordTo(endpoint.url, '<button>Go</button>')
  await page.click('button')
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBe(1)
  await page.click('button')
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBe(2)
  expect(await page.evaluate(() => (globalThis as unknown as { last: RecordingState }).last)).toMatchObject({ state: 'recording' })
  const counters = await page.evaluate(() => ({ ...(globalThis as unknown as { stop: Recording }).stop.counters }))
  expect(Object.keys(counters).join()).toContain('erased')
  await stop(page)
  await page.close()
  endpoint.close()
})

test('a server that refuses the receipt stops the recorder, and nothing more is sent', async () => {
  const endpoint = await openEndpoint([403])
  const { page } = await recordTo(endpoint.url, '<button>Go</button>')
  await page.click('button')
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { last: RecordingState }).last), { timeout: 8_000 })
    .toMatchObject({ state: 'stopped', reason: 'http.403', queued: 0 })
  await page.click('button')
  await stop(page)
  expect(endpoint.got).toHaveLength(1)
  await page.close()
  endpoint.close()
})

/** All bodies in order, and the batches that they make; a difference is held against the hash of what was recorded. */
function batchesIn(got: readonly Got[]): { readonly forms: readonly string[]; readonly batches: readonly Batch[]; readonly wrong: number } {
  const bases = new Map<string, Base>()
  const forms: string[] = []
  let wrong = 0
  const batches = got.flatMap(({ body }) => {
    const document: Batch | Difference = JSON.parse(String(body))
    const short = document.v !== 'overt.batch/2'
    forms.push(short ? 'told' : 'whole')
    const base = short ? bases.get(document.base) : undefined
    const batch = !short ? document : base === undefined ? null : decodeDifference(base, document)
    if (short && createHash('sha256').update(JSON.stringify(batch)).digest('hex').slice(0, 32) !== document.sha256) wrong += 1
    const next = batch === null ? undefined : heardBase(batch)
    if (next !== undefined) bases.set(next.batch.id, next)
    return batch === null ? [] : [batch]
  })
  return { forms, batches, wrong }
}

const remembers = { 'overt-base': '3' }
const form = `<label>Town <input></label>${Array.from({ length: 80 }, (_, at) => `<button>Order ${at}</button>`).join('')}`

test('a server that remembers a batch is told the next ones by what differs, and gets the very batches', async () => {
  const endpoint = await openEndpoint([], '{}', remembers)
  const { page } = await recordTo(endpoint.url, form)
  for (const at of [3, 5, 8]) {
    const before = endpoint.got.length
    await page.click(`button >> nth=${at}`)
    await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBeGreaterThan(before)
  }
  await stop(page)
  const { forms, batches, wrong } = batchesIn(endpoint.got)
  expect([forms[0], new Set(forms.slice(1)), wrong]).toEqual(['whole', new Set(['told']), 0])
  const clicks = batches.flatMap((batch) => decodeColumns(batch).events).filter(({ kind }) => kind === 'click')
  expect(clicks).toHaveLength(3)
  expect(batches.map(({ firstSeq, count }) => firstSeq + count).slice(0, -1)).toEqual(batches.slice(1).map(({ firstSeq }) => firstSeq))
  const [whole = 0, ...told] = endpoint.got.map(({ body }) => body.length)
  expect(Math.max(...told)).toBeLessThan(whole / 3)
  await page.close()
  endpoint.close()
})

test.each([
  ['says nothing of remembering', {}],
  ['knows differences of version 2 only', { 'overt-base': '2' }],
])('a server that %s gets whole batches only', async (_, says) => {
  const endpoint = await openEndpoint([], '{}', says)
  const { page } = await recordTo(endpoint.url, form)
  await page.click('button')
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBeGreaterThan(0)
  await page.click('button')
  await stop(page)
  expect(new Set(batchesIn(endpoint.got).forms)).toEqual(new Set(['whole']))
  await page.close()
  endpoint.close()
})

test('a server that remembers no longer is sent the same batch whole, which is counted', async () => {
  const endpoint = await openEndpoint([200, 409], '{}', remembers)
  const { page } = await recordTo(endpoint.url, form)
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBe(1)
  await page.click('button')
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBe(3)
  const counters = await page.evaluate(() => ({ ...(globalThis as unknown as { stop: Recording }).stop.counters }))
  expect(counters).toMatchObject({ 'retry.base': 1 })
  await page.click('button')
  await stop(page)
  const { forms, batches } = batchesIn(endpoint.got)
  expect(forms.slice(0, 4)).toEqual(['whole', 'told', 'whole', 'told'])
  expect(batches[1]?.id).toBe(batches[2]?.id)
  await page.close()
  endpoint.close()
})

test('a page that goes away sends what is left whole: nothing that needs another batch', async () => {
  const endpoint = await openEndpoint([], '{}', remembers)
  const next = stage.serve('/after-base', '<p>After</p>')
  const { page } = await recordTo(endpoint.url, `<a href="${next}">On</a>${form}`)
  await expect.poll(() => endpoint.got.length, { timeout: 8_000 }).toBe(1)
  await page.click('a')
  await page.waitForURL('**/after-base')
  const wholeWith = (what: string): boolean => endpoint.got.some(({ body }) => body.includes('"overt.batch/2"') && body.includes(what))
  await expect.poll(() => wholeWith('"click"'), { timeout: 8_000 }).toBe(true)
  await page.close()
  endpoint.close()
})

test('what was done just before a page goes away still leaves', async () => {
  const endpoint = await openEndpoint([])
  const next = stage.serve('/after', '<p>After</p>')
  const { page } = await recordTo(endpoint.url, `<a href="${next}">On</a>`)
  await page.click('a')
  await page.waitForURL('**/after')
  await expect.poll(() => endpoint.got.some(({ body }) => body.includes('"click"')), { timeout: 8_000 }).toBe(true)
  await page.close()
  endpoint.close()
})

test('a scroll that has not come to rest when the page goes away still leaves', async () => {
  const endpoint = await openEndpoint([])
  const next = stage.serve('/after-scroll', '<p>After</p>')
  const { page } = await recordTo(endpoint.url, '<div style="height:4000px">Long</div>')
  await page.mouse.move(300, 300)
  await page.mouse.wheel(0, 400)
  await page.waitForFunction(() => scrollY > 0)
  await page.goto(next)
  await expect.poll(() => endpoint.got.some(({ body }) => body.includes('"scroll"')), { timeout: 8_000 }).toBe(true)
  await page.close()
  endpoint.close()
})

test('a script tag records for a person who has enrolled, and says why where it does not', async () => {
  const endpoint = await openEndpoint([])
  const papers = await papersFor(stage.origin)
  const { privateKey } = await generateKeyPair()
  stage.serve('/overt.iife.js', readFileSync(overtBundle, 'utf8'), 'text/javascript')
  for (const [name, document] of Object.entries(papers)) stage.serve(`/${name}.json`, JSON.stringify(document), 'application/json')
  stage.serve('/other.json', '[]', 'application/json')
  const tag = (keys: string, deviceKey: string): string =>
    `<script src="/overt.iife.js" data-endpoint="${endpoint.url}" data-device-key="${deviceKey}" data-receipt="/receipt.json" data-manifest="/manifest.json" data-keys="${keys}"></script><button>Go</button>`
  const page = await stage.open(tag('/keys.json', await exportPrivateKey(privateKey)))
  const answer = (): Promise<unknown> =>
    page.evaluate(async () => {
      const { Overt } = globalThis as unknown as { Overt: typeof import('../script.ts') }
      const started = await Overt.fromScript
      return started?.ok === false ? started.reason : started?.ok
    })
  expect(await answer()).toBe(true)
  expect(await page.locator('overt-task').isVisible(), 'the sign with which tasks begin').toBe(true)
  await page.click('button')
  await expect.poll(() => endpoint.got.some(({ body }) => body.includes('"click"')), { timeout: 8_000 }).toBe(true)
  await page.goto(stage.serve('/refused', tag('/other.json', 'x')))
  expect(await answer()).toBe('untrusted-key')
  expect(await page.locator('overt-task').count()).toBe(0)
  await page.close()
  endpoint.close()
})
