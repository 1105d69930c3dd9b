import type { Database } from './database.ts'
import { textOf } from './column.ts'

/** The receipts that this one continues, itself included. */
export function chainOf(control: Database, receiptId: string): ReadonlySet<string> {
  const chain = new Set<string>()
  const find = control.prepare('SELECT follows FROM receipts WHERE id = ?')
  for (let id: string | null = receiptId; id !== null && !chain.has(id);) {
    chain.add(id)
    const follows: unknown = find.get(id)?.['follows']
    id = typeof follows === 'string' ? follows : null
  }
  return chain
}

/** The newest receipt that continues this one. */
export function headOf(control: Database, receiptId: string): string {
  const seen = new Set<string>([receiptId])
  const find = control.prepare('SELECT id FROM receipts WHERE follows = ? ORDER BY decided_ms DESC LIMIT 1')
  let head = receiptId
  for (let next = find.get(head); next !== undefined; next = find.get(head)) {
    const id = textOf(next, 'id')
    if (seen.has(id)) break
    seen.add(id)
    head = id
  }
  return head
}
