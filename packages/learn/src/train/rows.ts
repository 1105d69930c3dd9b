import { createReadStream } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Row, Split } from '@overt/schema'
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'

import { LearnError } from '../model/error.ts'

/** Rows of a dataset folder, one row group in memory at a time. Throws `LearnError` OVT-1404 where the folder holds no Parquet. */
export async function* readRows(dir: string, split?: Split): AsyncIterable<Row> {
  const names = await readdir(join(dir, 'data')).catch((cause: unknown) => {
    throw new LearnError('OVT-1404', `${dir} is no dataset: it has no folder data`, { cause })
  })
  const files = names.filter((name) => name.endsWith('.parquet') && (split === undefined || name.startsWith(`${split}-`))).sort()
  if (files.length === 0 && split !== 'test' && split !== 'validation')
    throw new LearnError('OVT-1404', `${dir} is no dataset: it has no Parquet files`)
  for (const name of files) yield* readFileRows(join(dir, 'data', name))
}

async function* readFileRows(path: string): AsyncIterable<Row> {
  await using handle = await open(path)
  const { size } = await handle.stat()
  const file: AsyncBuffer = { byteLength: size, slice: (start, end = size) => slice(path, start, end) }
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd })
    for (const row of rows) yield plain(row)
    rowStart = rowEnd
  }
}

async function slice(path: string, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - start)
  let at = 0
  for await (const chunk of createReadStream(path, { start, end: end - 1 })) {
    const part: Uint8Array = chunk
    bytes.set(part, at)
    at += part.length
  }
  return bytes.buffer
}

/** Parquet's 64-bit integers come as bigint; a row holds numbers. */
function plain(row: Record<string, unknown>): Row {
  const cells = Object.entries(row).map(([key, cell]) => [key, typeof cell === 'bigint' ? Number(cell) : cell])
  return Object.fromEntries(cells) as Row // as: the dataset's writer wrote rows of this schema, and `dataset check` verifies its hash
}
