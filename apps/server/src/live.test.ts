import type { LiveStep } from '@overt/schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { openDevice, openTrial, type Trial } from './fixture.ts'

const hourMs = 3_600_000
let trial: Trial
let behindMs: number

beforeEach(async () => {
  behindMs = 0
  trial = await openTrial('ada', {}, () => Date.now() - behindMs)
})
afterEach(() => trial.close())

/** A live view: the steps that came so far, and whether the server has ended it. */
async function openView(cookie: string): Promise<{ readonly steps: () => readonly LiveStep[]; readonly ended: Promise<void> }> {
  const response = await fetch(`${trial.server.url}/v1/live`, { headers: { cookie } })
  const decoder = new TextDecoder()
  let text = ''
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  const blocks = () => text.split('\n\n').filter((block) => block.startsWith('data: '))
  const steps = () => blocks().map((block) => JSON.parse(block.slice(6)) as LiveStep) // as: our own server's stream
  return { steps, ended: read() }
}

async function record(session: string): Promise<void> {
  const device = await openDevice(trial, 'ada')
  expect((await device.send(device.batch(`batch-of-${session}`, { session }))).status).toBe(200)
}

test('a live view ends the moment its session is signed out, and nothing recorded after that is in it', async () => {
  const cookie = await trial.signIn()
  const [view, other] = [await openView(cookie), await openView(await trial.signIn())]
  await record('live-1')
  await vi.waitFor(() => expect(view.steps()).toHaveLength(2), 10_000)
  const headers = { cookie, origin: trial.server.url }
  expect((await fetch(`${trial.server.url}/v1/sign-out`, { method: 'POST', headers })).status).toBe(204)
  await view.ended
  await record('live-2')
  await vi.waitFor(() => expect(other.steps()).toHaveLength(4), 10_000)
  expect(view.steps()).toHaveLength(2)
})

test('a live view ends where its browser signs in as somebody else', async () => {
  const cookie = await trial.signIn()
  const view = await openView(cookie)
  const eve = { id: 'eve', person: 'eve', roles: ['person'], by: 'link' } as const
  expect((await fetch(trial.server.signInLink('/mine', eve), { headers: { cookie } })).status).toBe(200)
  await view.ended
})

test('a live view of a session that has expired ends in place of what it would have shown', async () => {
  behindMs = 13 * hourMs
  const view = await openView(await trial.signIn())
  behindMs = 0
  await record('live-1')
  await view.ended
  expect(view.steps()).toEqual([])
})

test('a live view goes on after an erasure, and has forgotten what it knew before', async () => {
  const cookie = await trial.signIn()
  const view = await openView(cookie)
  const device = await openDevice(trial, 'ada')
  const send = async (id: string, session: string) => {
    const batch = device.batch(id, { session, producer: `page-of-${id}`, closedAtEpochMs: Date.now() })
    expect((await device.send(batch)).status).toBe(200)
  }
  await send('batch-0001', 'live-1')
  await vi.waitFor(() => expect(view.steps()).toHaveLength(2), 10_000)
  const headers = { cookie, origin: trial.server.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ session: 'live-1' })
  expect((await fetch(`${trial.server.url}/v1/mine/erasures`, { method: 'POST', headers, body })).status).toBe(200)
  const erasedAtEpochMs = Date.now()
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(erasedAtEpochMs), 10_000)
  await send('batch-0002', 'live-2')
  await send('batch-0003', 'live-1')
  await vi.waitFor(() => expect(view.steps()).toHaveLength(6), 10_000)
  const told = view.steps().map(({ session, episode, step }) => [session, episode, step.index])
  expect(told.slice(2)).toEqual([
    ['live-2', '0', 0],
    ['live-2', '0', 1],
    ['live-1', '0', 0],
    ['live-1', '0', 1],
  ])
})
