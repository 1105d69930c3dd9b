import { pick, randomOf } from './random.ts'
import { cities, firstNames, items, lastNames, messages } from './stock.ts'

/** Refunds above this many euros wait for approval. */
export const approvalLimitEuro = 500

/** The reasons that the form offers. */
export const refundReasons = ['Damaged on arrival', 'Never arrived', 'Wrong item', 'Changed mind', 'Charged twice'] as const

/** Someone who bought something. */
export interface Customer {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly city: string
  readonly since: string
}

/** One purchase; `total` in euros. */
export interface Order {
  readonly id: number
  readonly customer_id: number
  readonly customer: string
  readonly placed: string
  readonly item: string
  readonly quantity: number
  readonly total: number
  readonly status: 'Paid' | 'Shipped' | 'Delivered' | 'Refunded'
  readonly card: string
  readonly message: string
}

/** Where a refund stands. */
export type RefundStatus = 'Paid out' | 'Needs approval' | 'Approved' | 'Declined'

/** Money given back; `amount` in euros. */
export interface Refund {
  readonly id: number
  readonly order_id: number
  readonly customer: string
  readonly amount: number
  readonly reason: string
  readonly note: string
  /** Last four digits of the card that gets the money. */
  readonly card: string
  readonly status: RefundStatus
}

/** All that the back office knows; react-admin's in-memory back end takes it as it is. */
export interface Shop {
  readonly customers: Customer[]
  readonly orders: Order[]
  readonly refunds: Refund[]
}

/** A shop of 24 customers, 60 orders (1001-1060) and a few refunds; the same seed gives the same shop. */
export function shopOf(seed: string): Shop {
  const random = randomOf(`shop ${seed}`)
  const customers = Array.from({ length: 24 }, (_, at) => customerOf(at, random))
  const orders = Array.from({ length: 60 }, (_, at) => orderOf(1001 + at, pick(customers, random), random))
  const old = orders.filter((order) => order.status === 'Delivered').slice(0, 6)
  return { customers, orders, refunds: old.map((order, at) => refundOf(1 + at, order, random)) }
}

function customerOf(at: number, random: () => number): Customer {
  const first = firstNames[at % firstNames.length] ?? 'Gus'
  const last = pick(lastNames, random)
  const digits = String(Math.floor(random() * 9_000_000) + 1_000_000)
  return {
    id: 201 + at,
    name: `${first} ${last}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
    phone: `+49 30 ${digits.slice(0, 3)} ${digits.slice(3)}`,
    city: pick(cities, random),
    since: day(random, 2021, 4),
  }
}

function orderOf(id: number, customer: Customer, random: () => number): Order {
  const item = pick(items, random)
  const quantity = random() < 0.7 ? 1 : 2 + Math.floor(random() * 3)
  return {
    id,
    customer_id: customer.id,
    customer: customer.name,
    placed: day(random, 2026, 1),
    item: item.name,
    quantity,
    total: Math.round(item.priceEuro * quantity * 100) / 100,
    status: pick(['Paid', 'Shipped', 'Delivered', 'Delivered'] as const, random),
    card: String(1000 + Math.floor(random() * 9000)),
    message: pick(messages, random),
  }
}

function refundOf(id: number, order: Order, random: () => number): Refund {
  const waits = order.total > approvalLimitEuro
  return {
    id,
    order_id: order.id,
    customer: order.customer,
    amount: order.total,
    reason: pick(refundReasons, random),
    note: waits ? 'photos are in the ticket' : '',
    card: order.card,
    status: waits ? 'Needs approval' : 'Paid out',
  }
}

function day(random: () => number, firstYear: number, years: number): string {
  const year = firstYear + Math.floor(random() * years)
  const month = 1 + Math.floor(random() * 10)
  const dayOfMonth = 1 + Math.floor(random() * 28)
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
