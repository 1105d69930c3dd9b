import { Writable } from 'node:stream'

import { permitFor, receiptsOf } from '@overt/data'
import fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'

import { gate } from './access/gate.ts'
import { matrixOf } from './access/matrix.ts'
import { openPolicy } from './access/policy.ts'
import { probe } from './access/probe.ts'
import { openSessions } from './access/session.ts'
import { openDevice, openTrial, type Trial } from './fixture.ts'
import { openWatch, watchEveryMs, type Alarm } from './watch.ts'

const provider = { issuer: 'http://127.0.0.1:1', clientId: 'overt', reach: 'private', roles: {} } as const

let trial: Trial
afterEach(() => trial.close())

/** Somebody who does not exist, with work that looks like anybody's. */
async function plantCanary(): Promise<string> {
  const person = 'erin'
  trial.store.access.putCanary(person)
  const device = await openDevice(trial, person)
  await device.send(device.batch('batch-of-erin', { session: 'of-erin' }))
  return person
}

/** A read as a program with a good reason on paper would make it. */
async function read(person: string): Promise<void> {
  const decision = await permitFor(trial.store, receiptsOf(trial.store, person)[0]?.receipt.id ?? '', 'ground')
  if (!decision.ok) throw new Error(decision.reason)
  await Array.fromAsync(trial.store.batches(decision.value, { reader: 'a curious program' }))
}

const fail = (error: unknown): never => {
  throw error
}

const kindsOf = async (kind: string) => (await Array.fromAsync(trial.store.ledger.entries())).filter((entry) => entry.kind === kind)

test('a read of somebody who does not exist is, within five minutes, an entry of the ledger, a line in the log and a count, once', async () => {
  expect(watchEveryMs).toBeLessThan(300_000)
  const log: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (log.push(String(chunk)), done()) })
  trial = await openTrial('unused', { provider, watchEveryMs: 50, log: sink })
  const erin = await plantCanary()
  const ada = await openDevice(trial, 'ada')
  await ada.send(ada.batch('batch-of-ada'))
  await read('ada')
  const metrics = async () => (await fetch(`${trial.server.url}/metrics`)).text()
  await expect.poll(async () => (await kindsOf('access')).length, { timeout: 30_000 }).toBe(1)
  expect(await kindsOf('alarm')).toEqual([])
  await read(erin)
  await expect.poll(async () => (await kindsOf('alarm')).length, { timeout: 30_000 }).toBe(1)
  expect((await kindsOf('alarm'))[0]).toMatchObject({
    who: null,
    body: { what: 'canary-read', reader: 'a curious program', why: 'ground' },
  })
  await expect.poll(metrics).toMatch(/^overt_alarms_total 1$/m)
  expect(log.join('')).toContain('canary-read')
  const cookie = await trial.signIn('council')
  const { acts } = await (await fetch(`${trial.server.url}/v1/acts`, { headers: { cookie } })).json()
  expect(acts[0]).toMatchObject({ kind: 'alarm', what: { what: 'canary-read' } })
  const told: Alarm[] = []
  const again = openWatch({
    store: trial.store,
    probe: async () => [],
    tell: (alarm) => told.push(alarm),
    failed: fail,
    rules: 'other rules',
  })
  await again.look()
  await again.close()
  expect(told).toEqual([])
  expect((await kindsOf('access')).length).toBeGreaterThan(1)
})

test('a running server refuses whomever the policies refuse: its own trial of every route finds nothing open', async () => {
  trial = await openTrial('unused', { provider, watchEveryMs: 50 })
  await expect.poll(async () => (await kindsOf('access')).length, { timeout: 30_000 }).toBe(1)
  // Waits for the look that is going on.
  await trial.server.close()
  expect(await kindsOf('alarm')).toEqual([])
})

test('a route that answers past the gate, and a stream that does, are noticed', async () => {
  trial = await openTrial()
  const url = 'http://127.0.0.1:1'
  const server = fastify()
  const policy = openPolicy()
  const sessions = openSessions(() => url, Date.now)
  await server.register(async (scope) => {
    gate(scope, { policy, sessions, isStopped: () => false })
    scope.get('/v1/acts', { config: { why: 'oversee' } }, () => 'acts')
  })
  server.get('/v1/mine/sessions', () => 'everything of everyone')
  server.get('/v1/live', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200).write('a step')
  })
  const rows = matrixOf(policy, [
    { route: 'GET /v1/acts', why: 'oversee', signed: false },
    { route: 'GET /v1/mine/sessions', why: 'own', signed: false },
    { route: 'GET /v1/live', why: 'own', signed: false },
  ])
  const told: Alarm[] = []
  const watch = openWatch({
    store: trial.store,
    probe: () => probe(server, { rows, sessions, url }),
    tell: (alarm) => told.push(alarm),
    failed: fail,
    rules: '',
  })
  await watch.look()
  await watch.close()
  await server.close()
  const expected = ['visitor', 'ai-team', 'privacy', 'council', 'admin'].flatMap((caller) => [
    `${caller} GET /v1/mine/sessions`,
    `${caller} GET /v1/live`,
  ])
  expect(new Set(told.map(({ told: { open } }) => open))).toEqual(new Set(expected))
})
