import { expect, test } from 'vitest'

import { openBackEnd, type BackEnd } from '../shop/back-end.ts'
import type { Order, Refund } from '../shop/shop.ts'
import { approveRule } from './approve.ts'
import { refundCard, refundRule, refundSmall } from './refund.ts'
import { suite, tasks } from './suite.ts'

const seeds = Array.from({ length: 20 }, (_, at) => `seed ${at}`)

/** Carries out the instruction as a person reading it would, and changes what the test wants changed. */
async function refundAsTold(backEnd: BackEnd, instruction: string, change: Partial<Refund> = {}): Promise<void> {
  const [, id = ''] = /order (\d+)/.exec(instruction) ?? []
  const [, amount = ''] = /amount "([^"]+)"/.exec(instruction) ?? []
  const [, reason = ''] = /reason "([^"]+)"/.exec(instruction) ?? []
  const [, note = ''] = /note "([^"]+)"/.exec(instruction) ?? []
  const { data: order } = await backEnd.dataProvider.getOne<Order>('orders', { id: Number(id) })
  const [, card = order.card] = /use [\d ]+(\d{4})\./.exec(order.message) ?? []
  const over = Number(amount) > 500
  const refund = {
    order_id: order.id,
    customer: order.customer,
    amount: Number(amount),
    reason,
    note: over ? note : '',
    card,
    status: over ? 'Needs approval' : 'Paid out',
  }
  await backEnd.dataProvider.create('refunds', { data: { ...refund, ...change } })
}

test.each([refundSmall, refundRule, refundCard])('$name is done right by doing what it says, whatever the seed', async (task) => {
  for (const seed of seeds) {
    const run = task.start(seed, {})
    const backEnd = openBackEnd(run.shop)
    expect(await run.outcome(backEnd), run.instruction).toEqual({ done: false, reward: 0 })
    await refundAsTold(backEnd, run.instruction)
    expect(await run.outcome(backEnd), run.instruction).toEqual({ done: true, reward: 1 })
  }
})

test.each([{ amount: 1 }, { reason: 'Other' }, { note: 'left over' }, { card: '0000' }])(
  'a refund with %j instead is done, and not right',
  async (change) => {
    const run = refundRule.start('a', {})
    const backEnd = openBackEnd(run.shop)
    await refundAsTold(backEnd, run.instruction, change)
    expect(await run.outcome(backEnd)).toEqual({ done: true, reward: 0 })
  },
)

test('the rule cuts both ways: some seeds need the note and some must leave it empty', () => {
  const totals = seeds.map((seed) => Number(/amount "([^"]+)"/.exec(refundRule.start(seed, {}).instruction)?.[1]))
  expect(totals.some((total) => total > 500)).toBe(true)
  expect(totals.some((total) => total <= 500)).toBe(true)
})

test('a waiting refund is approved up to the limit of the goal and declined above it', async () => {
  const decided = new Set<string>()
  for (const seed of seeds) {
    const run = approveRule.start(seed, {})
    const backEnd = openBackEnd(run.shop)
    const [, order = '', limit = ''] = /order (\d+).* at most (\d+) euros/.exec(run.instruction) ?? []
    const [refund] = await backEnd.refundsOf(Number(order))
    const status = (refund?.amount ?? 0) <= Number(limit) ? 'Approved' : 'Declined'
    decided.add(status)
    const wrong = status === 'Approved' ? 'Declined' : 'Approved'
    await backEnd.dataProvider.update('refunds', { id: 90, data: { status: wrong }, previousData: {} })
    expect(await run.outcome(backEnd)).toEqual({ done: true, reward: 0 })
    await backEnd.dataProvider.update('refunds', { id: 90, data: { status }, previousData: {} })
    expect(await run.outcome(backEnd)).toEqual({ done: true, reward: 1 })
  }
  expect(decided).toEqual(new Set(['Approved', 'Declined']))
})

test('a planted note stands in the goal and has to be typed', async () => {
  for (const task of [refundRule, refundCard]) {
    const run = task.start('a', { note: 'heron abcd' })
    expect(run.instruction).toContain('"heron abcd"')
    const backEnd = openBackEnd(run.shop)
    await refundAsTold(backEnd, run.instruction, { note: '' })
    expect((await run.outcome(backEnd)).reward).toBe(0)
  }
})

test('the same seed gives the same task, another seed another', () => {
  for (const task of tasks) {
    expect(task.start('a', {}).instruction).toBe(task.start('a', {}).instruction)
    expect(new Set(seeds.map((seed) => task.start(seed, {}).instruction)).size).toBeGreaterThan(10)
  }
})

test('the suite names a page for every task', () => {
  expect(suite()).toMatchObject({ v: 1, tasks: tasks.map(({ name }) => ({ name, page: `index.html?task=${name}` })) })
})
