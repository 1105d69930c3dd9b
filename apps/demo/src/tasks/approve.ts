import { pick, randomOf } from '../shop/random.ts'
import { shopOf, type Refund } from '../shop/shop.ts'
import { foundRow, shown, type Act } from './act.ts'
import type { Task } from './task.ts'

const limits = [600, 700, 800] as const

/** A waiting refund, approved up to a limit that the goal names and declined above it. */
export const approveRule: Task = {
  name: 'approve-rule',
  families: ['refund', 'condition'],
  maxActions: 12,
  start: (seed) => {
    const random = randomOf(`approve-rule ${seed}`)
    const made = shopOf(seed)
    const refunded = new Set(made.refunds.map((refund) => refund.order_id))
    const order = pick(
      made.orders.filter((candidate) => candidate.total > 500 && !refunded.has(candidate.id)),
      random,
    )
    const { id, customer, total, card } = order
    const waiting: Refund = {
      id: 90,
      order_id: id,
      customer,
      amount: total,
      reason: 'Never arrived',
      note: 'the customer called twice',
      card,
      status: 'Needs approval',
    }
    const limitEuro = pick(limits, random)
    const status = total <= limitEuro ? 'Approved' : 'Declined'
    return {
      shop: { ...made, refunds: [...made.refunds, waiting] },
      instruction: `The refund of order ${id} is waiting: approve it if it is at most ${limitEuro} euros, else decline it.`,
      solve: () => solve(id, status),
      outcome: async (backEnd) => {
        const [refund] = await backEnd.refundsOf(id)
        return { done: refund?.status !== 'Needs approval', reward: refund?.status === status ? 1 : 0 }
      },
    }
  },
}

async function* solve(orderId: number, status: Refund['status']): AsyncGenerator<Act> {
  yield { kind: 'click', selector: await shown('a[href="/refunds"]') }
  // The orders' list has a search of its own and stands until the refunds' has come.
  await shown('th.column-reason')
  yield { kind: 'type', selector: await shown('.list-page input[name="q"]'), text: String(orderId) }
  yield { kind: 'click', selector: await foundRow(String(orderId)) }
  yield { kind: 'click', selector: await shown(status === 'Approved' ? '#approve' : '#decline') }
}
