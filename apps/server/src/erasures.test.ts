import { withdrawReceipt } from '@overt/data'
import { redactionVersion } from '@overt/privacy'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openDevice, openTrial, type Device, type Trial } from './fixture.ts'

let trial: Trial
let ada: Device
let bob: Device
let nowEpochMs: number
const longMs = 14 * 86_400_000

beforeEach(async () => {
  let agoMs = longMs
  trial = await openTrial('ada', {}, () => Date.now() - agoMs)
  ;[ada, bob] = [await openDevice(trial, 'ada'), await openDevice(trial, 'bob')]
  agoMs = 0
  nowEpochMs = Date.now()
})
afterEach(() => trial.close())

const erase = (device: Device, fromEpochMs: number, untilEpochMs: number): Promise<Response> =>
  device.send({ fromEpochMs, untilEpochMs }, '/v1/erasures')
const left = (person: string): number => trial.store.rows({ person }).length

test("a device erases its person's last minutes and nobody else's; what was on its way is refused as erased, and what comes after is not", async () => {
  const at = (closedAtEpochMs: number): object => ({ closedAtEpochMs })
  expect((await ada.send(ada.batch('batch-a001', at(nowEpochMs - 1_000)))).status).toBe(200)
  expect((await bob.send(bob.batch('batch-b001', at(nowEpochMs - 1_000)))).status).toBe(200)
  const answer = await erase(ada, nowEpochMs - 300_000, nowEpochMs)
  expect([answer.status, (await answer.json()).events > 0]).toEqual([200, true])
  expect([left('ada'), left('bob')]).toEqual([0, 1])
  const late = await ada.send(ada.batch('batch-a002', at(nowEpochMs - 2_000)))
  expect([late.status, (await late.json()).reason]).toEqual([403, 'erased'])
  expect((await ada.send(ada.batch('batch-a003', at(nowEpochMs + 1)))).status).toBe(200)
  expect(left('ada')).toBe(1)
})

test('a device that was away for days has what it was asked to forget then erased', async () => {
  const then = nowEpochMs - 5 * 86_400_000
  expect((await ada.send(ada.batch('batch-a001', { closedAtEpochMs: then }))).status).toBe(200)
  expect((await ada.send(ada.batch('batch-a002'))).status).toBe(200)
  expect((await erase(ada, then - 300_000, then)).status).toBe(200)
  expect(left('ada')).toBe(1)
})

test('what waited on its device for 14 days, as long as its person may look through it, is taken while they agree and refused once they do not', async () => {
  const closedAtEpochMs = nowEpochMs - longMs
  expect((await ada.send(ada.batch('batch-a001', { closedAtEpochMs, redaction: redactionVersion }))).status).toBe(200)
  expect(left('ada')).toBe(1)
  await withdrawReceipt(trial.store, { person: 'ada' })
  expect((await ada.send(ada.batch('batch-a002', { closedAtEpochMs: closedAtEpochMs + 1, redaction: redactionVersion }))).status).toBe(403)
  expect(left('ada')).toBe(1)
})

test('a span that is longer than a day, too old, turned round, in the future, of another shape or not signed erases nothing', async () => {
  await ada.send(ada.batch('batch-a001'))
  for (const [from, until] of [
    [nowEpochMs - 90_000_000, nowEpochMs],
    [nowEpochMs - 9 * 86_400_000, nowEpochMs - 9 * 86_400_000 + 1],
    [nowEpochMs, nowEpochMs - 1],
    [nowEpochMs, nowEpochMs + 3_600_000],
  ] as const)
    expect((await erase(ada, from, until)).status).toBe(400)
  expect((await ada.send({ person: 'bob' }, '/v1/erasures')).status).toBe(400)
  const body = JSON.stringify({ fromEpochMs: nowEpochMs - 60_000, untilEpochMs: nowEpochMs })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${trial.server.url}/v1/erasures`, { method: 'POST', headers, body })).status).toBe(401)
  expect(left('ada')).toBe(1)
})
