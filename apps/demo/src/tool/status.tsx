import Chip from '@mui/material/Chip'
import { useRecordContext } from 'react-admin'

const colours: Readonly<Record<string, { readonly background: string; readonly ink: string }>> = {
  Paid: { background: '#e6eef7', ink: '#1f4b6e' },
  Shipped: { background: '#fdf1dc', ink: '#7a4b00' },
  Delivered: { background: '#e3f3e8', ink: '#1d6235' },
  Refunded: { background: '#ececf0', ink: '#4a4f57' },
  'Paid out': { background: '#e3f3e8', ink: '#1d6235' },
  Approved: { background: '#e3f3e8', ink: '#1d6235' },
  'Needs approval': { background: '#fdf1dc', ink: '#7a4b00' },
  Declined: { background: '#fbe5e3', ink: '#8c1d13' },
}

/** A record's status as a small coloured label. */
export function StatusField() {
  const record = useRecordContext<{ readonly id: number; readonly status: string }>()
  if (record === undefined) return null
  const { background, ink } = colours[record.status] ?? { background: '#ececf0', ink: '#4a4f57' }
  return <Chip size="small" label={record.status} sx={{ backgroundColor: background, color: ink, fontWeight: 600, height: 22 }} />
}

/** The status as a column of a list; `source` names and sorts the column. */
export function StatusColumn(_props: { readonly source: 'status' }) {
  return <StatusField />
}
