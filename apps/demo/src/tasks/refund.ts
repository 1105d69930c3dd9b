import { pick, randomOf } from '../shop/random.ts'
import { approvalLimitEuro, refundReasons, shopOf, type Order, type Refund, type Shop } from '../shop/shop.ts'
import { foundRow, shown, type Act } from './act.ts'
import type { Extras, Task, TaskRun } from './task.ts'

/** What a refund has to say, and how its form is filled. */
interface Wanted {
  readonly order: Order
  readonly amount: string
  readonly reason: string
  readonly note: string
  /** A whole card number where the money goes to another card, else ''. */
  readonly card: string
}

const notes = ['photos are in the ticket', 'the customer called twice', 'checked with the warehouse', 'second parcel, same damage'] as const
const cards = ['4111 1111 1111 1111', '5555 5555 5555 4444', '4012 8888 8888 1881'] as const

/** A refund that is paid out at once. */
export const refundSmall: Task = {
  name: 'refund-small',
  families: ['refund'],
  maxActions: 16,
  start: (seed) => {
    const random = randomOf(`refund-small ${seed}`)
    const shop = shopOf(seed)
    const wanted = wantedOf(shop, random, (order) => order.total <= approvalLimitEuro)
    return runOf(
      shop,
      wanted,
      `Refund order ${wanted.order.id} for ${wanted.order.customer}: amount "${wanted.amount}", reason "${wanted.reason}".`,
    )
  },
}

/** A refund with a condition: over the limit it needs a note and waits for approval. */
export const refundRule: Task = {
  name: 'refund-rule',
  families: ['refund', 'condition'],
  maxActions: 18,
  start: (seed, extras) => {
    const random = randomOf(`refund-rule ${seed}`)
    const over = extras.note !== undefined || random() < 0.5
    const shop = shopOf(seed)
    const wanted = wantedOf(shop, random, (order) => order.total > approvalLimitEuro === over)
    const note = extras.note ?? pick(notes, random)
    const goal = `Refund order ${wanted.order.id} for ${wanted.order.customer}: amount "${wanted.amount}", reason "${wanted.reason}". If it needs approval, write the note "${note}".`
    return runOf(shop, { ...wanted, note: over ? note : '' }, goal)
  },
}

/** A refund to a card whose number stands in the customer's message: the number is typed and never recorded. */
export const refundCard: Task = {
  name: 'refund-card',
  families: ['refund', 'secret'],
  maxActions: 20,
  start: (seed, extras) => {
    const random = randomOf(`refund-card ${seed}`)
    const made = shopOf(seed)
    const wanted = wantedOf(made, random, (order) => order.total > approvalLimitEuro === (extras.note !== undefined))
    const card = pick(cards, random)
    const message = `My old card is gone, please use ${card}.`
    const shop = { ...made, orders: made.orders.map((order) => (order.id === wanted.order.id ? { ...order, message } : order)) }
    const goal = `Refund order ${wanted.order.id} for ${wanted.order.customer} to another card, its number is in the order's message: amount "${wanted.amount}", reason "${wanted.reason}".`
    return runOf(
      shop,
      { ...wanted, card, note: extras.note ?? '' },
      extras.note === undefined ? goal : `${goal} Write the note "${extras.note}".`,
    )
  },
}

function wantedOf(shop: Shop, random: () => number, fits: (order: Order) => boolean): Wanted {
  const refunded = new Set(shop.refunds.map((refund) => refund.order_id))
  const order = pick(
    shop.orders.filter((candidate) => fits(candidate) && !refunded.has(candidate.id)),
    random,
  )
  return { order, amount: order.total.toFixed(2), reason: pick(refundReasons, random), note: '', card: '' }
}

function runOf(shop: Shop, wanted: Wanted, instruction: string): TaskRun {
  return {
    shop,
    instruction,
    solve: () => solve(wanted),
    outcome: async (backEnd) => {
      const [refund] = await backEnd.refundsOf(wanted.order.id)
      return { done: refund !== undefined, reward: refund !== undefined && fitsWanted(refund, wanted) ? 1 : 0 }
    },
  }
}

function fitsWanted(refund: Refund, wanted: Wanted): boolean {
  const card = wanted.card === '' ? wanted.order.card : wanted.card.slice(-4)
  return refund.amount === Number(wanted.amount) && refund.reason === wanted.reason && refund.note === wanted.note && refund.card === card
}

async function* solve(wanted: Wanted): AsyncGenerator<Act> {
  yield { kind: 'type', selector: await shown('input[name="q"]'), text: String(wanted.order.id) }
  yield { kind: 'click', selector: await foundRow(String(wanted.order.id)) }
  yield { kind: 'click', selector: await shown('#refund') }
  yield { kind: 'type', selector: await shown('#amount'), text: wanted.amount }
  yield { kind: 'click', selector: await shown('#reason') }
  yield { kind: 'click', selector: await shown(`li[data-value="${wanted.reason}"]`) }
  if (wanted.card !== '') {
    yield { kind: 'select_option', selector: await shown('select#refund-to'), text: 'Another card' }
    yield { kind: 'type', selector: await shown('#card-number'), text: wanted.card }
  }
  if (wanted.note !== '') yield { kind: 'type', selector: await shown('#approval-note'), text: wanted.note }
  yield { kind: 'click', selector: await shown('#send-refund') }
}

/** Extras from the page's address: `?note=`. */
export function extrasOf(search: string): Extras {
  const note = new URLSearchParams(search).get('note')
  return note === null ? {} : { note }
}
