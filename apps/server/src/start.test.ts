import { ingestRefusals, openStore, withdrawReceipt } from '@overt/data'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { enrolFor, openTrial, pages, rawRequest, type Trial } from './fixture.ts'
import { pagePaths } from './routes/pages.ts'
import { startServer } from './start.ts'

let trial: Trial

beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.close())

const at = (path: string) => trial.server.url + path
const post = (path: string, headers: Record<string, string>, body: object = {}) =>
  fetch(at(path), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })

test('a sign-in link works once and gives a cookie that no script reads and no other site sends', async () => {
  const link = trial.server.signInLink('/demo')
  const first = await fetch(link)
  expect(first.headers.get('set-cookie')).toMatch(/^overt_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\//)
  expect(await first.text()).toContain('url=/demo')
  const second = await fetch(link)
  expect(second.status).toBe(401)
  expect(await second.json()).toMatchObject({ code: 'OVT-1613', reason: 'link-used' })
})

test('without a sign-in there is nothing of anybody', async () => {
  for (const path of ['/v1/mine/sessions', '/v1/mine/reads', '/v1/mine/agreements', '/v1/live', '/v1/demo/events'])
    expect((await fetch(at(path))).status, path).toBe(401)
})

test('signing out ends the session', async () => {
  const cookie = await trial.signIn()
  expect((await fetch(at('/v1/mine/sessions'), { headers: { cookie } })).status).toBe(200)
  await post('/v1/sign-out', { cookie, origin: trial.server.url })
  expect((await fetch(at('/v1/mine/sessions'), { headers: { cookie } })).status).toBe(401)
})

test('another name for this address is answered with nothing (DNS rebinding)', async () => {
  expect(await rawRequest(at('/healthz'), { host: 'evil.example' })).toBe(421)
  expect(await rawRequest(at('/healthz'), { host: `localhost:${new URL(trial.server.url).port}` })).toBe(200)
})

test('the tool answers under loopback names only', async () => {
  expect(await rawRequest(`${trial.server.toolUrl}/`, { host: 'evil.example' })).toBe(421)
  expect(await (await fetch(`${trial.server.toolUrl}/overt.json`)).json()).toEqual({ server: trial.server.url })
})

test("a request that changes something must come from the server's own page", async () => {
  const cookie = await trial.signIn()
  for (const origin of ['https://evil.example', 'null', trial.server.toolUrl ?? '']) {
    const refused = await post('/v1/mine/erasures', { cookie, origin }, { all: true })
    expect(refused.status, origin).toBe(403)
  }
  expect((await post('/v1/mine/erasures', { cookie }, { all: true })).status).toBe(403)
  expect((await post('/v1/mine/erasures', { cookie, origin: trial.server.url }, { all: true })).status).toBe(200)
})

test('the recorded page may send batches from its origin, and read nothing', async () => {
  const origin = trial.server.toolUrl ?? ''
  const preflight = await fetch(at('/v1/batches'), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
  const elsewhere = await fetch(at('/v1/batches'), { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
  expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull()
  const mine = await fetch(at('/v1/mine/sessions'), { headers: { origin } })
  expect(mine.headers.get('access-control-allow-origin')).toBeNull()
})

test('a page that somebody’s device records may send batches and do nothing else, also once its person has withdrawn', async () => {
  const origin = 'http://127.0.0.1:4998'
  const ask = (path: string, from = origin, method = 'OPTIONS') => fetch(at(path), { method, headers: { origin: from } })
  expect((await ask('/v1/batches')).status).toBe(403)
  const { receipt } = await enrolFor(trial, 'ada', origin)
  const preflight = await ask('/v1/batches')
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type, content-encoding')
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  for (const path of ['/v1/devices', '/v1/enrolments', '/v1/mine/erasures', '/v1/demo/commands', '/v1/sign-out'])
    expect((await ask(path)).status, path).toBe(403)
  expect((await ask('/v1/consent', origin, 'GET')).headers.get('access-control-allow-origin')).toBeNull()
  for (const other of ['http://127.0.0.1:4997', 'http://localhost:4998', 'null'])
    expect((await ask('/v1/batches', other)).status, other).toBe(403)
  await withdrawReceipt(trial.store, { id: receipt.id })
  const late = await ask('/v1/batches', origin, 'POST')
  expect([late.status, late.headers.get('access-control-allow-origin')]).toEqual([401, origin])
})

test('every answer forbids foreign scripts, framing and sniffing', async () => {
  const { headers } = await fetch(at('/mine'))
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('content-security-policy')).toContain(`frame-src ${trial.server.toolUrl}`)
  expect(headers.get('content-security-policy')).not.toContain('unsafe')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
})

test('pages of the web app are served under their doors, assets for good, and nothing else', async () => {
  expect(await (await fetch(at('/mine/looked'))).text()).toContain('<title>mine')
  expect(await (await fetch(at('/demo'))).text()).toContain('<title>demo')
  expect((await fetch(at('/assets/a.js'))).headers.get('cache-control')).toContain('immutable')
  expect((await fetch(at('/assets/../mine.html'))).status).toBe(404)
  expect(await (await fetch(at('/nothing'))).json()).toMatchObject({ code: 'OVT-1614' })
})

test('bad requests are answered with a code and never with a stack', async () => {
  const cookie = await trial.signIn()
  const headers = { cookie, origin: trial.server.url }
  const broken = await fetch(at('/v1/mine/erasures'), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{',
  })
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ code: 'OVT-1615' })
  for (const body of [{}, { session: 'x', person: 'bob' }, { lastMs: -1 }, { all: false }])
    expect((await post('/v1/mine/erasures', headers, body)).status, JSON.stringify(body)).toBe(400)
  const large = await post('/v1/demo/commands', headers, { kind: 'x'.repeat(2_000_000) })
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ code: 'OVT-1616' })
})

