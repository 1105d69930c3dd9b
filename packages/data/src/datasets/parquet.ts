import { writeFileSync } from 'node:fs'

import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { ParquetWriter, fileWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { Row } from '@overt/schema'

import type { RowSink } from './row-file.ts'

/** Columns of a row in their order, with the type that the card names them by. */
export const columns = [
  ['episode_id', 'string'],
  ['step_index', 'int32'],
  ['episode_steps', 'int32'],
  ['split', 'string'],
  ['person', 'string'],
  ['receipt', 'string'],
  ['app', 'string'],
  ['template', 'string'],
  ['goal', 'string'],
  ['observation', 'string'],
  ['action', 'string'],
  ['action_kind', 'string'],
  ['target_node', 'int32'],
  ['argument', 'string'],
  ['outcome', 'string'],
  ['outcome_by', 'string'],
  ['week', 'string'],
] as const satisfies readonly (readonly [keyof Row, 'string' | 'int32'])[]

/** A row group is closed at this many characters of observations and actions, so that memory is flat. */
const groupChars = 4 << 20
const groupRows = 2_000
const trees: ReadonlySet<string> = new Set(['observation', 'action'])

/** Opens a Parquet file of rows for writing. */
export function createParquet(path: string): RowSink {
  // The writer would make one that everybody reads; one that is there keeps its mode.
  writeFileSync(path, '', { mode: 0o600 })
  const writer = fileWriter(path)
  const parquet = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: columnData([]) }), createdBy: 'overt' })
  let held: Row[] = []
  let heldChars = 0
  const flush = async (): Promise<void> => {
    if (held.length > 0) await parquet.write({ columnData: columnData(held), rowGroupSize: held.length })
    held = []
    heldChars = 0
  }
  return {
    async append(row) {
      held.push(row)
      heldChars += row.observation.length + row.action.length
      if (heldChars >= groupChars || held.length >= groupRows) await flush()
    },
    async close() {
      await flush()
      await parquet.finish()
    },
  }
}

function columnData(rows: readonly Row[]) {
  return columns.map(([name, type]) => ({
    name,
    data: rows.map((row) => row[name]),
    type: type === 'string' ? ('STRING' as const) : ('INT32' as const),
    nullable: false,
    // A tree is seldom there twice: looking for repetitions and bounds costs more than it saves (5% of a build).
    ...(trees.has(name) ? { encoding: 'PLAIN' as const, statistics: false } : {}),
  }))
}

/** Rows of a Parquet file in their order, a row group at a time, not parsed. Throws where the file is no Parquet. */
export async function* readParquet(path: string): AsyncGenerator<Record<string, unknown>> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const rows: Record<string, unknown>[] = []
    await parquetRead({ file, metadata, rowStart, rowEnd, rowFormat: 'object', onComplete: (read) => rows.push(...read) })
    yield* rows
    rowStart = rowEnd
  }
}
