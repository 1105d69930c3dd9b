import type { SQLOutputValue } from 'node:sqlite'

import { DataError } from './error.ts'

/** A row as node:sqlite returns it. */
export type SqlRow = Readonly<Record<string, SQLOutputValue>>

/** The text in a column; throws where the column holds something else. */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  throw mistyped(column, value)
}

/** The text in a column, or null. */
export function optionalTextOf(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : textOf(row, column)
}

/** The number in a column; throws where the column holds something else. */
export function numberOf(row: SqlRow, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  throw mistyped(column, value)
}

/** The number in a column, or null. */
export function optionalNumberOf(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column)
}

/** The bytes in a column; throws where the column holds something else. */
export function bytesOf(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw mistyped(column, value)
}

function mistyped(column: string, value: unknown): DataError {
  return new DataError(
    'damaged',
    `The column ${column} of a control table holds ${typeof value}. The data folder is damaged or of another version.`,
  )
}