test('health, readiness and counters, none of them about a person', async () => {
  expect(await (await fetch(at('/healthz'))).json()).toEqual({ ok: true })
  expect((await fetch(at('/readyz'))).status).toBe(200)
  const metrics = await (await fetch(at('/metrics'))).text()
  expect(metrics).toMatch(/^overt_batches_received_total \d+$/m)
  expect(metrics).toMatch(/^# TYPE overt_batches_received_total counter$/m)
  expect(metrics).toMatch(/^# TYPE overt_batches_inflight gauge\novert_batches_inflight 0$/m)
  for (const name of ['unsigned', 'unforgotten'])
    expect(metrics).toMatch(new RegExp(`^# TYPE overt_ledger_${name} gauge\\novert_ledger_${name} 0$`, 'm'))
  for (const [, name = '', type] of metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm))
    expect(type, name).toBe(name.endsWith('_total') ? 'counter' : 'gauge')
  expect(metrics).not.toMatch(/ada|dev-|person=|device=/)
})

describe('the description of the server', () => {
  interface Described {
    readonly requestBody?: { readonly required: boolean; readonly content: object }
    readonly responses: Readonly<Record<string, { readonly description: string }>>
    readonly security?: readonly object[]
  }
  interface Description {
    readonly openapi: string
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
    readonly components: {
      readonly schemas: object
      readonly securitySchemes: { readonly cookie: { readonly name: string } }
    }
  }
  let description: Description
  beforeAll(async () => {
    description = await (await fetch(at('/openapi.json'))).json()
  })

  test('holds every route that is registered but the pages, and no other', () => {
    const told = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const served = trial.server.routes.filter(({ method, url }) => method !== 'HEAD' && !pagePaths.has(url))
    expect(told.length).toBeGreaterThan(15)
    expect(new Set(told)).toEqual(new Set(served.map(({ method, url }) => `${method} ${url.replace('/tile/*', '/tile/:tile')}`)))
  })

  test('names only schemas that it has, and those that a body is checked with', () => {
    expect(description.openapi).toBe('3.1.0')
    const used = [...JSON.stringify(description).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(Object.keys(description.components.schemas)))
    for (const path of ['/v1/batches', '/v1/devices', '/v1/mine/erasures', '/v1/mine/withdrawals', '/v1/demo/commands'])
      expect(description.paths[path]?.['post']?.requestBody?.required, path).toBe(true)
  })

  test('says in which ways a batch is refused', () => {
    const { responses } = description.paths['/v1/batches']?.['post'] ?? { responses: {} }
    for (const status of ['200', '400', '401', '403', '409', '413', '429', '503']) expect(responses).toHaveProperty([status])
    for (const [reason, { status }] of Object.entries(ingestRefusals)) expect(responses[status]?.description).toContain(reason)
  })

  test('names the cookie of this very port, and what needs it', async () => {
    const cookie = await trial.signIn()
    expect(cookie).toContain(`${description.components.securitySchemes.cookie.name}=`)
    for (const [path, { get }] of Object.entries(description.paths)) {
      if (get === undefined || path.includes('{')) continue
      expect((await fetch(at(path), { redirect: 'manual' })).status === 401, path).toBe(get.security !== undefined || path === '/sign-in')
    }
  })
})

test('a taken port says so, with what to do', async () => {
  const port = Number(new URL(trial.server.url).port)
  const root = mkdtempSync(join(tmpdir(), 'overt-port-'))
  await expect(startServer({ store: trial.store, person: 'ada', webRoot: root, port })).rejects.toMatchObject({
    code: 'OVT-1604',
    exitCode: 3,
  })
  const other = await openTrial()
  await expect(startServer({ store: other.store, person: 'ada', webRoot: pages(root), port })).rejects.toMatchObject({
    code: 'OVT-1601',
    exitCode: 3,
    message: expect.stringContaining(String(port)),
    remedy: expect.stringContaining('--port'),
  })
  await other.close()
  rmSync(root, { recursive: true })
})

test('after closing, the port is free again and open streams have ended', async () => {
  const other = await openTrial()
  const { url } = other.server
  const stream = await fetch(`${url}/v1/demo/events`, { headers: { cookie: await other.signIn() } })
  await other.close()
  expect(await stream.text()).toContain(':')
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
  const root = mkdtempSync(join(tmpdir(), 'overt-port-'))
  const store = await openStore(join(root, 'data'))
  const again = await startServer({ store, person: 'ada', webRoot: pages(root), port: Number(new URL(url).port) })
  await again.close()
  await store.close()
  rmSync(root, { recursive: true })
})
