import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { served } from '../assemble.ts'
import { nowhere, openDevice, openTrial, type Device, type Trial } from '../fixture.ts'
import { gate } from './gate.ts'
import { callers, matrixOf, matrixPage, type Caller, type MatrixRow } from './matrix.ts'
import { openPolicy } from './policy.ts'
import { openSessions } from './session.ts'

/** Everything that a server can have is switched on: what is not served is not in the matrix. */
const provider = { issuer: 'http://127.0.0.1:1', clientId: 'overt', reach: 'private', roles: {} } as const
/** Words with which the gate or the ingest refuse a caller; any other answer comes from the route itself. */
const turnedAway = new Set(['signed-out', 'not-allowed', 'step-up', 'stopped', 'token'])

let trial: Trial
let device: Device
let rows: readonly MatrixRow[]

beforeAll(async () => {
  trial = await openTrial('ada', { provider, log: nowhere() })
  device = await openDevice(trial, 'ada')
  rows = rowsOf(trial)
})
afterAll(() => trial.close())

function rowsOf({ server }: Trial): readonly MatrixRow[] {
  return matrixOf(server.policy, served(server.routes))
}

/** Calls a route as it is called by a caller; '' where the route itself answered. */
async function refusalOf({ route, signed }: MatrixRow, caller: Caller): Promise<string> {
  const [method = '', path = ''] = route.split(' ')
  const url = `${path.replace('{session}', 'nothing').replace('*', 'nothing')}?purpose=ground`
  if (caller === 'device' && signed) return reasonOf(await device.send({}, path))
  const cookie = caller === 'visitor' || caller === 'device' ? '' : await trial.signIn(caller)
  const headers = { cookie, origin: trial.server.url, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }
  const ending = new AbortController()
  const asked = { method, headers, redirect: 'manual', signal: ending.signal, ...(method === 'POST' ? { body: '{}' } : {}) } as const
  const response = await fetch(trial.server.url + url, asked)
  const reason = response.status === 401 || response.status === 403 ? await reasonOf(response) : ''
  ending.abort()
  return reason
}

async function reasonOf(response: Response): Promise<string> {
  const { reason = '' } = (await response.json()) as { reason?: string } // as: every refusal has one
  return turnedAway.has(reason) ? reason : ''
}

test('every route of the router is in the policies, and the policies know no other', () => {
  const served = rows.map(({ route }) => route)
  expect(new Set(served)).toEqual(new Set(trial.server.policy.routes))
  expect(served.length).toBeGreaterThan(30)
})

test('the page says what the router and the policies say', async () => {
  await expect(matrixPage(rows)).toMatchFileSnapshot('../../../../docs/route-matrix.md')
})

describe('a running server does what the matrix says', () => {
  for (const caller of callers)
    test(`called by ${caller}`, async () => {
      const answered = await Promise.all(rows.map(async (row) => [row.route, await refusalOf(row, caller)] as const))
      const expected = rows.map(({ route, cells }) => [route, { yes: 'answered', passkey: 'step-up', '-': 'refused' }[cells[caller]]])
      expect(answered.map(([route, reason]) => [route, wordOf(reason)])).toEqual(expected)
    })
})

function wordOf(reason: string): string {
  if (reason === '' || reason === 'step-up') return reason === '' ? 'answered' : 'step-up'
  return 'refused'
}

test('no role but the person reaches what is a person’s own, and none reaches anything by being several at once', () => {
  const own = rows.filter(({ route }) => /\/v1\/(mine|live|enrolments)/.test(route))
  expect(own.length).toBeGreaterThan(7)
  for (const { route, cells } of own)
    for (const caller of ['visitor', 'device', 'ai-team', 'privacy', 'council', 'admin'] as const)
      expect(cells[caller], `${caller} ${route}`).toBe('-')
  const all = { roles: ['ai-team', 'privacy', 'council', 'admin'], by: 'provider' } as const
  for (const { route, why } of own)
    expect(trial.server.policy.allows({ route, who: all, purpose: why, steppedUp: true, stopped: false }), route).toBe(false)
})

test('nothing that hands out recorded work is answered without a purpose', () => {
  const who = { roles: ['person', 'ai-team', 'privacy', 'council', 'admin'], by: 'link' } as const
  const reads = rows.filter(({ whileStopped, why }) => !whileStopped && why !== 'none')
  expect(reads.length).toBeGreaterThan(4)
  for (const { route } of reads)
    expect(trial.server.policy.allows({ route, who, purpose: 'none', steppedUp: true, stopped: false }), route).toBe(false)
})

test('a route that somebody adds and lists nowhere is answered to nobody', async () => {
  const server = fastify()
  const sessions = openSessions(() => 'http://127.0.0.1:1', Date.now)
  gate(server, { policy: openPolicy(), sessions, isStopped: () => false })
  server.get('/v1/everyone', () => 'all of it')
  server.get('/healthz', () => 'well')
  expect((await server.inject('/healthz')).statusCode).toBe(200)
  expect((await server.inject('/v1/everyone')).statusCode).toBe(401)
  expect((await server.inject({ method: 'HEAD', url: '/v1/everyone' })).statusCode).toBe(401)
  await server.close()
})

test('while everything is stopped, reads and what leads to recording are refused, and erasing, withdrawing and "who looked" are not', async () => {
  const other = await openTrial('ada', { provider, log: nowhere() })
  const kept = trial
  trial = other
  await other.store.killSwitch.kill('test', 'test')
  const frozen = rows.filter(({ whileStopped }) => !whileStopped).map(({ route }) => route)
  expect(frozen).toEqual([
    'GET /v1/consent',
    'GET /v1/live',
    'GET /v1/mine/sessions',
    'GET /v1/mine/sessions/{session}',
    'GET /v1/pictures',
    'GET /v1/pictures/{picture}',
    'GET /v1/releases',
    'POST /v1/batches',
    'POST /v1/devices',
    'POST /v1/enrolments',
    'POST /v1/mine/takeout',
    'POST /v1/pictures/{picture}/destroy',
    'POST /v1/pictures/{picture}/release',
  ])
  for (const row of rows)
    for (const caller of callers.filter((one) => row.cells[one] !== '-' && one !== 'device'))
      expect(await refusalOf(row, caller), `${caller} ${row.route}`).toBe(
        row.whileStopped ? (row.cells[caller] === 'passkey' ? 'step-up' : '') : 'stopped',
      )
  trial = kept
  await other.close()
})
