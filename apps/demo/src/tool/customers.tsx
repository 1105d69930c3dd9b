import Box from '@mui/material/Box'
import { Datagrid, List, ReferenceManyField, SearchInput, Show, TextField, useRecordContext } from 'react-admin'

import type { Customer } from '../shop/shop.ts'
import { Card, Facts } from './facts.tsx'
import { EuroField } from './money.tsx'
import { StatusColumn } from './status.tsx'

/** All customers, with a search over every column. */
export function CustomerList() {
  return (
    <List filters={[<SearchInput key="q" source="q" alwaysOn />]} perPage={10} exporter={false} actions={false}>
      <Datagrid rowClick="show" bulkActionButtons={false}>
        <TextField source="name" />
        <TextField source="email" />
        <TextField source="phone" />
        <TextField source="city" />
      </Datagrid>
    </List>
  )
}

function Contact() {
  const customer = useRecordContext<Customer>()
  if (customer === undefined) return null
  return (
    <Card title={customer.name}>
      <Facts
        rows={[
          ['Email', customer.email],
          ['Phone', customer.phone],
          ['City', customer.city],
          ['Customer since', customer.since],
        ]}
      />
    </Card>
  )
}

/** One customer and their orders. */
export function CustomerShow() {
  return (
    <Show component={Box} actions={false} title="Customer">
      <Box sx={{ display: 'grid', gap: 2, marginTop: 2 }}>
        <Contact />
        <Card title="Orders">
          <ReferenceManyField reference="orders" target="customer_id">
            <Datagrid rowClick="show" bulkActionButtons={false}>
              <TextField source="id" label="Order" />
              <TextField source="placed" />
              <TextField source="item" />
              <EuroField source="total" />
              <StatusColumn source="status" />
            </Datagrid>
          </ReferenceManyField>
        </Card>
      </Box>
    </Show>
  )
}
