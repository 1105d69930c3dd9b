import { receiptsOf, senderOrigins, upkeep, withdrawReceipt } from '@overt/data'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openDevice, openTrial, workOrigin, type Device, type Trial } from './fixture.ts'

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

const ends = [
  ['its person ends it', (device: Device) => upkeep.revokeDevice(trial.store, device.id)],
  ['they erase everything', () => upkeep.eraseData(trial.store, { person: 'ada' })],
] as const

test.each(ends)('once %s, a device is refused whatever it asks but what the ledger says of its person', async (_, end) => {
  await ada.send(ada.batch('batch-0001'))
  const own = { fromIndex: 0, names: [], batches: [] }
  const { who } = await (await ada.send(own, '/v1/ledger')).json()
  const waiting = watch(ada, receiptOf('ada'))
  await new Promise((resolve) => setTimeout(resolve, 200))
  await end(ada)
  // What waited is let go at once, and told the next time that it asks.
  expect((await waiting).status).toBe(200)
  const untilEpochMs = Date.now()
  const refused = [
    await ada.send(ada.batch('batch-0002', { closedAtEpochMs: untilEpochMs + 1 })),
    await watch(ada, receiptOf('ada')),
    await ada.send({ fromEpochMs: untilEpochMs - 60_000, untilEpochMs }, '/v1/erasures'),
  ]
  for (const answer of refused) expect([answer.status, (await answer.json()).code]).toEqual([401, 'OVT-1384'])
  const shown = await (await ada.send({ ...own, names: [who] }, '/v1/ledger')).json()
  expect(JSON.parse(shown.lines.at(-1))).toMatchObject({ kind: expect.stringMatching(/^(revocation|erasure)$/), who })
})

test('pages of an origin whose devices have all ended are answered still: a page that is not heard would go on asking', async () => {
  const answers = senderOrigins(trial.store)
  expect(answers(workOrigin)).toBe(true)
  await upkeep.revokeDevice(trial.store, ada.id)
  expect(answers(workOrigin)).toBe(true)
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
