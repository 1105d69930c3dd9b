import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { buildDataset, datasetContext, registerModel } from '@overt/data'
import type { LiveStep, MineAgreement, MineRead, MineSession } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDevice, openTrial, readEvents, type Device, type Trial } from './fixture.ts'

let trial: Trial
let cookie: string
let own: Device
let other: Device

beforeAll(async () => {
  trial = await openTrial('ada')
  cookie = await trial.signIn()
  own = await openDevice(trial, 'ada')
  other = await openDevice(trial, 'bob')
})
afterAll(() => trial.close())

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(trial.server.url + path, { headers: { cookie } })).json()) as T
}

function post(path: string, body: object): Promise<Response> {
  const headers = { cookie, origin: trial.server.url, 'content-type': 'application/json' }
  return fetch(trial.server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

const sessions = async () => (await get<{ sessions: MineSession[] }>('/v1/mine/sessions')).sessions.map(({ session }) => session)

test('a batch that a device sent is in its person’s list, step by step', async () => {
  const answer = await own.send(own.batch('batch-0001'))
  expect([answer.status, await answer.json()]).toEqual([200, { acked: 'batch-0001', duplicate: false }])
  expect(await sessions()).toEqual(['session-1'])
  const { episodes } = await get<{ episodes: { goal: string; steps: { action: { kind: string; argument: string } }[] }[] }>(
    '/v1/mine/sessions/session-1',
  )
  expect(episodes[0]?.goal).toBe('refund it')
  expect(episodes[0]?.steps.map(({ action }) => [action.kind, action.argument])).toEqual([
    ['type', '12.50'],
    ['click', ''],
  ])
})

test('a recording says what was made of it', async () => {
  const used = async () => (await get<{ sessions: MineSession[] }>('/v1/mine/sessions')).sessions[0]?.usedIn
  expect(await used()).toEqual({ datasets: [], models: 0 })
  const hash = 'ab'.repeat(32)
  const episodes = [{ episode: 'session-1/0', person: 'ada', session: 'session-1' }]
  await datasetContext(trial.store).register({ hash, name: 'refunds', path: '/nowhere', purpose: 'ground', episodes })
  await registerModel(trial.store, { hash: 'cd'.repeat(32), path: '/nowhere.model', dataset: hash })
  expect(await used()).toEqual({ datasets: ['refunds'], models: 1 })
})

test("another person's recording can't be named, seen or erased", async () => {
  await other.send(other.batch('batch-0002', { session: 'of-bob' }))
  expect(await sessions()).not.toContain('of-bob')
  expect((await fetch(`${trial.server.url}/v1/mine/sessions/of-bob`, { headers: { cookie } })).status).toBe(404)
  const erased = await (await post('/v1/mine/erasures', { session: 'of-bob' })).json()
  expect(erased.reached.events).toBe(0)
  expect(trial.store.rows({ person: 'bob' })).toHaveLength(1)
})

test('what a person restricts stays in their list, step by step, and is used again when they say so', async () => {
  const restricted = async () => (await get<{ restricted: boolean }>('/v1/mine/restriction')).restricted
  const before = await sessions()
  const answer = await post('/v1/mine/restriction', { restricted: true })
  expect([answer.status, (await answer.json()).receipt.entries.length, await restricted()]).toEqual([200, 1, true])
  expect(await sessions()).toEqual(before)
  expect((await get<{ episodes: unknown[] }>('/v1/mine/sessions/session-1')).episodes).not.toEqual([])
  expect((await own.send(own.batch('batch-0009'))).status).toBe(403)
  expect((await other.send(other.batch('batch-0010', { session: 'of-bob-2' }))).status).toBe(200)
  expect((await post('/v1/mine/restriction', { restricted: true, person: 'bob' })).status).toBe(400)
  expect((await post('/v1/mine/restriction', { restricted: false })).status).toBe(200)
  expect([await restricted(), await sessions()]).toEqual([false, before])
})

test('what is not a batch is refused in the words of ingest, and nothing is kept', async () => {
  const before = trial.store.rows().length
  expect((await own.send('not json')).status).toBe(400)
  expect((await own.send(own.batch('batch-0003', { person: 'bob' }))).status).toBe(403)
  const large = await own.send('x'.repeat(9 * 1024 * 1024))
  expect([large.status, (await large.json()).code]).toEqual([413, expect.stringMatching(/^OVT-/)])
  expect((await fetch(`${trial.server.url}/v1/batches`, { method: 'POST', body: '{}' })).status).toBe(401)
  expect(trial.store.rows()).toHaveLength(before)
})

test('a live view shows the person’s own steps as they arrive, and nobody else’s', async () => {
  const reading = readEvents<LiveStep>(`${trial.server.url}/v1/live`, cookie, (steps) => steps.length >= 2)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await other.send(other.batch('batch-0010', { session: 'live-of-bob' }))
  await own.send(own.batch('batch-0011', { session: 'live-of-ada' }))
  const steps = await reading
  expect(new Set(steps.map(({ session }) => session))).toEqual(new Set(['live-of-ada']))
  expect(steps.map(({ step }) => step.action.kind)).toEqual(['type', 'click'])
})

test('every look is in the list of looks, and the log of them is whole', async () => {
  await get('/v1/mine/sessions/session-1')
  const { reads, log } = await get<{ reads: MineRead[]; log: { ok: boolean; size: number } }>('/v1/mine/reads')
  expect(reads[0]?.who).toBe('person')
  expect(reads.length).toBeGreaterThan(2)
  expect(log.ok).toBe(true)
})

test('whoever else read is there with name, time and purpose', async () => {
  const before = Date.now()
  const dir = mkdtempSync(join(tmpdir(), 'overt-mine-'))
  const spec = { name: 'refunds', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const
  await buildDataset(datasetContext(trial.store), spec, join(dir, 'release'))
  rmSync(dir, { recursive: true })
  const { reads } = await get<{ reads: MineRead[] }>('/v1/mine/reads')
  expect(reads[0]).toMatchObject({ who: 'dataset build refunds', why: 'ground' })
  expect(reads[0]?.atEpochMs).toBeGreaterThanOrEqual(before)
  expect(reads.filter(({ who, why }) => who === 'unnamed' || why === '')).toEqual([])
})

test('a takeout holds the receipts, the looks and every batch, and is on record itself', async () => {
  const response = await post('/v1/mine/takeout', {})
  const lines = (await response.text()).trimEnd().split('\n')
  const kinds = lines.map((line): string => JSON.parse(line).kind)
  const [first, papers] = [
    ['takeout', 'receipt', 'looked', 'batch'],
    ['agreements', 'devices', 'restriction', 'uses', 'ledger'],
  ]
  expect(new Set(kinds)).toEqual(new Set([...first, ...papers, 'closed']))
  expect(kinds.filter((kind) => kind === 'batch')).toHaveLength(trial.store.rows({ person: 'ada' }).length)
  expect(lines.join('')).not.toContain('"bob"')
  const own = await Array.fromAsync(trial.store.ledger.of('ada'))
  expect(own.filter(({ kind }) => kind === 'export')).toMatchObject([{ body: { what: 'takeout', reader: 'person', why: 'own' } }])
})

test('erasing a recording leaves the others', async () => {
  await own.send(own.batch('batch-0020', { session: 'to-erase' }))
  const erased = await (await post('/v1/mine/erasures', { session: 'to-erase' })).json()
  expect(erased.reached.events).toBe(3)
  expect(erased.left).toEqual([])
  expect(await sessions()).toContain('session-1')
  expect(await sessions()).not.toContain('to-erase')
})

test('forgetting the last minutes reaches what is younger, and not what is older', async () => {
  await own.send(own.batch('batch-0030', { session: 'just-now' }))
  await post('/v1/mine/erasures', { lastMs: 300_000 })
  expect(await sessions()).toEqual([])
})

test('after a withdrawal nothing more is taken, and what is left can only be erased', async () => {
  const late = await openDevice(trial, 'ada')
  await late.send(late.batch('batch-0040', { session: 'before-the-end' }))
  const { agreements } = await get<{ agreements: MineAgreement[] }>('/v1/mine/agreements')
  for (const { id } of agreements) expect((await post('/v1/mine/withdrawals', { id })).status).toBe(200)
  expect((await late.send(late.batch('batch-0041'))).status).toBe(403)
  const states = await get<{ agreements: MineAgreement[] }>('/v1/mine/agreements')
  expect(new Set(states.agreements.map(({ state }) => state))).toEqual(new Set(['ended']))
  const left = await get<{ sessions: MineSession[]; closed: number }>('/v1/mine/sessions')
  expect([left.sessions, left.closed]).toEqual([[], 1])
  expect((await post('/v1/mine/withdrawals', { id: 'someone-elses' })).status).toBe(404)
  await post('/v1/mine/erasures', { all: true })
  expect((await get<{ closed: number }>('/v1/mine/sessions')).closed).toBe(0)
})
