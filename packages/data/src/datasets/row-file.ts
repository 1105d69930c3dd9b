import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { parser, Row, type Split } from '@overt/schema'

import { createParquet, readParquet } from './parquet.ts'

/** How a release's rows lie on disk: `hf` is Parquet, `jsonl` one JSON object a line with trees as objects. */
export type RowFormat = 'hf' | 'jsonl'

/** A file that rows are appended to; nothing is promised to be readable before `close`. */
export interface RowSink {
  append(row: Row): Promise<void>
  close(): Promise<void>
}

const endings: Readonly<Record<RowFormat, string>> = { hf: 'parquet', jsonl: 'jsonl' }

/** Opens the data files of a release's folder; a split's file is made with its first row. */
export function createRowFiles(dir: string, format: RowFormat): RowSink {
  const sinks = new Map<Split, RowSink>()
  return {
    async append(row) {
      const known = sinks.get(row.split)
      if (known === undefined) await mkdir(join(dir, 'data'), { recursive: true, mode: 0o700 })
      const file = known ?? create(join(dir, 'data', `${row.split}-00000.${endings[format]}`), format)
      sinks.set(row.split, file)
      await file.append(row)
    },
    async close() {
      for (const file of sinks.values()) await file.close()
    },
  }
}

/** The format that a data file's name tells of. */
export function formatOf(path: string): RowFormat {
  return path.endsWith('.jsonl') ? 'jsonl' : 'hf'
}

function create(path: string, format: RowFormat): RowSink {
  return format === 'hf' ? createParquet(path) : createLines(path)
}

const linesChars = 1 << 20

function createLines(path: string): RowSink {
  const file = open(path, 'w', 0o600)
  let held = ''
  const flush = async (): Promise<void> => {
    await (await file).appendFile(held)
    held = ''
  }
  return {
    async append(row) {
      held += `${lineOf(row)}\n`
      if (held.length >= linesChars) await flush()
    },
    async close() {
      await flush()
      await (await file).close()
    },
  }
}

/** A row as one line. A tree whose text would not come back byte for byte stays the string that it is. */
export function lineOf(row: Row): string {
  return JSON.stringify({ ...row, observation: tree(row.observation), action: tree(row.action) })
}

function tree(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && JSON.stringify(value) === text ? value : text
  } catch {
    return text
  }
}

const parseRow = parser(Row)

/** What stood in a row's place: the row, or why it is none. */
export type ReadRow = ReturnType<typeof parseRow>

/** The row of a line. */
export function rowOf(line: string): ReadRow {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return { ok: false, at: '', reason: 'is no object' }
    const trees = Object.entries(value).map(([key, cell]) => [key, key === 'observation' || key === 'action' ? text(cell) : cell])
    return parseRow(Object.fromEntries(trees))
  } catch {
    return { ok: false, at: '', reason: 'is no JSON' }
  }
}

function text(cell: unknown): unknown {
  return typeof cell === 'object' ? JSON.stringify(cell) : cell
}

/** Rows of a data file in their order, each parsed. Throws where the file can't be read as what its name says. */
export async function* readRowFile(path: string): AsyncGenerator<ReadRow> {
  if (formatOf(path) === 'hf') for await (const row of readParquet(path)) yield parseRow(row)
  else for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) yield rowOf(line)
}
