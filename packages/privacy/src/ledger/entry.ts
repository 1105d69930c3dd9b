import type { LedgerEntry } from '@overt/schema'

/** Reads a line of a ledger; undefined where it is no entry. */
export function readEntry(line: string): LedgerEntry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isEntry(value) ? value : undefined
  } catch {
    // No JSON, no entry.
    return undefined
  }
}

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false
  const { index, atEpochMs, kind, who, body }: Readonly<Record<string, unknown>> = { ...value }
  const named = who === null || typeof who === 'string'
  return (
    named &&
    Number.isSafeInteger(index) &&
    typeof atEpochMs === 'number' &&
    typeof kind === 'string' &&
    typeof body === 'object' &&
    body !== null
  )
}
