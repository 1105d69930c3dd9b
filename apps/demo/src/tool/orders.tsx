import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { Datagrid, List, ReferenceManyField, SearchInput, SelectInput, Show, TextField, useRecordContext } from 'react-admin'

import type { Order } from '../shop/shop.ts'
import { Card, Facts } from './facts.tsx'
import { euro, EuroField } from './money.tsx'
import { RefundForm } from './refund-form.tsx'
import { StatusColumn, StatusField } from './status.tsx'

const filters = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput
    key="status"
    source="status"
    alwaysOn
    choices={['Paid', 'Shipped', 'Delivered', 'Refunded'].map((name) => ({ id: name, name }))}
  />,
]

/** All orders, newest number first. */
export function OrderList() {
  return (
    <List filters={filters} perPage={10} exporter={false} actions={false} sort={{ field: 'id', order: 'DESC' }}>
      <Datagrid rowClick="show" bulkActionButtons={false}>
        <TextField source="id" label="Order" />
        <TextField source="placed" />
        <TextField source="customer" />
        <TextField source="item" />
        <EuroField source="total" />
        <StatusColumn source="status" />
      </Datagrid>
    </List>
  )
}

function OrderFacts() {
  const order = useRecordContext<Order>()
  const [refunding, setRefunding] = useState(false)
  if (order === undefined) return null
  return (
    <>
      <Card title={`Order ${order.id}`}>
        <Facts
          rows={[
            ['Customer', order.customer],
            ['Placed', order.placed],
            ['Item', `${order.quantity} x ${order.item}`],
            ['Total', euro(order.total)],
            ['Paid with', `card ending ${order.card}`],
            ['Status', <StatusField key="status" />],
            ['Message', order.message === '' ? 'none' : order.message],
          ]}
        />
        <Box sx={{ marginTop: 2 }}>
          <Button variant="contained" id="refund" onClick={() => setRefunding(true)}>
            Refund
          </Button>
        </Box>
      </Card>
      {refunding ? <RefundForm order={order} onClose={() => setRefunding(false)} /> : null}
    </>
  )
}

/** One order, its refunds, and the way to a new one. */
export function OrderShow() {
  return (
    <Show component={Box} actions={false} title="Order">
      <Box sx={{ display: 'grid', gap: 2, marginTop: 2 }}>
        <OrderFacts />
        <Card title="Refunds of this order">
          <ReferenceManyField reference="refunds" target="order_id">
            <Datagrid rowClick="show" bulkActionButtons={false} empty={<span>No refunds yet</span>}>
              <EuroField source="amount" />
              <TextField source="reason" />
              <TextField source="note" />
              <StatusColumn source="status" />
            </Datagrid>
          </ReferenceManyField>
        </Card>
      </Box>
    </Show>
  )
}
