import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useState, type FormEvent } from 'react'
import { useCreate, useNotify, useRefresh } from 'react-admin'

import { approvalLimitEuro, refundReasons, type Order, type Refund } from '../shop/shop.ts'
import { euro } from './money.tsx'

interface Draft {
  readonly amount: string
  readonly reason: string
  readonly to: 'same' | 'other'
  readonly card: string
  readonly note: string
}

const empty: Draft = { amount: '', reason: '', to: 'same', card: '', note: '' }

function refundFrom(draft: Draft, order: Order): Omit<Refund, 'id'> {
  const amount = Number(draft.amount)
  const waits = amount > approvalLimitEuro
  return {
    order_id: order.id,
    customer: order.customer,
    amount,
    reason: draft.reason,
    note: waits ? draft.note.trim() : '',
    card: draft.to === 'same' ? order.card : draft.card.replace(/\D/g, '').slice(-4),
    status: waits ? 'Needs approval' : 'Paid out',
  }
}

function faultOf(draft: Draft, order: Order): string {
  const amount = Number(draft.amount)
  if (!(amount > 0)) return 'Enter the amount to refund.'
  if (amount > order.total) return `At most ${euro(order.total)} can be refunded.`
  if (draft.reason === '') return 'Choose a reason.'
  if (draft.to === 'other' && draft.card.replace(/\D/g, '').length < 12) return 'Enter the whole card number.'
  if (amount > approvalLimitEuro && draft.note.trim() === '') return `Over ${euro(approvalLimitEuro)} an approval note is needed.`
  return ''
}

/** The dialog that refunds an order; over the limit it asks for a note and the refund waits for approval. */
export function RefundForm({ order, onClose }: { readonly order: Order; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(empty)
  const [fault, setFault] = useState('')
  const [create, { isPending }] = useCreate<Refund>()
  const notify = useNotify()
  const refresh = useRefresh()
  const waits = Number(draft.amount) > approvalLimitEuro
  const send = (event: FormEvent) => {
    event.preventDefault()
    const found = faultOf(draft, order)
    setFault(found)
    if (found !== '') return
    const onSuccess = (refund: Refund) => {
      notify(refund.status === 'Needs approval' ? 'Sent for approval' : 'Refund paid out')
      onClose()
      refresh()
    }
    void create('refunds', { data: refundFrom(draft, order) }, { onSuccess })
  }
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" transitionDuration={0}>
      <form onSubmit={send} noValidate>
        <DialogTitle>Refund order {order.id}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, '&&': { paddingTop: 1 } }}>
          {fault === '' ? null : <Alert severity="error">{fault}</Alert>}
          <RefundFields draft={draft} order={order} waits={waits} onChange={(change) => setDraft({ ...draft, ...change })} />
        </DialogContent>
        <DialogActions sx={{ padding: 2 }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" id="send-refund" disabled={isPending}>
            {waits ? 'Send for approval' : 'Pay out'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

interface Fields {
  readonly draft: Draft
  readonly order: Order
  readonly waits: boolean
  readonly onChange: (change: Partial<Draft>) => void
}

function RefundFields(fields: Fields) {
  const { draft, order, onChange } = fields
  return (
    <>
      <TextField
        label="Amount"
        id="amount"
        value={draft.amount}
        helperText={`Order total ${euro(order.total)}`}
        onChange={(event) => onChange({ amount: event.target.value })}
      />
      <TextField
        label="Reason"
        id="reason"
        select
        value={draft.reason}
        slotProps={{ select: { MenuProps: { transitionDuration: 0 } } }}
        onChange={(event) => onChange({ reason: event.target.value })}
      >
        {refundReasons.map((reason) => (
          <MenuItem key={reason} value={reason}>
            {reason}
          </MenuItem>
        ))}
      </TextField>
      <CardFields {...fields} />
      <NoteField {...fields} />
    </>
  )
}

function CardFields({ draft, order, onChange }: Fields) {
  return (
    <>
      <TextField
        label="Refund to"
        id="refund-to"
        select
        value={draft.to}
        slotProps={{ select: { native: true }, htmlInput: { id: 'refund-to' } }}
        onChange={(event) => onChange({ to: event.target.value === 'other' ? 'other' : 'same' })}
      >
        <option value="same">Card ending {order.card}</option>
        <option value="other">Another card</option>
      </TextField>
      {draft.to === 'other' ? (
        <TextField
          label="Card number"
          id="card-number"
          autoComplete="cc-number"
          value={draft.card}
          helperText="Never recorded"
          onChange={(event) => onChange({ card: event.target.value })}
        />
      ) : null}
    </>
  )
}

function NoteField({ draft, waits, onChange }: Fields) {
  if (!waits) return null
  return (
    <TextField
      label="Approval note"
      id="approval-note"
      multiline
      minRows={2}
      value={draft.note}
      helperText={`Over ${euro(approvalLimitEuro)} a colleague approves it.`}
      onChange={(event) => onChange({ note: event.target.value })}
    />
  )
}
