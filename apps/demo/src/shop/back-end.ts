import fakeRest from 'ra-data-fakerest'
import type { DataProvider, GetListParams } from 'react-admin'

import type { Refund, Shop } from './shop.ts'

/** The in-memory back end of one shop, and what the tasks ask it. Nothing outlives the page. */
export interface BackEnd {
  readonly dataProvider: DataProvider
  refundsOf(orderId: number): Promise<readonly Refund[]>
}

/** Opens a back end over a copy of the shop. */
export function openBackEnd(shop: Shop): BackEnd {
  const inner = fakeRest(structuredClone(shop), false)
  const dataProvider = {
    ...inner,
    getList: (resource: string, params: GetListParams) => inner.getList(resource, { ...params, filter: filterOf(params) }),
  } as DataProvider // as: the generic methods are passed through unchanged
  const all = { pagination: { page: 1, perPage: 1_000 }, sort: { field: 'id', order: 'ASC' as const } }
  return {
    dataProvider,
    refundsOf: async (orderId) => (await inner.getList<Refund>('refunds', { ...all, filter: { order_id: orderId } })).data,
  }
}

type Row = Readonly<Record<string, unknown>>

/** The back end's own `q` looks at text only; an order is looked up by its number. */
function filterOf({ filter }: GetListParams): unknown {
  const { q, ...others } = (filter ?? {}) as Row // as: react-admin types filters as any
  if (typeof q !== 'string') return others
  const looked = q.trim().toLowerCase()
  const columns = Object.entries(others)
  return (row: Row) =>
    columns.every(([column, value]) => row[column] === value) &&
    Object.values(row).some((value) => String(value).toLowerCase().includes(looked))
}
