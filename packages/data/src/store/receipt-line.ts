import type { Database } from './database.ts'
import { textOf } from './column.ts'
import { selectReceipt } from './documents.ts'

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

/** A time in which somebody agreed. */
export interface Span {
  readonly fromEpochMs: number
  readonly untilEpochMs: number
}

/** When there was a yes, from one receipt to one that continues it: each until it ran out, was withdrawn, or was followed by a pause or a no. */
export function spansFrom(control: Database, firstId: string, lastId: string): readonly Span[] {
  const line = [...chainOf(control, lastId)]
  const spans: Span[] = []
  let untilEpochMs = Infinity
  for (const id of line.slice(0, line.indexOf(firstId) + 1)) {
    const stored = selectReceipt(control, id)
    if (stored === undefined) continue
    const { status, decidedAtEpochMs, expiresAtEpochMs } = stored.receipt
    const isYes = status === 'given' || status === 'renewed'
    const ends = [expiresAtEpochMs, stored.withdrawnAtEpochMs ?? Infinity, untilEpochMs]
    if (isYes) spans.push({ fromEpochMs: decidedAtEpochMs, untilEpochMs: Math.min(...ends) })
    untilEpochMs = isYes ? Infinity : decidedAtEpochMs
  }
  return spans
}
