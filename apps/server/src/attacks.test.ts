import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { routeOf } from './access/gate.ts'
import { openDevice, openTrial, type Device, type Trial } from './fixture.ts'

// Each test is named by its number in the list of attacks of the design's trust page.

const log: string[] = []
let trial: Trial
let ada: string
let bob: Device

beforeAll(async () => {
  const sink = new Writable({ write: (chunk, _encoding, done) => (log.push(String(chunk)), done()) })
  trial = await openTrial('ada', { log: sink })
  ada = await trial.signIn()
  bob = await openDevice(trial, 'bob')
  const own = await openDevice(trial, 'ada')
  const sent = [
    await own.send(own.batch('batch-of-ada', { session: 'of-ada' })),
    await bob.send(bob.batch('batch-of-bob', { session: 'of-bob' })),
  ]
  if (!sent.every(({ ok }) => ok)) throw new Error('a batch of the fixture was refused')
})
afterAll(() => trial.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(trial.server.url + path, { headers: { cookie: ada, ...headers }, redirect: 'manual' })
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(trial.server.url + path, {
    method: 'POST',
    headers: { cookie: ada, origin: trial.server.url, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const left = () => trial.store.rows({ person: 'bob' }).length

test('attack 15: what is another person’s is answered as what does not exist: same words, same work', async () => {
  const rows = vi.spyOn(trial.store.keys, 'rows')
  const opened = vi.spyOn(trial.store.keys, 'open')
  const work = async (path: string) => {
    const [size, counted] = [trial.store.ledger.size, rows.mock.calls.length + opened.mock.calls.length]
    const response = await get(path)
    const told = [...response.headers].filter(([name]) => name !== 'date')
    const done = [trial.store.ledger.size - size, rows.mock.calls.length + opened.mock.calls.length - counted]
    return { status: response.status, told, text: await response.text(), done }
  }
  const [foreign, missing] = [await work('/v1/mine/sessions/of-bob'), await work('/v1/mine/sessions/of-nil')]
  expect(foreign.status).toBe(404)
  expect(foreign).toEqual(missing)
  expect((await get('/v1/mine/sessions/of-ada')).status).toBe(200)
  vi.restoreAllMocks()
})

test('attack 15: erasing or withdrawing what is another person’s changes nothing and says what it says of nothing', async () => {
  const { agreements } = await (await fetch(`${trial.server.url}/v1/mine/agreements`, { headers: { cookie: await trial.signIn() } })).json()
  expect(agreements).toHaveLength(1)
  const reached = async (session: string) => (await (await post('/v1/mine/erasures', { session })).json()).reached
  expect(await reached('of-bob')).toEqual(await reached('of-nil'))
  const receipt = bob.batch('any').receipt
  const [foreign, missing] = [await post('/v1/mine/withdrawals', { id: receipt }), await post('/v1/mine/withdrawals', { id: 'none' })]
  expect([foreign.status, await foreign.text()]).toEqual([missing.status, await missing.text()])
  expect(left()).toBe(1)
  expect((await bob.send(bob.batch('batch-of-bob-2', { session: 'of-bob' }))).status).toBe(200)
})

test('attack 15: neither takes noticeably longer', { timeout: 200_000 }, async () => {
  const turns = 40
  const cpuOf = async (session: string): Promise<number> => {
    const begun = process.cpuUsage()
    await (await get(`/v1/mine/sessions/${session}`)).text()
    const { user, system } = process.cpuUsage(begun)
    return user + system
  }
  // In time of the processor, which a busy machine does not stretch; interleaved, so that whatever else runs falls on both.
  const ratioOf = async () => {
    const spent = { foreign: 0, missing: 0 }
    for (let turn = 0; turn < turns; turn += 1) {
      spent.foreign += await cpuOf('of-bob')
      spent.missing += await cpuOf('of-nil')
    }
    return spent.foreign / spent.missing
  }
  await expect.poll(async () => Math.abs(Math.log(await ratioOf())), { timeout: 180_000, interval: 10 }).toBeLessThan(Math.log(1.25))
})

const injections = [
  "' OR '1'='1",
  "of-bob' --",
  "x'; DROP TABLE records; --",
  '" OR person="bob',
  "x' UNION SELECT * FROM devices --",
  'of-bob\0',
  '%',
]

test('attack 17: text that is SQL is text, in every place where a caller can write', async () => {
  for (const text of injections) {
    const encoded = encodeURIComponent(text)
    expect((await get(`/v1/mine/sessions/${encoded}`)).status, text).toBe(404)
    expect((await (await post('/v1/mine/erasures', { session: text })).json()).reached.events, text).toBe(0)
    expect((await post('/v1/mine/withdrawals', { id: text })).status, text).toBe(404)
    const trainer = { cookie: await trial.signIn('ai-team') }
    expect((await get(`/v1/releases?purpose=${encoded}`, trainer)).status, text).toBe(403)
    expect((await get(`/v1/releases?purpose=ground&sort=${encoded}&filter=${encoded}`, trainer)).status, text).toBe(200)
    expect((await bob.send(bob.batch('batch-of-bob-x', { session: text }))).status, text).toBe(400)
  }
  expect(left()).toBe(2)
})

test('attack 17: no statement is put together from what a caller sent', () => {
  const source = join(import.meta.dirname, '../../../packages/data/src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  const built = files.flatMap((file) =>
    readFileSync(join(source, file), 'utf8')
      .split('\n')
      .filter((line) => /\b(SELECT|INSERT|UPDATE|DELETE|WHERE|CREATE|DROP)\b/.test(line))
      .flatMap((line) => [...line.matchAll(/\$\{([^}]*)\}/g)].map(([, inside = '']) => `${file}: ${inside}`)),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(built.toSorted()).toMatchInlineSnapshot(`
    [
      "store/control.ts: datasets",
      "store/control.ts: models",
      "store/key-rows.ts: columns",
      "store/key-rows.ts: columns",
      "store/key-rows.ts: wanted.length === 0 ? '' : \`WHERE \${wanted.join(' AND ')",
    ]
  `)
})

test('attack 22: no request that changes something is taken from another site, from no site, or from a frame without one', async () => {
  const changing = trial.server.routes.filter(({ method, url }) => method === 'POST' && url.startsWith('/v1/'))
  expect(changing.length).toBeGreaterThan(12)
  for (const { method, url } of changing)
    for (const origin of [
      'https://evil.example',
      'null',
      trial.server.url.replace('127.0.0.1', '127.0.0.1.evil.example'),
      `${trial.server.url}.evil.example`,
    ]) {
      const refused = await post(url, {}, { origin })
      expect([refused.status, (await refused.json()).reason], `${routeOf(method, url)} ${origin}`).toEqual([403, 'wrong-origin'])
      expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    }
})

test('attack 22: a form of another site can’t speak JSON, and a method in disguise is none', async () => {
  const own = { origin: trial.server.url }
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const headers = { cookie: ada, ...own, 'content-type': type }
    const sent = await fetch(`${trial.server.url}/v1/mine/erasures`, { method: 'POST', headers, body: '{"all":true}' })
    expect(sent.status, type).toBe(400)
  }
  expect((await get('/v1/mine/erasures?all=true')).status).toBe(404)
  expect((await get('/v1/mine/sessions', { ...own, 'x-http-method-override': 'POST' })).status).toBe(200)
  expect(trial.store.rows({ person: 'ada' })).toHaveLength(1)
})

test('attack 22: nothing of ours is shown inside a frame, and the tool with the consent card inside ours alone', async () => {
  for (const { method, url } of trial.server.routes.filter(({ method: one }) => one === 'GET')) {
    if (url === '/v1/live' || url === '/v1/demo/events') continue
    const { headers } = await get(url.replace(':session', 'of-ada').replace('*', 'a.js'))
    expect([headers.get('x-frame-options'), headers.get('content-security-policy')], routeOf(method, url)).toEqual([
      'DENY',
      expect.stringContaining("frame-ancestors 'none'"),
    ])
  }
  const tool = await fetch(`${trial.server.toolUrl}/`)
  expect(tool.headers.get('content-security-policy')).toContain(`frame-ancestors ${trial.server.url};`)
})

const secret = 'a-secret-that-must-not-be-logged'

test('attack 46: a log line is one line, whatever was sent, and holds no secret', async () => {
  log.length = 0
  const forged = 'x\r\n{"level":60,"msg":"forged"}\u001b[31m\u2028'
  const failing = vi.spyOn(trial.store, 'sessions').mockRejectedValue(new Error(`failed at ${forged}`))
  const headers = { authorization: `Device ${secret}`, 'user-agent': 'x{"msg":"forged"}', 'x-forwarded-for': '1.2.3.4' }
  expect((await get(`/v1/mine/sessions?token=${secret}&x=${encodeURIComponent(forged)}`, headers)).status).toBe(500)
  failing.mockRestore()
  await get(`/sign-in?token=${secret}`)
  await get(`/v1/mine/sessions/${encodeURIComponent(forged)}?${secret}`, headers)
  await post('/v1/mine/erasures', { session: secret, person: 'bob' })
  await bob.send(`{"secret":"${secret}`)
  await post('/v1/devices', { token: secret, publicKey: secret, receipt: {} })
  const text = log.join('')
  const lines = text.split('\n').filter((line) => line !== '')
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 50, msg: 'a request failed' })
  // oxlint-disable-next-line no-control-regex -- those are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028]/)
  for (const word of [secret, ada.split('=')[1] ?? '-', 'of-bob', 'Device']) expect(text).not.toContain(word)
})
