import { receiptsOf, withdrawReceipt } from '@overt/data'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openDevice, openTrial, type Device, type Trial } from './fixture.ts'

let trial: Trial
let ada: Device

beforeEach(async () => {
  trial = await openTrial('ada')
  ada = await openDevice(trial, 'ada')
})
afterEach(() => trial.close())

const receiptOf = (person: string): string => receiptsOf(trial.store, person)[0]?.receipt.id ?? ''
const watch = (device: Device, receipt: string, purpose = 'ground') => device.send({ receipt, purpose }, '/v1/watch')

test('the answer comes when the person withdraws, and not before', async () => {
  let answered = false
  const answer = watch(ada, receiptOf('ada')).finally(() => (answered = true))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(answered).toBe(false)
  await withdrawReceipt(trial.store, { person: 'ada' })
  const { status } = await answer
  expect([status, (await (await watch(ada, receiptOf('ada'))).json()).reason]).toEqual([403, 'no-consent'])
})

test('the answer to a stop for everybody says that it is one, since that may be lifted', async () => {
  const answer = watch(ada, receiptOf('ada'))
  await new Promise((resolve) => setTimeout(resolve, 200))
  await trial.store.killSwitch.kill('privacy eve', 'a test')
  for (const one of [await answer, await watch(ada, receiptOf('ada'))])
    expect([one.status, (await one.json()).reason]).toEqual([403, 'stopped'])
})

test("nobody watches another person's agreement, an unknown one, or a purpose that was not given", async () => {
  const bob = await openDevice(trial, 'bob')
  for (const [device, receipt, purpose] of [
    [bob, receiptOf('ada'), 'ground'],
    [ada, 'nothing', 'ground'],
    [ada, receiptOf('ada'), 'share'],
  ] as const)
    expect((await watch(device, receipt, purpose)).status).toBe(403)
  expect((await ada.send({ receipt: receiptOf('ada') }, '/v1/watch')).status).toBe(400)
  expect((await fetch(`${trial.server.url}/v1/watch`, { method: 'POST', body: '{}' })).status).toBe(401)
})

test('a server that closes lets everyone go', async () => {
  const waiting = watch(ada, receiptOf('ada')).then(
    () => 'answered',
    () => 'closed',
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  await trial.server.close()
  expect(await waiting).toBe('closed')
})
