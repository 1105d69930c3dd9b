import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { Datagrid, List, SearchInput, SelectInput, Show, TextField, useNotify, useRecordContext, useUpdate } from 'react-admin'

import type { Refund, RefundStatus } from '../shop/shop.ts'
import { Card, Facts } from './facts.tsx'
import { euro, EuroField } from './money.tsx'
import { StatusColumn, StatusField } from './status.tsx'

const filters = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput
    key="status"
    source="status"
    alwaysOn
    choices={['Needs approval', 'Paid out', 'Approved', 'Declined'].map((name) => ({ id: name, name }))}
  />,
]

/** All refunds; the newest first. */
export function RefundList() {
  return (
    <List filters={filters} perPage={10} exporter={false} actions={false} sort={{ field: 'id', order: 'DESC' }}>
      <Datagrid rowClick="show" bulkActionButtons={false}>
        <TextField source="order_id" label="Order" />
        <TextField source="customer" />
        <EuroField source="amount" />
        <TextField source="reason" />
        <StatusColumn source="status" />
      </Datagrid>
    </List>
  )
}

function RefundFacts() {
  const refund = useRecordContext<Refund>()
  const [update, { isPending }] = useUpdate<Refund>()
  const notify = useNotify()
  if (refund === undefined) return null
  const decide = (status: RefundStatus) =>
    void update(
      'refunds',
      { id: refund.id, data: { status }, previousData: refund },
      { mutationMode: 'pessimistic', onSuccess: () => notify(status) },
    )
  return (
    <Card title={`Refund for order ${refund.order_id}`}>
      <Facts
        rows={[
          ['Customer', refund.customer],
          ['Amount', euro(refund.amount)],
          ['Reason', refund.reason],
          ['Approval note', refund.note === '' ? 'none' : refund.note],
          ['Goes to', `card ending ${refund.card}`],
          ['Status', <StatusField key="status" />],
        ]}
      />
      {refund.status === 'Needs approval' ? (
        <Box sx={{ display: 'flex', gap: 1, marginTop: 2 }}>
          <Button variant="contained" id="approve" disabled={isPending} onClick={() => decide('Approved')}>
            Approve
          </Button>
          <Button variant="outlined" id="decline" disabled={isPending} onClick={() => decide('Declined')}>
            Decline
          </Button>
        </Box>
      ) : null}
    </Card>
  )
}

/** One refund; a waiting one is approved or declined here. */
export function RefundShow() {
  return (
    <Show component={Box} actions={false} title="Refund">
      <Box sx={{ marginTop: 2 }}>
        <RefundFacts />
      </Box>
    </Show>
  )
}
